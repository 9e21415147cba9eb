//! `cargo xtask rules`: which rules of the reference have a case of their own, by chapter.
//!
//! A rule of scope P1 or P2 has a case, or a line in `tests/conformance/later.tsv`; one that has neither is missing, and
//! fails the verb as it fails the test.

mod cases;
mod later;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::root;

/// What the repository has for the rules of the reference.
struct Coverage {
    /// The rules of scope P1 and P2, in the order of the reference.
    rules: Vec<String>,
    cases: BTreeSet<String>,
    /// The rules of `later.tsv`, as they stand there.
    later: Vec<String>,
}

/// The rules of one chapter.
#[derive(Default)]
struct Chapter<'a> {
    rules: usize,
    cases: usize,
    later: usize,
    missing: Vec<&'a str>,
}

/// Prints the table; with `listed` the rules that have nothing as well.
pub(crate) fn run(listed: bool) -> Result<()> {
    let coverage = Coverage::find(root())?;
    let chapters = coverage.chapters();
    println!("{:<8} {:>6} {:>6} {:>6} {:>8}", "chapter", "rules", "cases", "later", "missing");
    let mut all = Chapter::default();
    for (name, chapter) in &chapters {
        print_line(name, chapter);
        all.rules += chapter.rules;
        all.cases += chapter.cases;
        all.later += chapter.later;
        all.missing.extend(&chapter.missing);
    }
    print_line("all", &all);
    if listed {
        for chapter in chapters.values().filter(|chapter| !chapter.missing.is_empty()) {
            println!("{}", chapter.missing.join(" "));
        }
    }
    let faults = coverage.faults();
    if !faults.is_empty() {
        bail!("the cases and tests/conformance/later.tsv do not cover the rules:\n{}", faults.join("\n"));
    }
    Ok(())
}

fn print_line(name: &str, Chapter { rules, cases, later, missing }: &Chapter<'_>) {
    println!("{name:<8} {rules:>6} {cases:>6} {later:>6} {:>8}", missing.len());
}

impl Coverage {
    fn find(root: &Path) -> Result<Self> {
        let reference = root.join("docs/reference/rules.tsv");
        let reference = fs::read_to_string(&reference).with_context(|| reference.display().to_string())?;
        let rules = reference.lines().skip(1).filter_map(|line| {
            let mut columns = line.split('\t');
            let (rule, scope) = (columns.next()?, columns.next()?);
            matches!(scope, "P1" | "P2").then(|| rule.to_owned())
        });
        Ok(Self { rules: rules.collect(), cases: cases::find(root)?, later: later::read(root)? })
    }

    fn chapters(&self) -> BTreeMap<&str, Chapter<'_>> {
        let mut chapters: BTreeMap<&str, Chapter<'_>> = BTreeMap::new();
        for rule in &self.rules {
            let chapter = chapters.entry(rule.split('-').next().unwrap_or(rule)).or_default();
            chapter.rules += 1;
            if self.cases.contains(rule) {
                chapter.cases += 1;
            } else if self.later.contains(rule) {
                chapter.later += 1;
            } else {
                chapter.missing.push(rule);
            }
        }
        chapters
    }

    /// What is wrong: each rule has a case or a line, never both.
    fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for (position, rule) in self.later.iter().enumerate() {
            if !self.rules.contains(rule) {
                faults.push(format!("later.tsv: the reference has no rule `{rule}` of scope P1 or P2"));
            } else if self.cases.contains(rule) {
                faults.push(format!(
                    "later.tsv: `{rule}` has a case; take the line out, or the id out of the case's name"
                ));
            } else if self.later.iter().take(position).any(|earlier| earlier == rule) {
                faults.push(format!("later.tsv: `{rule}` stands there twice"));
            }
        }
        let missing = self.chapters().into_values().flat_map(|chapter| chapter.missing);
        faults.extend(missing.map(|rule| format!("`{rule}` has neither a case nor a line in later.tsv; write a case")));
        faults
    }
}
