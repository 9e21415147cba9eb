use genlock_spec::OwnedSpec;
use proc_macro2::TokenStream;

use super::emit;
use crate::labels::{HookLabel, Label, Labels};
use crate::options::Options;
use crate::pages::Pages;
use crate::shape::{ColumnShape, Known, PairShape, ParamShape, Shape, TableShape, Values};

/// Texts that try to leave their comment, to become code, or to collide with what generated code uses itself.
const HOSTILE: &[&str] = &[
    "answer",
    "into_future",
    "Other",
    "R",
    "Self",
    "type",
    "Option",
    "Text",
    "Protocol",
    "",
    "*/ fn main() {} /*",
    "```\nassert!(false);\n```",
    "    assert!(false);",
    "~~~\nassert!(false);\n~~~",
    "[Missing] <b> https://example.org/a_b `x` 1. http://\u{e4}",
    "# heading",
    "1) list",
    "\u{202e}\r\n\0\u{7}",
    "\"quoted\" \\ ' ${x} {y}",
];

fn label(name: &str, id: usize) -> Label {
    let id = i64::try_from(id).unwrap();
    Label { name: name.to_owned(), id, line: 3, docs: vec![name.to_owned(), "Second paragraph.".to_owned()] }
}

fn labels() -> Vec<Label> {
    HOSTILE.iter().enumerate().map(|(id, name)| label(name, id)).collect()
}

/// One item of each kind a hostile text. Every command and response has all parameters, every pair all responses.
fn hostile() -> (Labels, Shape) {
    let hook = |(id, name): (usize, &&str)| HookLabel {
        name: (*name).to_owned(),
        qaction: i64::try_from(id).unwrap(),
        doc: (*name).to_owned(),
        is_queued: false,
        line: 3,
    };
    let labels = Labels {
        file: "a`b.xml".to_owned(),
        protocol: label(HOSTILE.last().unwrap(), 0),
        version: "`".to_owned(),
        params: labels(),
        commands: labels(),
        responses: labels(),
        pairs: labels(),
        groups: labels(),
        timers: labels(),
        triggers: labels(),
        actions: labels(),
        connections: labels(),
        qactions: labels(),
        hooks: HOSTILE.iter().enumerate().map(hook).collect(),
    };
    let known = |text: &&str| Known { display: (*text).to_owned(), written: (*text).to_owned(), number: Some(-1.5) };
    let values = Values::Known(HOSTILE.iter().map(known).collect());
    let all: Vec<usize> = (0..HOSTILE.len()).collect();
    let param = |at: &usize| ParamShape {
        is_fixed: false,
        is_write: at.is_multiple_of(3),
        is_number: at.is_multiple_of(2),
        values: values.clone(),
    };
    let column = |&param: &usize| ColumnShape { idx: param as u32, param, is_key: param == 0 };
    let columns: Vec<ColumnShape> = all.iter().map(column).collect();
    let shape = Shape {
        params: all.iter().map(param).collect(),
        commands: vec![all.clone(); all.len()],
        responses: vec![all.clone(); all.len()],
        pairs: all.iter().map(|&at| PairShape { command: Some(at), responses: all.clone() }).collect(),
        tables: all.iter().map(|&param| TableShape { param, columns: columns.clone() }).collect(),
    };
    (labels, shape)
}

/// The tables do not matter to the names.
fn emitted() -> TokenStream {
    let (labels, shape) = hostile();
    emit(&OwnedSpec::default(), &Pages::default(), &labels, &shape, &Options::default())
}

fn file(tokens: TokenStream) -> syn::File {
    syn::parse2(tokens).unwrap()
}

#[test]
fn any_names_and_texts_give_code_that_parses_and_prints() {
    let printed = prettyplease::unparse(&file(emitted()));
    let again = prettyplease::unparse(&syn::parse_file(&printed).unwrap());
    assert!(again == printed, "{again}");
}

#[test]
fn texts_are_no_doctests_and_no_block_comments() {
    let printed = prettyplease::unparse(&file(emitted()));
    for line in printed.lines().map(str::trim_start).filter(|line| line.starts_with("///")) {
        assert!(!line.starts_with("/// ```") && !line.starts_with("/// ~~~"), "{line}");
        assert!(!line.starts_with("///  "), "four more spaces would make code of it: {line}");
    }
    assert!(!printed.contains("/**"), "texts of several lines are several comments");
}

#[test]
fn no_generated_function_is_longer_than_40_lines() {
    let printed = prettyplease::unparse(&file(emitted()));
    let mut length = 0;
    for line in printed.lines() {
        length = if line.trim_start().contains("fn ") { 1 } else { length + 1 };
        let indent = line.len() - line.trim_start().len();
        if line.trim_end() == "}" && indent > 0 {
            assert!(length <= 40, "{length} lines up to {line}");
        }
    }
}

#[test]
fn without_entry_points_any_state_will_do() {
    let tokens =
        emit(&OwnedSpec::default(), &Pages::default(), &Labels::default(), &Shape::default(), &Options::default());
    let printed = prettyplease::unparse(&file(tokens));
    assert!(printed.contains("impl<S: ::core::marker::Send + 'static> QActions for S {}"), "{printed}");
}

#[test]
fn the_option_unhandled_gives_each_function_a_body() {
    let (labels, shape) = hostile();
    let tokens = emit(&OwnedSpec::default(), &Pages::default(), &labels, &shape, &Options::default().unhandled(true));
    let printed = prettyplease::unparse(&file(tokens));
    assert_eq!(printed.matches("::genlock::__private::unhandled(cx)").count(), HOSTILE.len());
}
