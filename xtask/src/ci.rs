//! `cargo xtask ci`: everything that a change must pass. `.ci/run` calls it and nothing else.

mod check;
mod example;

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::{autobahn, browser, instructions, peers, process};

/// One step: its name, and what it runs.
type Step = (&'static str, fn() -> Result<()>);

const STEPS: [Step; 13] = [
    ("format", || cargo(&["fmt", "--all", "--check"])),
    ("clippy", || cargo(&["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"])),
    ("features", features),
    ("documentation", documentation),
    ("tests", || cargo(&["test", "--locked", "--no-fail-fast", "--workspace"])),
    ("benchmarks", || cargo(&["test", "--locked", "--package", "genlock-benches", "--benches"])),
    ("instructions", || instructions::run(false)),
    ("fuzz targets", fuzz_targets),
    ("example", example::run),
    ("genlock check", check::run),
    ("browser", browser::run),
    ("peers", peers::run),
    ("autobahn", || autobahn::run(autobahn::Mode::Smoke)),
];

/// Run where cargo-deny is installed: it is not part of a Rust installation, and CI installs no tools.
const DENY: Step = ("cargo deny", || cargo(&["deny", "--all-features", "check", "licenses", "bans", "sources"]));

/// The features of the published runtime that a user may choose, alone and together.
const FEATURES: [&str; 14] = [
    "",
    "macros",
    "tokio",
    "macros,tokio",
    "tokio,deflate",
    "proxy",
    "rustls",
    "sim",
    "macros,tokio,sim",
    "http",
    "inspector",
    "store-redb",
    "metrics",
    "prometheus",
];

/// Runs every step, also after one that failed, and says at the end which failed and how long each took.
pub(crate) fn run() -> Result<()> {
    let mut report = Vec::new();
    let deny = process::cargo().args(["deny", "--version"]).output()?.status.success().then_some(DENY);
    if deny.is_none() {
        println!("cargo-deny is not installed: licences, bans and sources are not checked in this run");
    }
    for (name, step) in STEPS.into_iter().chain(deny) {
        println!("\n=== {name}");
        let start = Instant::now();
        let result = step();
        if let Err(error) = &result {
            println!("error: {error:#}");
        }
        report.push((name, result.is_ok(), start.elapsed()));
    }
    print_report(&report);
    let failed: Vec<&str> = report.iter().filter(|(_, passed, _)| !passed).map(|(name, ..)| *name).collect();
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(())
}

fn print_report(report: &[(&str, bool, Duration)]) {
    println!("\n=== report");
    for (name, passed, time) in report {
        println!("{name:<18} {:<6} {:>7.1} s", if *passed { "ok" } else { "FAILED" }, time.as_secs_f64());
    }
    let total: Duration = report.iter().map(|(.., time)| *time).sum();
    println!("{:<25} {:>7.1} s", "total", total.as_secs_f64());
    let passed = report.iter().filter(|(_, passed, _)| *passed).count();
    // The closing line, in the plain form that CI systems read.
    println!("\n{passed} passed, {} failed", report.len() - passed);
}

fn cargo(arguments: &[&str]) -> Result<()> {
    process::show(process::cargo().args(arguments))
}

fn features() -> Result<()> {
    for features in FEATURES {
        println!("--- genlock with `{features}`");
        let package = ["clippy", "--locked", "--package", "genlock", "--no-default-features", "--features", features];
        cargo(&[&package[..], &["--", "-D", "warnings"]].concat())?;
    }
    Ok(())
}

fn documentation() -> Result<()> {
    let mut doc = process::cargo();
    doc.args(["doc", "--locked", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings");
    process::show(&mut doc)
}

/// Fuzzing needs another compiler; that the targets still fit the code needs none.
fn fuzz_targets() -> Result<()> {
    let mut check = process::cargo();
    check.args(["check", "--locked", "--manifest-path", "fuzz/Cargo.toml", "--target-dir", "target/fuzz"]);
    process::show(check.env("RUSTFLAGS", "--cfg fuzzing"))
}
