//! Scripts as the command runs them, without a process each.

use std::cell::RefCell;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use genlock_codegen::diagnostic::Styles;

use super::{Simulate, What};
use crate::Outcome;
use crate::console::Console;

const CONFORMANCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/conformance");
const GUIDE: &str = include_str!("../../../docs/simulate.md");

/// What is printed.
#[derive(Clone, Default)]
struct Printed(Rc<RefCell<Vec<u8>>>);

impl Write for Printed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Printed {
    fn text(&self) -> String {
        String::from_utf8(self.0.borrow().clone()).unwrap()
    }
}

/// `genlock simulate connector --script script`: how it ends, and what it prints.
fn simulate(connector: &Path, script: &Path) -> (Outcome, String, String) {
    let (out, err) = (Printed::default(), Printed::default());
    let (out_styles, err_styles) = (Styles::plain(), Styles::plain());
    let mut console =
        Console { out: Box::new(out.clone()), err: Box::new(err.clone()), out_styles, err_styles, is_coloured: false };
    let what = What { script: Some(script.to_owned()), replay: None };
    let outcome = Simulate { file: connector.to_owned(), what }.run(&mut console).unwrap();
    (outcome, out.text(), err.text())
}

/// The scripts of all cases, each with its connector.
fn cases() -> Vec<(PathBuf, PathBuf)> {
    let chapters = fs::read_dir(CONFORMANCE).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let files = chapters.flat_map(|chapter| fs::read_dir(chapter).unwrap().map(|entry| entry.unwrap().path()));
    let scripts = files.filter_map(|script| {
        let name = script.file_name()?.to_str()?.strip_suffix(".script.jsonl")?.to_owned();
        let text = fs::read_to_string(&script).unwrap();
        let shared = text.lines().next().and_then(|line| line.strip_prefix("# connector: "));
        let connector = script.with_file_name(shared.map_or_else(|| format!("{name}.xml"), str::to_owned));
        Some((connector, script))
    });
    scripts.collect()
}

#[test]
fn every_conformance_case_runs_from_the_command_line() {
    let cases = cases();
    assert!(cases.len() > 100, "{} cases", cases.len());
    for (connector, script) in cases {
        let (outcome, out, err) = simulate(&connector, &script);
        assert!(outcome == Outcome::NoErrors && err.is_empty(), "{}: {err}", script.display());
        let trace = PathBuf::from(script.to_str().unwrap().replace(".script.jsonl", ".trace.jsonl"));
        let trace = fs::read_to_string(trace).unwrap().replace("\r\n", "\n");
        assert!(out == trace, "{}: not the trace that stands beside it:\n{out}", script.display());
    }
}

/// What the command says of a script of these lines.
fn refusal(name: &str, lines: &str) -> String {
    let script = std::env::temp_dir().join(format!("genlock-{}-{name}.jsonl", std::process::id()));
    fs::write(&script, lines).unwrap();
    let connector = Path::new(CONFORMANCE).join("life/two-links.xml");
    let (outcome, _, err) = simulate(&connector, &script);
    fs::remove_file(&script).unwrap();
    assert!(outcome == Outcome::CannotRun, "{lines}");
    err
}

#[test]
fn a_wrong_line_is_named() {
    let start = r#"{"at":0,"start":{"connections":{"1":{"host":"a"},"2":{"host":"b"}}}}"#;
    for (name, line, said) in [
        ("key", r#"{"at":1,"fault":{"connection":1,"is":"silent","long":true}}"#, "unknown field `long`"),
        (
            "word",
            r#"{"at":1,"fault":{"connection":1,"is":"bored"}}"#,
            "unknown variant `bored`, expected one of `unreach",
        ),
        ("verb", r#"{"at":1,"explode":{}}"#, "unknown field `explode`"),
        ("two", r#"{"at":1,"pause":{},"stop":{}}"#, "a line says one thing that happens; write two lines"),
        ("none", r#"{"at":1}"#, "the line does not say what happens"),
        ("when", r#"{"stop":{}}"#, "a line needs `at`, or to be a `hook`"),
        ("missing", r#"{"at":1,"server":{"connection":7,"answers":"accept"}}"#, "there is no connection 7"),
        ("kind", r#"{"at":1,"receive":{"connection":1}}"#, "a message is either `text` or `binary`"),
        ("json", r#"{"at":1,"#, "EOF while parsing"),
    ] {
        let err = refusal(name, &format!("# a comment\n\n{start}\n{line}\n"));
        assert!(err.contains(&format!("line 4 of the script: {said}")), "{err}");
    }
    let err = refusal("before", r#"{"at":1,"fault":{"connection":1,"is":"silent"}}"#);
    assert!(err.contains("line 1 of the script: the element has not started: a `start` comes first"), "{err}");
    let err = refusal("back", &format!("{start}\n{{\"at\":5,\"stop\":{{}}}}\n{{\"at\":4,\"end\":{{}}}}"));
    assert!(err.contains("line 3 of the script: `at` 4 is before the line above it"), "{err}");
}

#[test]
fn each_line_that_the_guide_shows_is_one_of_a_script() {
    let blocks = GUIDE.split("```jsonl\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let lines: Vec<&str> = blocks.flat_map(str::lines).collect();
    assert!(lines.len() > 30, "{} lines", lines.len());
    for line in lines {
        if let Err(error) = genlock::sim::Script::parse(line) {
            panic!("{line}: {error}");
        }
    }
}
