//! CPU time per message of a whole driver, from the socket to what its hook has made of it, against a loop that is
//! written by hand and does the same.
//!
//! ```sh
//! cargo bench -p genlock-benches --bench receive
//! ```
//!
//! Each message is a state event of 350 bytes. All contenders run on one thread, keep the message as their parameter,
//! parse it by serde into a typed struct that borrows from it, look at its value and clear the parameter: genlock's is the
//! driver of `examples/nmos/normal.xml` with a hook for its QAction, the others are a loop over tokio-tungstenite, once
//! with the read buffer that genlock has while an element waits, and once with the one of tungstenite's defaults, which
//! alone takes five times the memory of an idle element. The loop does no more than this; genlock also
//! matches responses, raises the change event, runs triggers, actions and the hook, and watches timers, its mailbox and
//! its deadlines. The server is a process of its own, so that its CPU time does not count. It sends
//!
//! * `flood`: messages as fast as they are taken, so that one read brings many of them, and
//! * `one per read`: one message, then nothing until it has been taken: what a device does that reports changes.
//!
//! The `compressed` rows are the same with permessage-deflate, which tokio-tungstenite does not have. There the loop by
//! hand is one over bytes that knows only the frames that this server sends, which is less than a driver could do with.
//!
//! A round runs all contenders one after the other; the table shows the medians of all rounds. What is measured is CPU
//! time of user and kernel together (the reads are part of the job), not time on the clock. Called without `--bench`, as
//! `cargo test --benches` does, it makes sure with a few messages that everything still works. Called as `receive
//! by-hand|by-hand-128|genlock SCENARIO MESSAGES`, it runs one contender once, for a profiler.
#![expect(clippy::print_stdout, reason = "the table is the result")]

mod by_hand;
mod driver;
mod server;
#[path = "../state.rs"]
mod state;
mod tally;

use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use cpu_time::ProcessTime;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

use self::server::{Form, Pace, Server};

/// What a contender needs to run.
pub(crate) struct Task {
    /// The port that the server listens on.
    pub(crate) port: u16,
    /// How the messages are written.
    pub(crate) form: Form,
    /// How many messages it will send.
    pub(crate) messages: u64,
    /// To be told when the connection is open.
    pub(crate) opened: oneshot::Sender<()>,
    /// To be told when all messages were handled, and how many were what they should be.
    pub(crate) done: oneshot::Sender<u64>,
}

/// One way to do the job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Contender {
    /// The loop with as much room for a read as genlock has before a flood.
    ByHand,
    /// The loop with tungstenite's defaults.
    ByHandDefault,
    Genlock,
}

/// How much the loop reads at once.
const SMALL_READ: usize = 7 << 10;
const DEFAULT_READ: usize = 128 << 10;

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
    form: Form,
    pace: Pace,
    messages: u64,
}

const SCENARIOS: [Scenario; 4] = [
    Scenario { name: "flood", form: Form::Plain, pace: Pace::Flood, messages: 500_000 },
    Scenario { name: "one per read", form: Form::Plain, pace: Pace::OnePerRead, messages: 20_000 },
    Scenario { name: "flood, compressed", form: Form::Compressed, pace: Pace::Flood, messages: 200_000 },
    Scenario { name: "one per read, compressed", form: Form::Compressed, pace: Pace::OnePerRead, messages: 20_000 },
];

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["serve", pace, form, messages] => return server::serve(pace.parse()?, form.parse()?, messages.parse()?),
        [contender @ ("by-hand" | "by-hand-128" | "genlock"), name, messages] => {
            let contender = match *contender {
                "genlock" => Contender::Genlock,
                "by-hand-128" => Contender::ByHandDefault,
                _ => Contender::ByHand,
            };
            let scenario =
                SCENARIOS.iter().find(|scenario| scenario.name == *name).context("no scenario has this name")?;
            let messages = messages.parse()?;
            let cost = run(contender, scenario, messages)?;
            println!("{:.0} ns a message", nanos(cost, messages));
            return Ok(());
        }
        _ => {}
    }
    let (rounds, share) = if arguments.contains(&"--bench") { (9, 1) } else { (1, 200) };
    println!("{} bytes a message, medians of {rounds} rounds", state::MESSAGE.len());
    println!();
    println!(
        "scenario                   messages   genlock ns   by hand ns   ratio   128 KiB ns   ratio   messages per wake-up"
    );
    for scenario in &SCENARIOS {
        compare(scenario, scenario.messages / share, rounds)?;
    }
    Ok(())
}

fn compare(scenario: &Scenario, messages: u64, rounds: usize) -> Result<()> {
    let contenders = [Contender::Genlock, Contender::ByHand, Contender::ByHandDefault];
    let mut costs = contenders.map(|_| Vec::new());
    // One run of each is not counted: it brings code and allocator up to speed.
    for _ in 0..=rounds {
        for (contender, costs) in contenders.into_iter().zip(&mut costs) {
            costs.push(run(contender, scenario, messages)?);
        }
    }
    let [genlock, by_hand, default] = costs.map(median);
    let (genlock, by_hand, default) = (genlock?, by_hand?, default?);
    let ratio = |other| nanos(genlock, messages) / nanos(other, messages);
    println!(
        "{:<25} {messages:>9} {:>12.0} {:>12.0} {:>7.2} {:>12.0} {:>7.2}   {:.1}, {:.1}, {:.1}",
        scenario.name,
        nanos(genlock, messages),
        nanos(by_hand, messages),
        ratio(by_hand),
        nanos(default, messages),
        ratio(default),
        per(messages) / per(genlock.parks),
        per(messages) / per(by_hand.parks),
        per(messages) / per(default.parks),
    );
    Ok(())
}

fn nanos(cost: Cost, messages: u64) -> f64 {
    cost.cpu.as_secs_f64() * 1e9 / per(messages)
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

fn run(contender: Contender, scenario: &Scenario, messages: u64) -> Result<Cost> {
    let mut server = Server::start(scenario.pace, scenario.form, messages)?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let (opened, is_open) = oneshot::channel();
    let (done, is_done) = oneshot::channel();
    let task = Task { port: server.port, form: scenario.form, messages, opened, done };
    let cost = runtime.block_on(async {
        let running = match contender {
            Contender::ByHand => tokio::spawn(by_hand::run(task, SMALL_READ)),
            Contender::ByHandDefault => tokio::spawn(by_hand::run(task, DEFAULT_READ)),
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
        let good = complete.context("not all messages arrived")?;
        ensure!(good == messages, "{good} of {messages} messages were good");
        Ok(cost)
    })?;
    server.stop()?;
    Ok(cost)
}

fn parks(runtime: &Runtime) -> u64 {
    runtime.metrics().worker_park_count(0)
}
