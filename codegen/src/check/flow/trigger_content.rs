//! What a trigger runs exists, and is named without white space (5.10.3, 5.10.5).

use crate::check::file::{File, plain};
use crate::diagnostic::{Fault, Faults};
use crate::model::Target;
use crate::parse::Slot;
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for trigger in file.triggers.valid() {
        let target = match trigger.text(&["Type"]) {
            Some(kind) if kind.is("action") => Some(Target::Action),
            Some(kind) if kind.is("trigger") => Some(Target::Trigger),
            // Without a word for it, nothing is looked up.
            _ => None,
        };
        let Some(content) = trigger.element.find("Content") else { continue };
        for id in content.all("Id").map(Slot::look) {
            let Some(number) = plain(id.raw) else { continue };
            if let Some(target) = target.filter(|&target| !file.has(target, number)) {
                // 5.10.5
                let message = format!("{} runs {} {number}, which is not declared", trigger.label(), target.noun());
                faults.add(Fault::rule("5.10.5", id.span, message).help(file.nearest(target, number)));
            } else if id.is_padded() {
                // 5.10.3
                let message = format!("there is white space around {}", quoted(id.trimmed()));
                faults.add(Fault::rule("5.10.3", id.span, message).help("remove it"));
            }
        }
    }
}
