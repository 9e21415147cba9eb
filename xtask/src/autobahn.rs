//! `cargo xtask autobahn`: the client cases of the Autobahn test suite, against what they are expected to say.

mod expected;
mod python;
mod report;
mod suite;

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::process;

/// Some of every group, as the suite's patterns: those of CI, where nobody waits for all of them.
const SMOKE: [&str; 23] = [
    "1.1.*", "2.1", "2.10", "2.11", "3.*", "4.1.*", "5.1", "5.15", "6.4.*", "6.6.*", "7.1.*", "7.7.1", "7.9.*",
    "9.1.1", "10.*", "12.1.1", "13.1.1", "13.2.1", "13.3.1", "13.4.1", "13.5.1", "13.6.1", "13.7.1",
];

/// How long all cases may take.
const LIMIT: Duration = Duration::from_secs(40 * 60);

/// What is to be run, and what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// All cases, compared; with optimisation, as some of them are about large messages.
    Whole,
    /// All cases, written down.
    Bless,
    /// A few cases, compared; in the build of the tests, which CI has already.
    Smoke,
}

/// Runs the cases and compares them. Without Python 2.7, which the suite is written for, nothing is run.
pub(crate) fn run(mode: Mode) -> Result<()> {
    let Some(python) = python::find() else {
        println!("skipped: the Autobahn test suite needs Python 2.7 with pip, and neither PATH nor pyenv has one");
        return Ok(());
    };
    let start = Instant::now();
    let cases = if mode == Mode::Smoke { &SMOKE[..] } else { &["*"] };
    let suite = suite::start(&python, cases)?;
    let client = client(mode, suite.port);
    let reports = suite.finish()?;
    client?;
    print!("{}", report::table(&reports));
    if mode == Mode::Bless {
        return expected::write(&reports);
    }
    let differences = expected::differences(&reports, mode == Mode::Whole)?;
    for difference in &differences {
        println!("{difference}");
    }
    let (count, seconds) = (reports.len(), start.elapsed().as_secs());
    println!("autobahn: {count} cases, {} not as expected, in {seconds} s", differences.len());
    if !differences.is_empty() {
        bail!("the reports are in {}", suite::reports_folder().display());
    }
    Ok(())
}

/// Runs genlock's client against all cases of the server; see `runtime/src/shell/tests/autobahn.rs`.
fn client(mode: Mode, port: u16) -> Result<()> {
    let mut test = process::cargo();
    test.args(["test", "--quiet", "--locked", "--lib"]);
    match mode {
        // As the step `tests` of CI has built them.
        Mode::Smoke => test.args(["--workspace"]),
        Mode::Whole | Mode::Bless => test.args(["--release", "--package", "genlock", "--features", "sim"]),
    };
    test.args(["--", "--ignored", "shell::tests::autobahn::"]).env("GENLOCK_AUTOBAHN_PORT", port.to_string());
    process::capture(&mut test, LIMIT).map(drop)
}
