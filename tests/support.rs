//! What of the language is carried out: asked of the model, not written by hand.
//!
//! Each element and attribute is carried out where the model reads it in one of the connectors of this repository; it is
//! accepted where its part of the language says nothing to a driver; else it is refused, or a warning, by name.
//! `GENLOCK_BLESS=1 cargo test -p genlock-tests --test support` writes `docs/support.md` and the table in the README.

#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use genlock_codegen::{SourceSet, carried_out, language};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The connectors below `folder`.
fn connectors(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "target") {
            connectors(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "xml") {
            found.push(path);
        }
    }
}

#[derive(Default)]
struct Part {
    carried_out: usize,
    others: Vec<&'static str>,
}

#[test]
fn the_table_of_what_is_carried_out_is_what_the_model_reads() {
    let mut files = Vec::new();
    connectors(&repository().join("tests"), &mut files);
    connectors(&repository().join("examples"), &mut files);
    let mut read = BTreeSet::new();
    for file in &files {
        read.extend(carried_out(&SourceSet::from_bytes("support.xml", fs::read(file).unwrap())));
    }
    let mut parts: BTreeMap<&str, Part> = BTreeMap::new();
    for (path, part) in language() {
        let part = parts.entry(part).or_default();
        if read.contains(path) {
            part.carried_out += 1;
        } else {
            part.others.push(path);
        }
    }
    let summary = summary(&parts);
    let table = render(&parts, &summary);
    let path = repository().join("docs/support.md");
    let readme = repository().join("README.md");
    let shown = fs::read_to_string(&readme).unwrap().replace("\r\n", "\n");
    let (before, rest) = shown.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let renewed = format!("{before}{BEGIN}\n{summary}{END}{after}");
    if std::env::var_os("GENLOCK_BLESS").is_some() {
        fs::write(&path, table).unwrap();
        fs::write(&readme, renewed).unwrap();
        return;
    }
    assert!(shown == renewed, "the table in README.md is out of date; GENLOCK_BLESS=1 writes it:\n{summary}");
    let written = fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    assert!(written == table, "docs/support.md is out of date; GENLOCK_BLESS=1 writes it:\n{table}");
}

/// Between these the README shows the summary.
const BEGIN: &str = "<!-- support -->";
const END: &str = "<!-- /support -->";

/// A line for each part of the language.
fn summary(parts: &BTreeMap<&str, Part>) -> String {
    let mut text = String::from(
        "| part of the language | elements and attributes | carried out | not | what that means |\n\
         |---|---:|---:|---:|---|\n",
    );
    for (name, part) in parts {
        let meaning = match *name {
            "metadata" | "presentation" | "services of the platform" => "accepted: it has no effect on a driver",
            _ if part.others.is_empty() => "",
            _ => "reported by name",
        };
        let (read, others) = (part.carried_out, part.others.len());
        writeln!(text, "| {name} | {} | {read} | {others} | {meaning} |", read + others).unwrap();
    }
    text
}

fn render(parts: &BTreeMap<&str, Part>, summary: &str) -> String {
    let mut text = String::from(
        "# What of the language is carried out\n\n\
         Written by `tests/support.rs`, which asks the model: an element or attribute counts as carried out when the model takes it\n\
         from one of the connectors of this repository. What it does not take is reported by name, with its line: as an error\n\
         where leaving it out would change what a driver does (GL0901), as a warning where the driver does not start anyway.\n\
         Metadata, presentation and services of the platform say nothing to a driver; they are checked and otherwise left alone (GL0902).\n\n",
    );
    text.push_str(summary);
    text.push_str("\n## Not carried out\n\nWhat stands in an element that is not carried out is left out here.\n");
    for (name, part) in
        parts.iter().filter(|(name, _)| !matches!(**name, "metadata" | "presentation" | "services of the platform"))
    {
        let all: BTreeSet<&str> = part.others.iter().copied().collect();
        let inside = |path: &str| {
            let mut rest = path;
            std::iter::from_fn(|| {
                rest = rest.get(..rest.rfind(['/', '@'])?)?;
                Some(rest)
            })
            .any(|parent| all.contains(parent))
        };
        let outermost: Vec<&&str> = part.others.iter().filter(|path| !inside(path)).collect();
        if !outermost.is_empty() {
            writeln!(text, "\n### {name}\n").unwrap();
        }
        for path in outermost {
            writeln!(text, "- `{}`", path.trim_start_matches("Protocol/")).unwrap();
        }
    }
    text
}
