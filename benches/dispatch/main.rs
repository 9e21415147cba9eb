//! What the engine itself costs for what happens: from an input to the hook and back, without sockets and without tokio.
//!
//! ```sh
//! cargo bench -p genlock-benches --bench dispatch
//! ```
//!
//! The driver is that of `examples/nmos/nmos.xml` in virtual time, with hooks that do next to nothing and without a trace.
//! The table shows CPU time for each of the [`SCRIPTS`], the median of all rounds. Called as `dispatch SCRIPT COUNT`, it
//! runs one script that often and is silent: `cargo xtask instructions` counts the instructions of that. Called without
//! `--bench`, as `cargo test --benches` does, it makes sure with a few runs that everything still works.
#![expect(clippy::print_stdout, reason = "the table is the result")]

mod driver;
#[path = "../state.rs"]
mod state;

use std::time::Duration;

use anyhow::{Context as _, Result};
use cpu_time::ProcessTime;

use self::driver::{Camera, SCRIPTS, Script};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let [name, count] = arguments.as_slice() {
        let script = SCRIPTS.iter().find(|script| script.name == *name).context("no script has this name")?;
        return run(script, count.parse()?).map(drop);
    }
    let (rounds, count) = if arguments.contains(&"--bench") { (15, 1_000_000) } else { (1, 100) };
    println!("script             ns   what happens");
    for script in &SCRIPTS {
        let mut times = (0..rounds).map(|_| run(script, count)).collect::<Result<Vec<Duration>>>()?;
        times.sort_unstable();
        let median = times.get(times.len() / 2).context("no round was run")?;
        let nanos = median.as_secs_f64() * 1e9 / f64::from(count);
        println!("{:<15} {nanos:>5.0}   {}", script.name, script.about);
    }
    Ok(())
}

/// The CPU time of running a script `count` times.
fn run(script: &Script, count: u32) -> Result<Duration> {
    let mut camera = Camera::open()?;
    let start = ProcessTime::now();
    for _ in 0..count {
        (script.run)(&mut camera)?;
    }
    let time = start.elapsed();
    camera.check(script, count)?;
    Ok(time)
}
