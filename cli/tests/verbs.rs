//! The verbs as a shell sees them: what goes where, and the exit code.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

const CONNECTOR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/nmos/normal.xml");

/// What a run of `genlock` gave: exit code, standard output, standard error.
fn genlock(arguments: &[&str]) -> (Option<i32>, String, String) {
    genlock_with_input(arguments, "")
}

/// The same with text on its standard input.
fn genlock_with_input(arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_genlock"));
    let pipes = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = pipes.spawn().expect("genlock runs");
    process.stdin.take().expect("it is piped").write_all(input.as_bytes()).expect("genlock reads, or has a buffer");
    let output = process.wait_with_output().expect("genlock ends");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("genlock writes UTF-8");
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// A file of this text.
fn file(name: &str, text: &str) -> String {
    let path: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).expect("the folder for temporary files can be written to");
    path.display().to_string()
}

/// A connector with two errors.
fn faulty(name: &str) -> String {
    let xml = fs::read_to_string(CONNECTOR).expect("the example is there");
    let xml = xml.replace("<Response>1</Response>", "<Response>7</Response>").replace("<Id>30</Id>", "<Id>300</Id>");
    file(name, &xml)
}

#[test]
fn check_without_errors_exits_with_0_and_keeps_the_count_off_the_standard_output() {
    let (code, out, err) = genlock(&["check", CONNECTOR]);
    assert_eq!(code, Some(0));
    assert!(!out.contains("checked"), "{out}");
    assert!(err.starts_with("1 file checked: 0 errors, "), "{err}");
}

#[test]
fn check_with_errors_exits_with_1() {
    let (code, out, err) = genlock(&["check", CONNECTOR, &faulty("text.xml")]);
    assert_eq!(code, Some(1));
    assert!(out.contains("error[GL0412]: "), "{out}");
    assert!(err.starts_with("2 files checked: 2 errors, "), "{err}");
}

#[test]
fn check_prints_json_objects_and_nothing_else() {
    let (code, out, _) = genlock(&["check", "--format", "json", &faulty("json.xml")]);
    assert_eq!(code, Some(1));
    let keys = [
        "code",
        "fault",
        "validator_id",
        "severity",
        "class",
        "message",
        "help",
        "file",
        "line",
        "column",
        "end_line",
        "end_column",
        "path",
        "related",
    ];
    for line in out.lines() {
        let object: serde_json::Value = serde_json::from_str(line).expect("every line is JSON");
        assert!(keys.iter().all(|key| object.get(key).is_some()), "{line}");
        assert_eq!(object.as_object().map(serde_json::Map::len), Some(keys.len()), "{line}");
    }
    assert_eq!(out.lines().filter(|line| line.contains("\"severity\":\"error\"")).count(), 2);
}

#[test]
fn check_exits_with_2_when_a_file_cannot_be_read_but_checks_the_others() {
    let (code, out, err) = genlock(&["check", "no-such-file.xml", &faulty("other.xml")]);
    assert_eq!(code, Some(2));
    assert!(out.contains("error[GL0412]"), "{out}");
    assert!(err.contains("cannot read `no-such-file.xml`"), "{err}");
}

#[test]
fn check_reads_the_standard_input_and_refuses_a_folder() {
    let xml = fs::read_to_string(faulty("input.xml")).expect("it was written");
    let (code, out, err) = genlock_with_input(&["check", "-"], &xml);
    assert_eq!(code, Some(1));
    assert!(out.contains("--> <stdin>:"), "{out}");
    assert!(err.starts_with("1 file checked: 2 errors, "), "{err}");
    let (code, out, err) = genlock(&["check", env!("CARGO_MANIFEST_DIR")]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.contains("it is a folder; name the files in it"), "{err}");
}

