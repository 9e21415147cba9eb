//! Every rule of the platform's validator has a file: documents that break it, with the code and the places, and
//! documents that come near and do not.
//!
//! `GENLOCK_BLESS=1 cargo test -p genlock-tests --test rows` writes codes and places into the files.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails where something is not there")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use genlock_codegen::diagnostic::{Diagnostic, rule, rules};
use genlock_codegen::{Options, SourceSet, compile};

/// Rules that no file can break, and rules that sum up others: why they have no document that fires.
const WITHOUT_A_FILE: &str = include_str!("diagnostics/rows/without.tsv");

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("diagnostics/rows")
}

/// The files by the number of their rule.
fn files() -> BTreeMap<String, PathBuf> {
    let chapters = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let files = chapters.flat_map(|chapter| fs::read_dir(chapter).unwrap().map(|entry| entry.unwrap().path()));
    files.map(|file| (file.file_stem().unwrap().to_str().unwrap().to_owned(), file)).collect()
}

/// One document of a file.
struct Document {
    /// The line, from 0, of the comment that introduces it.
    line: usize,
    fires: bool,
    /// What the comment says after `fires:`.
    expected: String,
    text: String,
}

/// The documents of a file, each padded with line ends to where it stands.
fn documents(text: &str) -> Vec<Document> {
    let mut documents: Vec<Document> = Vec::new();
    for (line, content) in text.lines().enumerate() {
        let introduction = content.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->"));
        let found = introduction.and_then(|words| match words.strip_prefix("fires:") {
            Some(expected) => Some((true, expected.trim().to_owned())),
            None => (words == "silent").then(|| (false, String::new())),
        });
        if let Some((fires, expected)) = found {
            documents.push(Document { line, fires, expected, text: "\n".repeat(line + 1) });
        } else if let Some(document) = documents.last_mut() {
            document.text.push_str(content);
            document.text.push('\n');
        }
    }
    documents
}

/// What breaks the rule `id`: `GL0412 at 9:21, 12:5`.
fn shown(id: &str, found: &[&Diagnostic], source: &SourceSet) -> String {
    let mut text = found.first().map_or(String::new(), |fault| format!("{} at ", fault.code));
    for (position, fault) in found.iter().enumerate() {
        let at = source.location(fault.span.start);
        let separator = if position == 0 { "" } else { ", " };
        let _ = write!(text, "{separator}{}:{}", at.line, at.column);
        let rule = rule(id).unwrap_or_else(|| panic!("there is no rule {id}"));
        assert_eq!(fault.code, rule.kind.code(), "{id}");
        // What a case tempers says so in its message; nothing is worse than its rule.
        assert!(fault.severity >= rule.severity, "{id} is worse than its rule");
    }
    text
}

#[test]
fn each_document_breaks_its_rule_where_it_says_or_not_at_all() {
    let bless = std::env::var_os("GENLOCK_BLESS").is_some();
    let mut wrong = Vec::new();
    for (id, file) in files() {
        let text = fs::read_to_string(&file).unwrap().replace("\r\n", "\n");
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let documents = documents(&text);
        for wanted in [true, false] {
            if !documents.iter().any(|document| document.fires == wanted) {
                wrong.push(format!("{id}: no document that {}", if wanted { "fires" } else { "is silent" }));
            }
        }
        for document in documents {
            let source = SourceSet::new(format!("{id}.xml"), document.text);
            // Without an expected provider any will do, so this is what 1.3.3 is judged by.
            let output = compile(&source, &Options::default().provider("genlock"));
            let found: Vec<&Diagnostic> =
                output.diagnostics.iter().filter(|fault| fault.validator_id == Some(id.as_str())).collect();
            let shown = shown(&id, &found, &source);
            if shown == document.expected && document.fires != found.is_empty() {
                continue;
            }
            if bless && document.fires && !found.is_empty() {
                lines[document.line] = format!("<!-- fires: {shown} -->");
            } else {
                let others: BTreeSet<String> = output
                    .diagnostics
                    .iter()
                    .map(|fault| format!("{} {}", fault.validator_id.unwrap_or(fault.code), fault.message))
                    .collect();
                let expected = if document.fires { document.expected.as_str() } else { "silence" };
                let others = others.into_iter().collect::<Vec<_>>().join("\n    ");
                wrong.push(format!(
                    "{id}, line {}: expected `{expected}`, found `{shown}`; all findings:\n    {others}",
                    document.line + 1
                ));
            }
        }
        let blessed = lines.join("\n") + "\n";
        if bless && blessed != text {
            fs::write(&file, blessed).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{}\n\nGENLOCK_BLESS=1 writes the places", wrong.join("\n"));
}

#[test]
fn each_rule_has_a_file_or_a_reason() {
    let files = files();
    let without: BTreeSet<&str> = WITHOUT_A_FILE.lines().filter_map(|line| line.split('\t').next()).collect();
    let missing: Vec<&str> =
        rules().iter().map(|rule| rule.id).filter(|id| !files.contains_key(*id) && !without.contains(id)).collect();
    assert!(missing.is_empty(), "{} rules without a file: {}", missing.len(), missing.join(" "));
    let both: Vec<&str> = without.into_iter().filter(|id| files.contains_key(*id) || rule(id).is_none()).collect();
    assert!(both.is_empty(), "rules with a file and a reason, or no rules: {both:?}");
}

#[test]
fn the_rules_are_those_of_the_reference() {
    let reference = include_str!("../docs/reference/checks.tsv");
    let reference = reference.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    let mut count = 0;
    for row in reference {
        let found = rule(row[0]).unwrap_or_else(|| panic!("there is no rule {}", row[0]));
        assert_eq!((found.places, found.kind.fault(), found.severity.as_str()), (row[1], row[2], row[3]), "{}", row[0]);
        count += 1;
    }
    assert_eq!(count, rules().len());
}
