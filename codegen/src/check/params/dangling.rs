//! The fault of a text that names no parameter.

use crate::check::file::{File, Mention, loose};
use crate::diagnostic::Fault;
use crate::model::Target;
use crate::text::quoted;

/// How many ids near the one that is missing are named, on each side.
const NEAR: usize = 4;

/// The fault against `rule` of `mention`, where `owner` says what names it: `the load sequence lists`.
pub(super) fn dangling(file: &File<'_>, rule: &'static str, owner: &str, mention: Mention<'_>) -> Fault {
    let Mention { slot, id } = mention;
    let text = slot.trimmed();
    if text.is_empty() {
        let message = format!("{owner} nothing: there is no id here");
        return Fault::rule(rule, slot.span, message).help("write the id of a parameter, or remove what separates it");
    }
    let Some(id) = id else {
        if let Some(meant) = loose(text).filter(|&meant| file.param(meant).is_some()) {
            let message = format!("{owner} parameter {}, which is not found in this form", quoted(slot.raw));
            let help = format!("write `{meant}` without white space, sign or leading zeros");
            return Fault::rule(rule, slot.span, message).help(help);
        }
        let message = format!("{owner} {}, which is not the id of a parameter", quoted(text));
        return Fault::rule(rule, slot.span, message).help(format!("write an id; {}", declared(file, 0)));
    };
    let message = format!("{owner} parameter {id}, which is not declared");
    let help = format!("add `<Param id=\"{id}\">` or change the id; {}", declared(file, id));
    Fault::rule(rule, slot.span, message).help(help)
}

/// The parameters near `id` that there are.
fn declared(file: &File<'_>, id: u32) -> String {
    let (near, are_all) = file.model.index.near(Target::Param, i64::from(id), NEAR);
    let near = near.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    match (near.is_empty(), are_all) {
        (true, _) => "this file declares no parameter".to_owned(),
        (_, true) => format!("parameters declared here: {near}"),
        (_, false) => format!("parameters declared nearest to it: {near}"),
    }
}
