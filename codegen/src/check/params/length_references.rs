//! What `LengthType@id` names is declared: the number that holds a length, or the parameter at which a value ends.

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
    // Schema, A46: with `next param` it is where the value ends, which need not be a number.
    let is_end = param.text(&["Interprete", "LengthType"]).is_some_and(|kind| kind.is("next param"));
    let mention = Mention { slot: id, id: loose(id.raw) };
    let Some(other) = mention.id.and_then(|id| file.param(id)) else {
        // 2.69.4
        let owner = if is_end { "ends at" } else { "has its length in" };
        return faults.add(dangling(file, "2.69.4", &format!("{} {owner}", param.label()), mention));
    };
    if !is_end && !other.is_double() {
        // 2.69.5
        let message = format!("{} has its length in {}, which is no number", param.label(), other.label());
        let fault = Fault::rule("2.69.5", id.span, message).related(other.element.name_span, "declared here");
        faults.add(fault.help(format!("give {} `<Interprete><Type>double</Type>`", other.label())));
    } else if id.is_padded() {
        // 2.69.3
        let message = format!("there is white space around {}", quoted(id.trimmed()));
        faults.add(Fault::rule("2.69.3", id.span, message).help("remove it"));
    }
}
