//! The parameters that are restored in order at the start are declared and saved.

use super::dangling::dangling;
use crate::check::file::{File, load_sequence};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for mention in load_sequence(file.root) {
        let Some(param) = mention.id.and_then(|id| file.param(id)) else {
            // 2.56.3
            faults.add(dangling(file, "2.56.3", "the load sequence lists", mention));
            continue;
        };
        let save = param.element.get("save");
        if !save.map(Slot::attribute).is_some_and(|save| save.is("true")) {
            // 2.56.5
            let message = format!("the load sequence lists {}, which is not saved", param.label());
            let place = save.map_or(param.element.name_span, |save| save.name_span);
            let fault = Fault::rule("2.56.5", mention.slot.span, message).related(place, "declared here");
            faults.add(
                fault.help(format!("write `<Param id=\"{}\" save=\"true\">`, or remove it from the list", param.id)),
            );
        }
    }
}
