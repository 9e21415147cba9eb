//! The fault campaign: drivers over networks that fail by a random schedule, in paused time. It is the real shell with
//! real WebSockets and requests; only the bytes go through pipes.
//!
//! What must hold in and after every schedule stands in `run.rs` for the reference driver and in `several/run.rs` for one
//! with two WebSockets and requests; `waits.rs`, `ticks.rs`, `requests.rs` and `state.rs` judge what is seen from outside,
//! and are shown broken runs by their own tests. A failure prints its seed and the command that runs that one alone and
//! tells what happened.

mod bytes;
mod device;
mod driver;
mod ledger;
mod memory;
mod outcome;
#[cfg(feature = "http")]
mod requests;
mod run;
mod schedule;
#[cfg(feature = "http")]
mod several;
mod state;
mod ticks;
mod waits;

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use super::connectors::reference;
use outcome::Outcome;

/// How many schedules run with the other tests, of the one driver and of the other.
const SCHEDULES: u64 = 100;
#[cfg(feature = "http")]
const SCHEDULES_OF_SEVERAL: u64 = 30;

#[test]
fn bey_01_rel_26_after_any_faults_the_driver_comes_back_and_nothing_is_lost() {
    campaign("reference", SCHEDULES, run::run);
}

#[cfg(feature = "http")]
#[test]
fn bey_01_rel_28_after_any_faults_each_of_several_connections_comes_back_by_itself() {
    campaign("several", SCHEDULES_OF_SEVERAL, several::run);
}

/// Runs the schedules of one driver.
fn campaign<F: Future<Output = Outcome>>(driver: &str, schedules: u64, schedule: impl Fn(u64, bool) -> F) {
    let variable = |name| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let alone = variable("GENLOCK_FAULTS_SEED");
    let seeds = match alone {
        Some(seed) => seed..seed + 1,
        None => 0..variable("GENLOCK_FAULTS_SCHEDULES").unwrap_or(schedules),
    };
    // What is made once in a thread is no leak.
    outcome::measured(schedule(seeds.start, false));
    let mut total = Outcome::default();
    let (mut violations, mut broken) = (0, 0);
    for seed in seeds.clone() {
        let outcome = catch_unwind(AssertUnwindSafe(|| outcome::measured(schedule(seed, alone.is_some()))));
        let outcome = outcome.unwrap_or_else(|_| Outcome::panicked());
        for violation in &outcome.violations {
            println!("{driver}, seed {seed}: {violation}");
        }
        violations += outcome.violations.len();
        if !outcome.violations.is_empty() {
            broken += 1;
            println!("again: cargo xtask faults --driver {driver} --seed {seed}");
        }
        total.add(&outcome);
    }
    println!(
        "faults: {driver}, seeds {}..{}, schedules {}, {broken} of them with violations = {violations}; {total}",
        seeds.start,
        seeds.end,
        seeds.end - seeds.start,
    );
    assert_eq!(violations, 0);
}

/// A moment between two things of a schedule.
fn moment(random: &mut fastrand::Rng, longest: u64) -> Duration {
    Duration::from_millis(random.u64(0..longest))
}
