//! The rules that a later issue or another transport owns: `tests/conformance/later.tsv`, a line each.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// The rules of `tests/conformance/later.tsv` below `root`, as they stand there.
pub(super) fn read(root: &Path) -> Result<Vec<String>> {
    let path = root.join("tests/conformance/later.tsv");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let lines = text.lines().enumerate();
    lines.map(|(index, line)| parse(line).with_context(|| format!("{}:{}", path.display(), index + 1))).collect()
}

/// A line: the rule, who owns it, and why no element of today can show it.
pub(super) fn parse(line: &str) -> Result<String> {
    let columns: Vec<&str> = line.split('\t').collect();
    match columns.as_slice() {
        [rule, owner, reason] if [rule, owner, reason].iter().all(|column| !column.trim().is_empty()) => {
            Ok((*rule).to_owned())
        }
        _ => bail!("`{line}` is not a rule, its owner and a reason with a tab between them"),
    }
}
