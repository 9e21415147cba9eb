//! The rules that have a case of their own.
//!
//! A case is a test, a file of `tests/conformance` or a file of `tests/diagnostics` with the id of the rule in its name:
//! `fn trg_30_each_fires_for_every_item`, `trg-30-each.script.jsonl`, `trg_30_each.xml`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Where cases are.
const PLACES: [&str; 4] = ["runtime", "codegen", "tests", "examples"];

/// The ids in the names of all tests and files of cases below `root`.
pub(super) fn find(root: &Path) -> Result<BTreeSet<String>> {
    let mut cases = BTreeSet::new();
    for place in PLACES {
        collect(&root.join(place), &mut cases)?;
    }
    Ok(cases)
}

/// Collects the ids in the names of tests and of files below `folder`.
fn collect(folder: &Path, cases: &mut BTreeSet<String>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() {
            if name != "target" {
                collect(&path, cases)?;
            }
            continue;
        }
        match name.rsplit('.').next() {
            Some("rs") => {
                let text = fs::read_to_string(&path)?;
                let names = text.split("fn ").skip(1).filter_map(|rest| rest.split('(').next());
                names.for_each(|name| ids(name, cases));
            }
            Some("xml" | "jsonl") => ids(&name.replace('-', "_"), cases),
            _ => {}
        }
    }
    Ok(())
}

/// The ids in a name: `conn_43_44_header` has CONN-43 and CONN-44, `trace_01_to_12` all from 01 to 12.
fn ids(name: &str, cases: &mut BTreeSet<String>) {
    let mut chapter = None;
    let mut last: Option<u32> = None;
    let mut is_range = false;
    for part in name.split(['_', '.']) {
        match (chapter, part.parse::<u32>()) {
            (Some(chapter), Ok(number)) if part.len() >= 2 => {
                let first = last.filter(|_| is_range).map_or(number, |last| last + 1);
                cases.extend((first..=number).map(|number| id(chapter, number)));
                last = Some(number);
                is_range = false;
            }
            (Some(_), Err(_)) if part == "to" && last.is_some() => is_range = true,
            _ => {
                chapter = Some(part);
                last = None;
                is_range = false;
            }
        }
    }
}

fn id(chapter: &str, number: u32) -> String {
    format!("{}-{number:02}", chapter.to_uppercase())
}