/// Two values with white space around them, of which a comment allows one.
const SUPPRESSED: &str = concat!(
    "<Protocol><Params>\n<!-- genlock: allow GL0202 from \"our\" generator -->\n",
    "<Param id=\"1\"><Name>A</Name><Type> read </Type></Param>\n",
    "<Param id=\"2\"><Name>B</Name><Type> read </Type></Param>\n</Params></Protocol>"
);

#[test]
fn check_shows_what_is_suppressed_only_when_asked() {
    let path = file("suppressed.xml", SUPPRESSED);
    let (_, out, err) = genlock(&["check", "--format", "json", &path]);
    assert!(!out.contains("\"suppressed\"") && err.ends_with(", 1 suppressed\n"), "{out}{err}");
    let (_, shown, _) = genlock(&["check", "--format", "json", "--show-suppressed", &path]);
    assert_eq!(shown.lines().count(), out.lines().count() + 1);
    assert_eq!(shown.matches(r#""related":[],"suppressed":"from \"our\" generator"}"#).count(), 1);
    let (_, text, _) = genlock(&["check", "--show-suppressed", &path]);
    assert_eq!(text.matches("warning[GL0202] (suppressed): ").count(), 1);
}

#[test]
fn colours_are_for_terminals_or_those_who_ask() {
    let path = faulty("colour.xml");
    let has_colours = |arguments: &[&str]| genlock(arguments).1.contains('\u{1b}');
    assert!(!has_colours(&["check", &path]));
    assert!(has_colours(&["check", "--color", "always", &path]));
    assert!(!has_colours(&["check", "--color", "never", &path]));
    assert!(!has_colours(&["--color", "always", "check", "--format", "json", &path]));
}

#[test]
fn a_reader_that_goes_away_is_no_error_worth_a_message() {
    let path = faulty("pipe.xml");
    let files = std::iter::repeat_n(path.as_str(), 300);
    let mut command = Command::new(env!("CARGO_BIN_EXE_genlock"));
    command.arg("check").args(files).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().expect("genlock runs");
    drop(process.stdout.take());
    let output = process.wait_with_output().expect("genlock ends");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(2), &b""[..]));
}

#[test]
fn check_refuses_a_file_that_is_too_large() {
    let (code, out, _) = genlock(&["check", "--max-size", "100", CONNECTOR]);
    assert_eq!(code, Some(1));
    assert!(out.contains("too-large") || out.contains("error[GL0004]"), "{out}");
}

#[test]
fn check_compares_the_provider_with_the_expected_one() {
    let (code, out, _) = genlock(&["check", "--provider", "Acme", CONNECTOR]);
    assert_eq!(code, Some(0));
    assert!(out.contains("warning[GL0215]: the provider is `genlock`, not `Acme`"), "{out}");
    let (_, out, _) = genlock(&["check", "--provider", "genlock", CONNECTOR]);
    assert!(!out.contains("GL0215"), "{out}");
}

