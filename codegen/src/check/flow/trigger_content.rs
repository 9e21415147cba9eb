//! What a trigger runs exists (5.10.5).

use crate::check::file::{File, plain};
use crate::diagnostic::{Fault, Faults};
use crate::model::Target;
use crate::parse::Slot;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for trigger in file.triggers.valid() {
        let Some(kind) = trigger.text(&["Type"]) else { continue };
        let target = match kind {
            kind if kind.is("action") => Target::Action,
            kind if kind.is("trigger") => Target::Trigger,
            _ => continue,
        };
        let Some(content) = trigger.element.find("Content") else { continue };
        for id in content.all("Id").map(Slot::look) {
            let Some(number) = plain(id.raw).filter(|&number| !file.has(target, number)) else { continue };
            let message = format!("{} runs {} {number}, which is not declared", trigger.label(), target.noun());
            faults.add(Fault::rule("5.10.5", id.span, message).help(file.nearest(target, number)));
        }
    }
}
