//! The fault of a text that names no parameter.

use crate::check::file::{File, Mention, loose};
use crate::diagnostic::Fault;
use crate::model::Target;
use crate::text::quoted;

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
        return Fault::rule(rule, slot.span, message)
            .help(format!("write an id; {}", file.declared_near(Target::Param, 0)));
    };
    let message = format!("{owner} parameter {id}, which is not declared");
    Fault::rule(rule, slot.span, message).help(file.nearest(Target::Param, id))
}
