//! The fault campaign: the reference driver over a network that fails by a random schedule, in paused time. It is the
//! real shell with real WebSockets; only the bytes go through pipes.
//!
//! What must hold after every schedule stands in `run.rs`. A failure prints its seed; `cargo xtask faults --seed N` runs
//! that one alone and prints what happened, `cargo xtask faults --schedules N` runs that many.

mod bytes;
mod device;
mod driver;
mod ledger;
mod run;
mod schedule;

use std::time::Duration;

use super::connectors::reference;
use run::Outcome;

/// How many schedules run with the other tests.
const SCHEDULES: u64 = 100;

#[test]
fn bey_01_rel_26_after_any_faults_the_driver_comes_back_and_nothing_is_lost() {
    let variable = |name| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let alone = variable("GENLOCK_FAULTS_SEED");
    let seeds = match alone {
        Some(seed) => seed..seed + 1,
        None => 0..variable("GENLOCK_FAULTS_SCHEDULES").unwrap_or(SCHEDULES),
    };
    // What is made once in a thread is no leak.
    run::measured(seeds.start, false);
    let mut total = Outcome::default();
    let mut violations = 0;
    for seed in seeds.clone() {
        let outcome = run::measured(seed, alone.is_some());
        for violation in &outcome.violations {
            violations += 1;
            println!("seed {seed}: {violation}");
        }
        total.add(&outcome);
    }
    println!(
        "faults: seeds {}..{}, schedules {}, violations = {violations}; connections {} ({} refused, {} spoilt), opened {}, \
         {:.0} h of virtual time, longest way back {:.1} s of {} s, at most {} KiB",
        seeds.start,
        seeds.end,
        seeds.end - seeds.start,
        total.dialled,
        total.refused,
        total.spoilt,
        total.opened,
        total.virtual_time.as_secs_f64() / 3600.0,
        total.way_back.as_secs_f64(),
        run::LONGEST_WAY_BACK.as_secs(),
        total.memory / 1024,
    );
    assert_eq!(violations, 0);
}

/// A moment between two things of a schedule.
fn moment(random: &mut fastrand::Rng, longest: u64) -> Duration {
    Duration::from_millis(random.u64(0..longest))
}
