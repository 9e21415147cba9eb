//! CPU time per message through the whole driver, from the socket to the hook, against a loop over tokio-tungstenite
//! that is written by hand and does the same.
//!
//! ```sh
//! cargo bench -p genlock-benches --bench receive
//! ```
//!
//! The driver is the one of `examples/nmos/normal.xml` with a hook for its QAction; both run on one thread. The server
//! is a process of its own, so that its CPU time does not count. It sends
//!
//! * `flood`: messages as fast as they are taken, so that one read brings many of them, and
//! * `one per read`: one message, then nothing until it has been taken: what a device does that reports changes.
//!
//! A round runs both contenders one after the other; the table shows the medians of all rounds. What is measured is CPU
//! time of user and kernel together (the reads are part of the job), not time on the clock. Called without `--bench`, as
//! `cargo test --benches` does, it makes sure with a few messages that everything still works.
#![expect(clippy::print_stdout, reason = "the table is the result")]

mod by_hand;
mod driver;
mod server;
mod tally;

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use cpu_time::ProcessTime;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

use self::server::{Pace, Server};

/// What a contender needs to run.
pub(crate) struct Task {
    /// The port that the server listens on.
    pub(crate) port: u16,
    /// How many messages it will send.
    pub(crate) messages: u64,
    /// To be told when the connection is open.
    pub(crate) opened: oneshot::Sender<()>,
    /// To be told when all messages were handled.
    pub(crate) done: oneshot::Sender<()>,
}

/// One way to do the job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Contender {
    ByHand,
    Genlock,
}

/// What one run took.
#[derive(Clone, Copy, Debug)]
struct Cost {
    cpu: Duration,
    /// How often the thread went to sleep.
    parks: u64,
}

/// A row of the table.
struct Scenario {
    name: &'static str,
    pace: Pace,
    messages: u64,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let ["serve", pace, messages] = arguments.as_slice() {
        return server::serve(pace.parse()?, messages.parse()?);
    }
    let (rounds, share) = if arguments.contains(&"--bench") { (7, 1) } else { (1, 200) };
    let scenarios = [
        Scenario { name: "flood", pace: Pace::Flood, messages: 1_000_000 / share },
        Scenario { name: "one per read", pace: Pace::OnePerRead, messages: 20_000 / share },
    ];
    println!("{} bytes a message, medians of {rounds} rounds", server::MESSAGE.len());
    println!();
    println!("scenario        messages   by hand ns   genlock ns   ratio   messages per wake-up (by hand, genlock)");
    for scenario in &scenarios {
        compare(scenario, rounds)?;
    }
    Ok(())
}

fn compare(scenario: &Scenario, rounds: usize) -> Result<()> {
    let mut by_hand = Vec::new();
    let mut genlock = Vec::new();
    // One run of each is not counted: it brings code and allocator up to speed.
    for _ in 0..=rounds {
        by_hand.push(run(Contender::ByHand, scenario)?);
        genlock.push(run(Contender::Genlock, scenario)?);
    }
    let by_hand = median(by_hand)?;
    let genlock = median(genlock)?;
    let nanos = |cost: Cost| cost.cpu.as_secs_f64() * 1e9 / per(scenario.messages);
    println!(
        "{:<15} {:>8} {:>12.0} {:>12.0} {:>7.2}   {:.1}, {:.1}",
        scenario.name,
        scenario.messages,
        nanos(by_hand),
        nanos(genlock),
        nanos(genlock) / nanos(by_hand),
        per(scenario.messages) / per(by_hand.parks),
        per(scenario.messages) / per(genlock.parks),
    );
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn per(count: u64) -> f64 {
    count.max(1) as f64
}

/// The median of all runs but the first.
fn median(mut costs: Vec<Cost>) -> Result<Cost> {
    costs.remove(0);
    costs.sort_by_key(|cost| cost.cpu);
    costs.get(costs.len() / 2).copied().context("no round was run")
}

fn run(contender: Contender, scenario: &Scenario) -> Result<Cost> {
    let mut server = Server::start(scenario.pace, scenario.messages)?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let (opened, is_open) = oneshot::channel();
    let (done, is_done) = oneshot::channel();
    let task = Task { port: server.port, messages: scenario.messages, opened, done };
    let cost = runtime.block_on(async {
        let running = match contender {
            Contender::ByHand => tokio::spawn(by_hand::run(task)),
            Contender::Genlock => tokio::spawn(driver::run(task)),
        };
        if is_open.await.is_err() {
            running.await??;
            bail!("{contender:?} did not open the connection");
        }
        let (cpu, parks) = (ProcessTime::now(), parks(&runtime));
        server.go()?;
        let complete = is_done.await;
        let cost = Cost { cpu: cpu.elapsed(), parks: self::parks(&runtime) - parks };
        running.await??;
        complete.context("not all messages arrived")?;
        Ok(cost)
    })?;
    server.stop()?;
    Ok(cost)
}

fn parks(runtime: &Runtime) -> u64 {
    runtime.metrics().worker_park_count(0)
}
