//! `cargo xtask faults`: the campaign of `runtime/src/shell/tests/faults`, two drivers over networks that fail.

use anyhow::{Context, Result, bail};

use crate::process;

/// How many schedules a campaign has.
const SCHEDULES: &str = "10000";

/// The drivers, and the tests that run their schedules.
const DRIVERS: [(&str, &str); 2] =
    [("reference", "bey_01_rel_26_after_any_faults"), ("several", "bey_01_rel_28_after_any_faults")];

/// Runs the campaign with optimisation: `--driver` says which one alone, `--schedules` how many, `--seed` runs one alone
/// and prints what happens.
pub(crate) fn run(arguments: &[&str]) -> Result<()> {
    let mut tests: Vec<&str> = DRIVERS.iter().map(|(_, test)| *test).collect();
    let mut wanted = ("GENLOCK_FAULTS_SCHEDULES", SCHEDULES);
    for pair in arguments.chunks(2) {
        match *pair {
            ["--driver", name] => {
                let driver = DRIVERS.iter().find(|(driver, _)| *driver == name);
                tests = vec![driver.with_context(|| format!("there is no driver `{name}`: reference, several"))?.1];
            }
            ["--schedules", schedules] => wanted = ("GENLOCK_FAULTS_SCHEDULES", schedules),
            ["--seed", seed] => wanted = ("GENLOCK_FAULTS_SEED", seed),
            _ => bail!("`{}`: there are `--driver several`, `--schedules 10000` and `--seed 0`", pair.join(" ")),
        }
    }
    let (variable, value) = wanted;
    value.parse::<u64>().with_context(|| format!("schedules and seeds are numbers, not `{value}`"))?;
    let mut test = process::cargo();
    test.args(["test", "--release", "--locked", "--package", "genlock", "--features", "http,sim", "--lib", "--"]);
    test.arg("--nocapture").args(tests);
    process::show(test.env(variable, value))
}
