//! A length that another parameter holds: `LengthType@id` names a number.

use super::dangling::dangling;
use crate::check::file::{File, Mention, Param, loose};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        let Some(kind) = param.element.find_at(&["Interprete", "LengthType"]) else { continue };
        match kind.get("id").map(Slot::attribute) {
            Some(id) if !id.is_blank() => check_reference(file, param, id, faults),
            None if Slot::look(kind).is("other param") => {
                // 2.69.1
                let message = format!("{} does not name the parameter that holds its length", param.label());
                let fault = Fault::rule("2.69.1", kind.name_span, message).missing("@id");
                faults.add(fault.help("write `<LengthType id=\"…\">other param</LengthType>` with the id of a number"));
            }
            _ => {}
        }
    }
}

fn check_reference(file: &File<'_>, param: &Param<'_>, id: Slot<'_>, faults: &mut Faults) {
    let mention = Mention { slot: id, id: loose(id.raw) };
    let Some(holder) = mention.id.and_then(|id| file.param(id)) else {
        // 2.69.4
        return faults.add(dangling(file, "2.69.4", &format!("the length of {} is in", param.label()), mention));
    };
    if !holder.is_double() {
        // 2.69.5
        let message = format!("the length of {} is in {}, which is no number", param.label(), holder.label());
        let fault = Fault::rule("2.69.5", id.span, message).related(holder.element.name_span, "declared here");
        faults.add(fault.help(format!("give {} `<Interprete><Type>double</Type>`", holder.label())));
    } else if id.is_padded() {
        // 2.69.3
        let message = format!("there is white space around {}", quoted(id.trimmed()));
        faults.add(Fault::rule("2.69.3", id.span, message).help("remove it"));
    }
}
