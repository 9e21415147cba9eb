//! What comments and options may silence, whatever is wrong with a file.

#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]

use std::fs;
use std::path::{Path, PathBuf};

use genlock_codegen::diagnostic::Kind;
use genlock_codegen::{FaultId, Options, SourceSet, compile};

/// The connector files in and below `folder`.
fn files(folder: &Path) -> Vec<PathBuf> {
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).partition(|path| path.is_dir());
    let files = files.into_iter().filter(|file| file.extension().is_some_and(|kind| kind == "xml"));
    files.chain(folders.iter().flat_map(|folder| self::files(folder))).collect()
}

/// The documents of a file: those of rules hold several, each behind a comment of its own.
fn documents(text: &str) -> Vec<String> {
    let mut documents = vec![String::new()];
    for line in text.lines() {
        if line.starts_with("<!-- fires") || line.starts_with("<!-- silent") {
            documents.push(String::new());
        } else {
            documents.last_mut().unwrap().extend([line, "\n"]);
        }
    }
    documents.retain(|document| !document.trim().is_empty());
    documents
}

#[test]
fn silencing_all_that_may_be_leaves_the_tables_as_they_are_and_the_code_in_order() {
    let ids: Vec<FaultId> = Kind::ALL.iter().map(|kind| kind.code().parse().unwrap()).collect();
    let mut made_of_errors = 0;
    for file in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("diagnostics")) {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        for document in documents(&text) {
            let source = SourceSet::new("a.xml", document);
            let loud = compile(&source, &Options::default());
            let silent = compile(&source, &Options::default().allow(ids.iter().copied()));
            let shown = file.display();
            assert!(silent.silenced.iter().all(genlock_codegen::diagnostic::Diagnostic::can_be_silenced), "{shown}");
            assert!(silent.spec.is_none() || silent.diagnostics.is_empty(), "{shown}: {:?}", silent.diagnostics);
            assert_eq!(silent.spec.is_some(), silent.errors().next().is_none(), "{shown}");
            assert!(loud.spec.is_none() || loud.spec == silent.spec, "{shown}");
            if loud.spec.is_none() && silent.spec.is_some() {
                made_of_errors += 1;
                assert!(syn::parse2::<syn::File>(silent.tokens).is_ok(), "{shown}");
            }
        }
    }
    assert!(made_of_errors > 0);
}

#[test]
fn options_that_silence_nothing_are_named() {
    let source = SourceSet::new("a.xml", "<Protocol><Nonsense/></Protocol>");
    let allow = ["GL0801", "GL0202", "5.1.6"].map(|id| id.parse::<FaultId>().unwrap());
    let idle = compile(&source, &Options::default().allow(allow)).idle_allows;
    let idle: Vec<(&str, bool)> = idle.iter().map(|allow| (allow.id.as_str(), allow.is_refused)).collect();
    assert_eq!(idle, [("5.1.6", false), ("GL0202", false), ("GL0801", true)]);
}

/// A hundred times more comments take a hundred times longer, not ten thousand.
#[test]
fn many_allows_and_many_faults_are_matched_in_one_pass() {
    let opened = "<!-- SuppressValidator 2.61.3 a -->".repeat(50_000);
    let closed = "<!-- /SuppressValidator 2.61.3 -->".repeat(50_000);
    let param = |id: usize| format!(r#"<Param id="{id}"><Name>A{id}</Name><Type> read </Type></Param>"#);
    let (first, second): (String, String) = ((1..3_000).map(param).collect(), (3_000..6_000).map(param).collect());
    let text = format!("<Protocol><Params>{opened}{first}{closed}{second}</Params></Protocol>");
    let begin = std::time::Instant::now();
    let output = compile(&SourceSet::new("a.xml", text), &Options::default());
    assert!(output.silenced.iter().filter(|fault| fault.code == "GL0202").count() == 2_999);
    assert!(begin.elapsed().as_secs() < 60, "{:?}", begin.elapsed());
}
