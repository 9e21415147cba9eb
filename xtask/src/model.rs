//! `cargo xtask model`: the campaign of `tests/model`, the engine against a model of the rules.

use std::num::NonZeroU64;

use anyhow::{Context, Result, bail};

use crate::process;

/// How many steps a campaign has.
const STEPS: &str = "1000000";

/// Runs the comparison with optimisation. `--steps` says for how many inputs, `--seed` with which connector it begins.
pub(crate) fn run(arguments: &[&str]) -> Result<()> {
    let (mut steps, mut seed) = (STEPS, "1");
    let mut rest = arguments;
    while let [name, value, behind @ ..] = rest {
        match *name {
            "--steps" => steps = value,
            "--seed" => seed = value,
            other => bail!("no option `{other}`: there are --steps and --seed"),
        }
        value.parse::<NonZeroU64>().with_context(|| format!("{name} is a number from 1, not `{value}`"))?;
        rest = behind;
    }
    if let [name] = rest {
        bail!("`{name}` has no value: write `--steps 1000000`, `--seed 1` or both");
    }
    let mut test = process::cargo();
    test.args(["test", "--release", "--locked", "--package", "genlock-tests", "--test", "model", "--", "--nocapture"]);
    process::show(test.env("GENLOCK_MODEL_STEPS", steps).env("GENLOCK_MODEL_SEED", seed))
}
