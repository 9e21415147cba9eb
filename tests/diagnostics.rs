//! Every kind of fault has a case: a file, and beside it what `genlock check` shows for it.
//!
//! `GENLOCK_BLESS=1 cargo test -p genlock-tests --test diagnostics` writes what is shown now.

#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use genlock_codegen::diagnostic::{Kind, explain, render_json, render_text, rules};
use genlock_codegen::{Options, Output, SourceSet, compile};

/// The kinds whose limits are too large for a file beside the tests.
const WITHOUT_A_FILE: [Kind; 2] = [Kind::TooLarge, Kind::TooManyFaults];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("diagnostics")
}

/// The files below `root`, by folder and name.
fn cases() -> Vec<PathBuf> {
    let folders = fs::read_dir(root()).unwrap().map(|folder| folder.unwrap().path());
    let files = folders.flat_map(|folder| fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()));
    let mut cases: Vec<PathBuf> = files.filter(|file| file.extension().is_some_and(|kind| kind == "xml")).collect();
    cases.sort();
    cases
}

fn compiled(case: &Path) -> (SourceSet, Output) {
    let name = case.file_name().unwrap().to_str().unwrap();
    let source = SourceSet::from_bytes(name, fs::read(case).unwrap());
    let output = compile(&source, &Options::default());
    (source, output)
}

#[test]
fn each_case_shows_what_stands_beside_it() {
    let bless = std::env::var_os("GENLOCK_BLESS").is_some();
    let mut wrong = Vec::new();
    for case in cases() {
        let (source, output) = compiled(&case);
        let shown = output.diagnostics.iter().chain(&output.silenced).map(|fault| render_text(fault, &source));
        let shown: Vec<String> = shown.collect();
        let shown = shown.join("\n");
        let beside = case.with_extension("txt");
        if bless {
            fs::write(&beside, &shown).unwrap();
        } else if fs::read_to_string(&beside).ok().map(|text| text.replace("\r\n", "\n")) != Some(shown.clone()) {
            wrong.push(format!("{}:\n{shown}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}\n\nGENLOCK_BLESS=1 accepts these", wrong.join("\n\n"));
}

#[test]
fn each_kind_has_a_case_in_the_folder_of_its_name() {
    let mut shown = BTreeSet::new();
    for case in cases() {
        let folder = case.parent().unwrap().file_name().unwrap().to_str().unwrap();
        let (_, output) = compiled(&case);
        shown.extend(output.diagnostics.iter().filter(|fault| fault.fault == folder).map(|fault| fault.code));
    }
    // The cases of kinds that a rule of the validator is about stand in `rows`.
    shown.extend(rules().iter().map(|rule| rule.kind.code()));
    let missing = Kind::ALL.iter().filter(|&kind| !WITHOUT_A_FILE.contains(kind) && !shown.contains(kind.code()));
    let missing: Vec<String> = missing.map(|kind| format!("{} {}", kind.code(), kind.fault())).collect();
    assert!(missing.is_empty(), "kinds without a case: {missing:?}");
}

#[test]
fn a_file_over_the_limit_is_refused() {
    let source = SourceSet::new("large.xml", "<Protocol/>");
    let output = compile(&source, &Options::default().max_size(10));
    let codes: Vec<&str> = output.diagnostics.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, [Kind::TooLarge.code()]);
}

#[test]
fn faults_beyond_the_limit_are_counted() {
    for (part, times, left_out) in [("<Nonsense/>", 10_500, 500), ("&", 30_000, 20_000)] {
        let source = SourceSet::new("faults.xml", format!("<Protocol>{}</Protocol>", part.repeat(times)));
        let output = compile(&source, &Options::default());
        let last = output.diagnostics.last().unwrap();
        assert_eq!(output.diagnostics.len(), 10_001);
        assert_eq!((last.code, last.severity.as_str()), (Kind::TooManyFaults.code(), "error"));
        let counted = last.message.split(' ').next().unwrap().parse::<usize>().unwrap();
        assert!((left_out..left_out + 10).contains(&counted), "{}", last.message);
    }
}

#[test]
fn each_kind_has_a_page_that_says_what_why_and_how() {
    for kind in Kind::ALL {
        let page = explain(kind.code()).unwrap();
        assert!(page.starts_with(&format!("# {}: {}\n", kind.code(), kind.fault())), "{}", kind.code());
        for section in ["## Why it matters", "## Example", "## Fix"] {
            assert!(page.contains(section), "{} has no {section}", kind.code());
        }
    }
    assert_eq!(explain("GL9999"), None);
}

#[test]
fn codes_are_unique() {
    let codes: BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.code()).collect();
    assert_eq!(codes.len(), Kind::ALL.len());
}

#[test]
fn each_fault_has_a_place_in_the_file_and_is_one_line_of_json() {
    for case in cases() {
        let (source, output) = compiled(&case);
        for fault in &output.diagnostics {
            let span = fault.span;
            assert!(span.start <= span.end && span.end <= source.text().len(), "{}: {fault:?}", case.display());
            let json = render_json(fault, &source);
            assert!(!json.contains('\n'));
            let value: serde_json::Value = serde_json::from_str(&json).unwrap();
            assert_eq!(value["code"], fault.code);
            assert!(value["line"].as_u64().unwrap() >= 1 && value["column"].as_u64().unwrap() >= 1);
        }
    }
}

#[test]
fn json_has_the_keys_of_the_interface_in_order() {
    let source = SourceSet::new("a.xml", "<Driver/>");
    let output = compile(&source, &Options::default());
    assert_eq!(
        render_json(&output.diagnostics[0], &source),
        concat!(
            r#"{"code":"GL0006","fault":"missing-root","validator_id":"1.1.1","severity":"error","class":"behaviour","#,
            r#""message":"the outermost element is `Driver`, not `Protocol`","#,
            r#""help":"a connector file is one `<Protocol>` with everything in it","#,
            r#""file":"a.xml","line":1,"column":2,"end_line":1,"end_column":8,"path":"Driver","related":[]}"#
        )
    );
}
