use genlock_spec::{
    Command, CommandIndex, Discreet, Hook, OwnedSpec, Pair, Param, ParamIndex, QAction, QActionIndex, Response,
    ResponseIndex, Rows, ValueType,
};
use proc_macro2::TokenStream;

use super::{emit, skeleton};
use crate::labels::{HookLabel, Label, LabelKind, Labels};
use crate::options::Options;

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

fn label(name: &str, id: usize, kind: LabelKind) -> Label {
    let id = i64::try_from(id).unwrap();
    Label { name: name.to_owned(), id, line: 3, docs: vec![name.to_owned(), "Second paragraph.".to_owned()], kind }
}

fn labels(kind: &LabelKind) -> Vec<Label> {
    HOSTILE.iter().enumerate().map(|(id, name)| label(name, id, kind.clone())).collect()
}

/// One item of each kind a hostile text. Every command, response and parameter uses all of them.
fn hostile() -> (OwnedSpec, Labels) {
    let mut spec = OwnedSpec::default();
    let texts: Vec<_> = HOSTILE.iter().map(|text| spec.push_text(text)).collect();
    let count = u32::try_from(texts.len()).unwrap();
    spec.discreets = texts.iter().map(|&display| Discreet { value: display, display, number: Some(-1.5) }).collect();
    let params = spec.list_of((0..count).map(ParamIndex));
    let responses = spec.list_of((0..count).map(ResponseIndex));
    for (id, &name) in (0..count).zip(&texts) {
        let value_type = if id % 2 == 0 { ValueType::Text } else { ValueType::Number };
        let discreets = Rows::new(0, count);
        spec.params.push(Param { pid: id, name, line: 3, value_type, discreets, ..Param::BLANK });
        spec.commands.push(Command { id, name, line: 3, params, ..Command::BLANK });
        spec.responses.push(Response { id, name, line: 3, params, ..Response::BLANK });
        spec.pairs.push(Pair { id, name, line: 3, command: CommandIndex(id), responses, ..Pair::BLANK });
        spec.qactions.push(QAction { id, name, line: 3 });
        spec.hooks.push(Hook { qaction: QActionIndex(id), param: ParamIndex(id), entry: id });
    }
    let hook = |(id, name): (usize, &&str)| HookLabel {
        name: (*name).to_owned(),
        qaction: i64::try_from(id).unwrap(),
        doc: (*name).to_owned(),
        line: 3,
    };
    let labels = Labels {
        file: "a`b.xml".to_owned(),
        protocol: label(HOSTILE.last().unwrap(), 0, LabelKind::Plain),
        version: "`".to_owned(),
        params: labels(&LabelKind::Param { write: false, number: false, discreets: true }),
        commands: labels(&LabelKind::Plain),
        responses: labels(&LabelKind::Plain),
        pairs: labels(&LabelKind::Plain),
        groups: labels(&LabelKind::Plain),
        timers: labels(&LabelKind::Plain),
        triggers: labels(&LabelKind::Plain),
        actions: labels(&LabelKind::Plain),
        connections: labels(&LabelKind::Plain),
        qactions: labels(&LabelKind::Plain),
        hooks: HOSTILE.iter().enumerate().map(hook).collect(),
    };
    (spec, labels)
}

fn file(tokens: TokenStream) -> syn::File {
    syn::parse2(tokens).unwrap()
}

#[test]
fn any_names_and_texts_give_code_that_parses_and_prints() {
    let (spec, labels) = hostile();
    let printed = prettyplease::unparse(&file(emit(&spec, &labels, &Options::default())));
    let again = prettyplease::unparse(&syn::parse_file(&printed).unwrap());
    assert!(again == printed, "{again}");
}

#[test]
fn texts_are_no_doctests_and_no_block_comments() {
    let (spec, labels) = hostile();
    let printed = prettyplease::unparse(&file(emit(&spec, &labels, &Options::default())));
    for line in printed.lines().map(str::trim_start).filter(|line| line.starts_with("///")) {
        assert!(!line.starts_with("/// ```") && !line.starts_with("/// ~~~"), "{line}");
        assert!(!line.starts_with("///  "), "four more spaces would make code of it: {line}");
    }
    assert!(!printed.contains("/**"), "texts of several lines are several comments");
}

#[test]
fn the_skeleton_has_the_same_modules_and_names() {
    let (spec, labels) = hostile();
    let names = |tokens| -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for item in file(tokens).items {
            match item {
                syn::Item::Mod(module) if module.ident != "pairs" => {
                    for item in module.content.unwrap().1 {
                        if let syn::Item::Const(constant) = item {
                            names.push(format!("{}::{}", module.ident, constant.ident));
                        }
                    }
                }
                syn::Item::Trait(hooks) => {
                    names.extend(hooks.items.iter().filter_map(|item| match item {
                        syn::TraitItem::Fn(hook) => Some(hook.sig.ident.to_string()),
                        _ => None,
                    }));
                }
                _ => {}
            }
        }
        names
    };
    assert_eq!(names(skeleton(&labels, &Options::default())), names(emit(&spec, &labels, &Options::default())));
}

#[test]
fn no_generated_function_is_longer_than_40_lines() {
    let (spec, labels) = hostile();
    let printed = prettyplease::unparse(&file(emit(&spec, &labels, &Options::default())));
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
    let tokens = emit(&OwnedSpec::default(), &Labels::default(), &Options::default());
    let printed = prettyplease::unparse(&file(tokens));
    assert!(printed.contains("impl<S: ::core::marker::Send + 'static> QActions for S {}"), "{printed}");
}

#[test]
fn the_option_unhandled_gives_each_function_a_body() {
    let (spec, labels) = hostile();
    let tokens = emit(&spec, &labels, &Options::default().unhandled(true));
    let printed = prettyplease::unparse(&file(tokens));
    assert_eq!(printed.matches("::genlock::__private::unhandled(cx)").count(), HOSTILE.len());
}
