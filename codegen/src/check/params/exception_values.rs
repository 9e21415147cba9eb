//! The exceptional values of a number are numbers: both the one received and the one kept in its place.

use crate::check::file::{File, decimal};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        for exception in param.exceptions() {
            let is_wrong = |value: &Slot<'_>| param.is_double() && decimal(value.raw).is_none();
            let incompatible = |rule, value: Slot<'_>| {
                let message = match value.trimmed() {
                    "" => format!("{} is a number, but this exceptional value of it is empty", param.label()),
                    text => {
                        format!("{} is a number, but its exceptional value {} is none", param.label(), quoted(text))
                    }
                };
                Fault::rule(rule, value.span, message).help("write digits with at most one dot: `-1.5`")
            };
            if let Some(received) = exception.get("value").map(Slot::attribute).filter(is_wrong) {
                // 2.70.2
                faults.add(incompatible("2.70.2", received));
            }
            let Some(kept) = exception.find("Value").map(Slot::look) else { continue };
            if is_wrong(&kept) {
                // 2.71.3
                faults.add(incompatible("2.71.3", kept));
            } else if kept.is_padded() && !kept.is_blank() {
                // 2.71.2
                let message = format!("there is white space around the exceptional value {}", quoted(kept.trimmed()));
                faults.add(Fault::rule("2.71.2", kept.span, message).help("remove it"));
            }
        }
    }
}
