//! `cargo xtask faults`: the campaign of `runtime/src/shell/tests/faults`, the reference driver over a network that fails.

use anyhow::{Context, Result, bail};

use crate::process;

/// As many schedules as issue 5 asks for.
const SCHEDULES: &str = "10000";

/// Runs the campaign with optimisation: `--schedules` says how many, `--seed` runs one alone and prints what happens.
pub(crate) fn run(arguments: &[&str]) -> Result<()> {
    let (name, variable, value) = match arguments {
        [] => ("--schedules", "GENLOCK_FAULTS_SCHEDULES", SCHEDULES),
        ["--schedules", schedules] => ("--schedules", "GENLOCK_FAULTS_SCHEDULES", *schedules),
        ["--seed", seed] => ("--seed", "GENLOCK_FAULTS_SEED", *seed),
        other => bail!("`{}`: there are `--schedules 10000` and `--seed 0`", other.join(" ")),
    };
    value.parse::<u64>().with_context(|| format!("{name} is a number, not `{value}`"))?;
    let mut test = process::cargo();
    test.args(["test", "--release", "--locked", "--package", "genlock", "--features", "sim", "--lib", "--"]);
    test.args(["--nocapture", "bey_01_rel_26_after_any_faults"]);
    process::show(test.env(variable, value))
}