#[test]
fn wrong_use_exits_with_2() {
    for arguments in
        [&["check"][..], &["check", "--format", "xml", "a.xml"], &["chekc"], &["explain", "GL9999"], &["expand"]]
    {
        let (code, out, err) = genlock(arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(!err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn expand_prints_code_that_parses() {
    let (code, out, err) = genlock(&["expand", CONNECTOR]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(syn::parse_file(&out).is_ok(), "{out}");
    assert!(out.contains("pub const GENERIC_RESPONSE:"), "{out}");
}

#[test]
fn expand_of_a_faulty_file_prints_its_errors_and_no_code() {
    let (code, out, err) = genlock(&["expand", &faulty("expand.xml")]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains("error[GL0412]"), "{err}");
}

#[test]
fn explain_prints_the_page_and_the_rules_of_a_kind() {
    for name in ["gl0412", "dangling-reference"] {
        let (code, out, err) = genlock(&["explain", name]);
        assert_eq!((code, err.as_str()), (Some(0), ""));
        assert!(out.starts_with("# GL0412: dangling-reference\n"), "{out}");
        assert!(out.contains("\n- 5.1.6, error, at `Protocol/Triggers/Trigger/On@id`\n  When: "), "{out}");
    }
    // Two kinds have this name.
    let (_, out, _) = genlock(&["explain", "missing-element"]);
    assert!(out.starts_with("# GL0101") && out.contains("\n\n# GL0801"), "{out}");
}

#[test]
fn explain_prints_a_rule_before_its_page() {
    let (code, out, err) = genlock(&["explain", "5.1.6"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.starts_with("# 5.1.6: a rule of GL0412\n\n- 5.1.6, error, at "), "{out}");
    assert!(out.contains("\n  Fix: ") && out.contains("\n\n# GL0412: dangling-reference\n"), "{out}");
    assert!(!out.contains("5.10.5"), "{out}");
}

#[test]
fn explain_lists_all_codes_and_knows_near_ones() {
    let (code, out, _) = genlock(&["explain"]);
    assert_eq!(code, Some(0));
    assert!(out.starts_with("GL0001  not-well-formed ") && out.lines().count() > 100, "{out}");
    assert!(
        out.lines()
            .all(|line| line.starts_with("GL")
                && line.ends_with(|end: char| end.is_alphanumeric() || ".:,`".contains(end))),
        "{out}"
    );
    let (code, out, err) = genlock(&["explain", "dangling-refrence"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.contains("did you mean `dangling-reference`?"), "{err}");
}

#[test]
fn graph_draws_a_faulty_file_and_says_so() {
    let (code, out, err) = genlock(&["graph", CONNECTOR]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.contains("\nflowchart LR\n") && out.contains("param_11 -- \"change\" --> qaction_11"), "{out}");
    let (code, out, err) = genlock(&["graph", &faulty("graph.xml")]);
    assert_eq!(code, Some(0));
    assert!(out.contains("not declared") && err.contains("has 2 errors; `genlock check "), "{out}{err}");
    let (code, out, err) = genlock(&["graph", &file("no-connector.xml", "<Driver/>")]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains("error[GL0006]"), "{err}");
}

/// A record of a live run of the connector.
const RECORD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/nmos/normal.record.jsonl");

#[test]
fn a_record_is_replayed_to_the_trace_of_the_live_run() {
    let (code, out, err) = genlock(&["simulate", CONNECTOR, "--replay", RECORD]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.contains("{\"at\":0,\"send\":{\"connection\":1,\"text\":\"beat\"}}\n"), "{out}");
    assert!(out.ends_with("{\"at\":300,\"element\":{\"state\":\"stopped\"}}\n"), "{out}");
}

#[test]
fn a_replay_that_differs_exits_with_1_and_says_where() {
    let record = fs::read_to_string(RECORD).expect("the record is there");
    let other = file("other.record.jsonl", &record.replacen("\"check_trigger\":32", "\"check_trigger\":30", 1));
    let (code, out, err) = genlock(&["simulate", CONNECTOR, "--replay", &other]);
    assert_eq!(code, Some(1));
    assert!(out.ends_with("\"trigger\":{\"id\":30}}\n"), "the trace up to there: {out}");
    let difference =
        "line 6 of the record: the live run did {\"trigger\":{\"id\":32}}, the replay does {\"trigger\":{\"id\":30}}";
    assert!(err.contains(difference), "{err}");
}

#[test]
fn a_simulation_is_either_scripted_or_replayed() {
    let (code, _, err) = genlock(&["simulate", CONNECTOR]);
    assert_eq!(code, Some(2));
    assert!(err.contains("<--script <SCRIPT>|--replay <RECORD>>"), "{err}");
    let (code, _, err) = genlock(&["simulate", CONNECTOR, "--replay", RECORD, "--script", RECORD]);
    assert_eq!(code, Some(2), "{err}");
    let (code, _, err) = genlock(&["simulate", CONNECTOR, "--replay", CONNECTOR]);
    assert_eq!(code, Some(2));
    assert!(err.contains("line 1 of the record: "), "{err}");
}
