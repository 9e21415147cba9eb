//! What it costs to judge and to compile a connector, by its size.
//!
//! ```sh
//! cargo bench -p genlock-benches --bench compile
//! ```
//!
//! The connectors are made by `genlock-corpus`. `check` is what `genlock check` does; `compile` writes the tables and the
//! code as well, as macro and build script do. Times are CPU times, the medians of all rounds. A parameter of the large
//! connector may cost up to [`GROWTH`] times what one of the small connector costs, and `check` has to read
//! [`MEGABYTES`] a second; otherwise the bench fails. Called without `--bench`, as `cargo test --benches` does, it makes
//! sure with small connectors that everything still works, and judges no time.
#![expect(clippy::print_stdout, reason = "the table is the result")]

use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use cpu_time::ProcessTime;
use genlock_codegen::{Options, Output, SourceSet, check, compile};
use genlock_corpus::made;

/// By how much the cost of a parameter may grow from the small connector to the large one.
const GROWTH: f64 = 1.3;
/// How many megabytes `check` has to read in a second.
const MEGABYTES: f64 = 10.0;

/// One thing that is done with a file.
type Job = fn(&SourceSet, &Options) -> Output;

const JOBS: [(&str, Job); 2] = [("check", check), ("compile", compile)];

fn main() -> Result<()> {
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let (sizes, rounds) = if is_bench { ([1_000, 10_000], 9) } else { ([100, 200], 1) };
    println!("job       parameters   ms      µs a parameter   MB/s");
    let mut slow = Vec::new();
    for (name, job) in JOBS {
        let mut costs = Vec::new();
        for size in sizes {
            let source = SourceSet::new("made.xml", made(size));
            let time = median(job, &source, rounds)?.as_secs_f64();
            let (cost, speed) = (time / count(size), count(source.text().len()) / time / 1e6);
            println!("{name:<9} {size:>10}   {:<7.1} {:<16.2} {speed:.1}", time * 1e3, cost * 1e6);
            costs.push(cost);
            if name == "check" && speed < MEGABYTES {
                slow.push(format!("{name} reads {speed:.1} MB/s of {size} parameters, less than {MEGABYTES}"));
            }
        }
        if let [small, large] = costs.as_slice() {
            println!("{name:<9} a parameter of the large one costs {:.2} times as much", large / small);
            if large / small > GROWTH {
                slow.push(format!("a parameter costs {name} {:.2} times as much in a large connector", large / small));
            }
        }
    }
    if is_bench && !slow.is_empty() {
        bail!("{}", slow.join("; "));
    }
    Ok(())
}

/// The median of the times that `job` takes.
fn median(job: Job, source: &SourceSet, rounds: usize) -> Result<Duration> {
    let mut times = Vec::new();
    for _ in 0..rounds {
        let start = ProcessTime::now();
        let output = job(source, &Options::default());
        times.push(start.elapsed());
        ensure!(output.errors().next().is_none(), "the connector has errors");
    }
    times.sort();
    times.get(times.len() / 2).copied().context("no round was run")
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn count(count: usize) -> f64 {
    count as f64
}
