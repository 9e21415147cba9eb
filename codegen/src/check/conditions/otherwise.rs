//! TRG-42: what runs when a condition is false never runs where there is none.

use crate::check::file::File;
use crate::diagnostic::{Fault, Faults, Kind};
use crate::parse::Slot;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for trigger in file.triggers.valid().filter(|trigger| trigger.element.find("Condition").is_none()) {
        let ids = trigger.element.find("Content").into_iter().flat_map(|content| content.all("Id"));
        for attribute in ids.filter_map(|id| id.get("else")).filter(|&value| Slot::attribute(value).is("true")) {
            let message = "the trigger has no condition that could be false, so this never runs";
            let fault = Fault::warning(Kind::ExcessAttribute, attribute.name_span, message);
            faults.add(fault.help("add a `Condition`, or remove `else`"));
        }
    }
}
