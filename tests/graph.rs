//! What `genlock graph` draws: a file, and beside it its flowchart.
//!
//! `GENLOCK_BLESS=1 cargo test -p genlock-tests --test graph` writes what is drawn now.

#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use genlock_codegen::{SourceSet, graph};

const MAX_SIZE: usize = 1 << 20;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The connector files in and below `folder`.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else if path.extension().is_some_and(|kind| kind == "xml") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn drawn(file: &Path) -> Option<String> {
    graph::mermaid(&SourceSet::from_bytes("a.xml", fs::read(file).unwrap()), MAX_SIZE)
}

#[test]
fn each_case_is_drawn_as_it_stands_beside_it() {
    let mut cases: Vec<(PathBuf, PathBuf)> =
        files(&folder("graph")).into_iter().map(|file| (file.clone(), file.with_extension("mmd"))).collect();
    cases.push((folder("../examples/nmos/nmos.xml"), folder("graph/nmos.mmd")));
    for (file, beside) in cases {
        let text = drawn(&file).unwrap();
        if std::env::var_os("GENLOCK_BLESS").is_some() {
            fs::write(&beside, &text).unwrap();
        }
        let expected = fs::read_to_string(&beside).unwrap().replace("\r\n", "\n");
        assert_eq!(text, expected, "{}; GENLOCK_BLESS=1 accepts it", file.display());
    }
}

/// A line that Mermaid reads as meant: labels in quotes have nothing in them that ends them, and every arrow is between
/// two nodes that were declared.
#[test]
fn any_file_gives_a_flowchart() {
    for file in files(&folder(".")) {
        let Some(text) = drawn(&file) else { continue };
        let mut nodes = BTreeSet::new();
        for line in text.lines().skip_while(|line| line.starts_with("%%")).skip(1) {
            let quotes = line.matches('"').count();
            assert!(quotes == 0 || quotes == 2, "{}: {line}", file.display());
            assert!(!line.contains("%%"), "{}: {line}", file.display());
            let id =
                |text: &str| text.chars().take_while(|&c| c.is_ascii_alphanumeric() || c == '_').collect::<String>();
            if let Some(node) = line.strip_prefix("    ") {
                assert!(nodes.insert(id(node)), "{}: {line}", file.display());
            } else if line.contains("->") {
                let ends = [line.trim_start(), line.rsplit(' ').next().unwrap()].map(id);
                assert!(ends.iter().all(|end| nodes.contains(end)), "{}: {line}", file.display());
            }
        }
    }
}

#[test]
fn what_is_no_connector_has_no_graph() {
    for text in ["", "<Driver/>", "nonsense"] {
        assert_eq!(graph::mermaid(&SourceSet::new("a.xml", text), MAX_SIZE), None, "{text}");
    }
    assert_eq!(graph::mermaid(&SourceSet::new("a.xml", "<Protocol/>"), 5), None);
}

#[test]
fn many_arrows_have_a_hint() {
    let triggers: String = (1..=600)
        .map(|id| format!("<Trigger id=\"{id}\"><Type>action</Type><Content><Id>{id}</Id></Content></Trigger>"))
        .collect();
    let source = SourceSet::new("a.xml", format!("<Protocol><Triggers>{triggers}</Triggers></Protocol>"));
    assert!(graph::mermaid(&source, MAX_SIZE).unwrap().contains("\n%% It has 600 edges: raise maxEdges"));
}
