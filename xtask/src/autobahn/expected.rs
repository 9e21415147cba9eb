//! `xtask/autobahn/expected.tsv`: case, verdict on its messages, verdict on its end.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::report::{CaseId, Reports, Verdict};

fn path() -> PathBuf {
    crate::root().join("xtask").join("autobahn").join("expected.tsv")
}

/// Writes what was reported, unless a case has failed: that is never expected.
pub(super) fn write(reports: &Reports) -> Result<()> {
    let failed: Vec<String> = reports.iter().filter_map(|(id, verdict)| fault(id, verdict)).collect();
    if !failed.is_empty() {
        bail!("nothing is written, as cases have failed:\n{}", failed.join("\n"));
    }
    let lines: String = reports.iter().map(|(id, verdict)| format!("{id}\t{verdict}\n")).collect();
    fs::write(path(), lines)?;
    println!("written: {}", path().display());
    Ok(())
}

/// Every case that is not as expected; `whole`: every expected case must have been run.
pub(super) fn differences(reports: &Reports, whole: bool) -> Result<Vec<String>> {
    let expected = fs::read_to_string(path()).with_context(|| path().display().to_string())?;
    let expected = parse(&expected)?;
    let mut differences = Vec::new();
    for (id, verdict) in reports {
        match expected.get(id) {
            Some(expected) if expected == verdict => differences.extend(fault(id, verdict)),
            Some(expected) => differences.push(format!("{id}\t{verdict}\tinstead of\t{expected}")),
            None => differences.push(format!("{id}\t{verdict}\twhich expected.tsv does not have")),
        }
    }
    if whole {
        let missing = expected.keys().filter(|id| !reports.contains_key(id));
        differences.extend(missing.map(|id| format!("{id}\twas not run")));
    }
    Ok(differences)
}

/// A verdict that is none of a client that keeps to the rules strictly.
fn fault(id: &CaseId, verdict: &Verdict) -> Option<String> {
    let passed = |verdict: &str| matches!(verdict, "OK" | "INFORMATIONAL");
    (!passed(&verdict.behavior) || !passed(&verdict.behavior_close)).then(|| format!("{id}\t{verdict}"))
}

fn parse(text: &str) -> Result<Reports> {
    let lines = text.lines().map(|line| {
        let [id, behavior, behavior_close] = line.split('\t').collect::<Vec<_>>()[..] else {
            bail!("expected.tsv: `{line}` is not a case and two verdicts");
        };
        let verdict = Verdict { behavior: behavior.to_owned(), behavior_close: behavior_close.to_owned() };
        Ok((CaseId::parse(id)?, verdict))
    });
    lines.collect()
}
