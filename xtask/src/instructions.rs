//! `cargo xtask instructions`: how many instructions the engine takes for what happens, counted by valgrind.
//!
//! Time depends on the machine and on what else it does; the number of instructions hardly does, so that a change that
//! makes the engine slower shows. `benches/instructions.tsv` holds what it was.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value as Json;

use crate::process;

/// How much more than the number in the table is allowed, in percent.
const ALLOWED: f64 = 5.0;
/// Two runs of each script: what the second one takes more is the script's, without start and end.
const RUNS: [u32; 2] = [1_000, 11_000];
/// A run under valgrind takes seconds.
const LIMIT: Duration = Duration::from_secs(300);

/// Counts, and compares with the table or writes it anew.
pub(crate) fn run(bless: bool) -> Result<()> {
    if process::capture(Command::new("valgrind").arg("--version"), LIMIT).is_err() {
        println!("valgrind is not installed: instructions are not counted in this run");
        return Ok(());
    }
    let bench = build()?;
    let path = crate::root().join("benches/instructions.tsv");
    let table = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let expected = parse(&table)?;
    let mut counted = BTreeMap::new();
    let mut slower = Vec::new();
    for (script, before) in &expected {
        let now = count(&bench, script)?;
        let change = (now / before - 1.0) * 100.0;
        println!("{script:<10} {now:>7.0} instructions, {before:>7.0} in the table, {change:+.1} %");
        if change > ALLOWED {
            slower.push(script.as_str());
        }
        counted.insert(script.clone(), now);
    }
    if bless {
        return Ok(fs::write(&path, write(&counted))?);
    }
    if !slower.is_empty() {
        bail!(
            "more than {ALLOWED} % above benches/instructions.tsv: {}; find out why (valgrind --tool=callgrind), or, when it \
             is worth it, say so in the commit and write the table anew by `cargo xtask instructions bless`",
            slower.join(", ")
        );
    }
    Ok(())
}

/// The bench, built with optimisation. Answers where it is.
fn build() -> Result<PathBuf> {
    let mut build = process::cargo();
    build.args(["bench", "--locked", "--package", "genlock-benches", "--bench", "dispatch", "--no-run"]);
    build.args(["--message-format", "json-render-diagnostics"]);
    let messages = process::capture(&mut build, Duration::from_secs(3600))?;
    let mut executables = messages.lines().filter_map(|line| {
        let message: Json = serde_json::from_str(line).ok()?;
        let is_bench = message.get("target")?.get("name")?.as_str()? == "dispatch";
        Some(PathBuf::from(message.get("executable").filter(|_| is_bench)?.as_str()?))
    });
    executables.next().context("cargo does not say where the bench is")
}

/// How many instructions one run of a script takes.
fn count(bench: &PathBuf, script: &str) -> Result<f64> {
    let [few, many] = RUNS;
    let difference = total(bench, script, many)?.saturating_sub(total(bench, script, few)?);
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    let difference = difference as f64;
    Ok(difference / f64::from(many - few))
}

/// How many instructions the bench takes from its start to its end.
fn total(bench: &PathBuf, script: &str, runs: u32) -> Result<u64> {
    let log = crate::root().join("target").join("instructions.log");
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    valgrind.arg(format!("--log-file={}", log.display()));
    process::capture(valgrind.arg(bench).args([script, &runs.to_string()]), LIMIT)?;
    let log = fs::read_to_string(log)?;
    let collected = log.lines().find_map(|line| line.split_once("Collected :"));
    let (_, number) = collected.with_context(|| format!("valgrind does not say what it counted:\n{log}"))?;
    Ok(number.trim().parse()?)
}

fn parse(table: &str) -> Result<BTreeMap<String, f64>> {
    let rows = table.lines().skip(1).map(|line| {
        let (script, count) = line.split_once('\t').with_context(|| format!("no tab in `{line}`"))?;
        Ok((script.to_owned(), count.parse().with_context(|| format!("no number in `{line}`"))?))
    });
    rows.collect()
}

fn write(counted: &BTreeMap<String, f64>) -> String {
    counted.iter().fold("script\tinstructions\n".to_owned(), |mut table, (script, count)| {
        let _ = writeln!(table, "{script}\t{count:.0}");
        table
    })
}
