//! The parameters that a command sends as ASCII exist (10.4).

use crate::check::file::{File, loose};
use crate::diagnostic::{Fault, Faults};
use crate::model::Target;
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for command in file.commands.valid() {
        let Some(ascii) = command.attribute("ascii").filter(|ascii| !ascii.is_blank()) else { continue };
        if ascii.is("true") || ascii.is("false") {
            continue;
        }
        for entry in ascii.entries() {
            let Some(id) = loose(entry.raw) else {
                // 10.4.2
                let message = match entry.trimmed() {
                    "" => "there is an empty entry in this list of ids".to_owned(),
                    text if entry.is("true") || entry.is("false") => {
                        format!("{} stands alone, not in a list of ids", quoted(text))
                    }
                    text => format!("{} is neither `true` nor `false` nor the id of a parameter", quoted(text)),
                };
                faults
                    .add(Fault::rule("10.4.2", entry.span, message).help("write `true`, or ids with `;` between them"));
                continue;
            };
            // Taken literally: the text is compared with the ids as it stands.
            let is_literal = entry.raw == id.to_string();
            if is_literal && file.has(Target::Param, id) {
                continue;
            }
            // 10.4.3
            let label = command.label();
            let fault = if is_literal {
                let message = format!("{label} sends parameter {id} as ASCII, which is not declared");
                Fault::rule("10.4.3", entry.span, message).help(file.nearest(Target::Param, id))
            } else {
                let message =
                    format!("{label} sends parameter {} as ASCII, which is not found in this form", quoted(entry.raw));
                let help = format!("write `{id}`: the text is compared with the ids as it stands");
                Fault::rule("10.4.3", entry.span, message).help(help)
            };
            faults.add(fault);
        }
    }
}
