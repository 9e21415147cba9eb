//! The QActions that a timer runs for each row.

use super::judged::dangling;
use super::read::TimerOption;
use crate::check::file::{File, loose};
use crate::diagnostic::{Fault, Faults};
use crate::model::Target;
use crate::text::quoted;

/// `qaction:<id>` (7.3.13), `qactionBefore:<id>` (7.3.14) and `qactionAfter:<id>` (7.3.15).
pub(super) fn check(file: &File<'_>, option: &TimerOption<'_>, rule: &'static str, faults: &mut Faults) {
    // 7.3.28
    if option.name == "qaction" {
        let message = "the option `qaction` runs one row after the other";
        let help = "write `qactionBefore` or `qactionAfter`, which run several rows at a time";
        faults.add(Fault::rule("7.3.28", option.slot.span, message).help(help));
    }
    let Some((value, id)) = option.value.and_then(|value| Some((value, loose(value.raw)?))) else {
        let message = format!("{} names no QAction", quoted(option.slot.trimmed()));
        let help = format!("write `{}:` and the id of a QAction", option.name);
        faults.add(Fault::rule(rule, option.slot.span, message).help(help));
        return;
    };
    // 7.3.2
    if !file.has(Target::QAction, id) {
        faults.add(dangling("7.3.2", file, option, value.span, Target::QAction, id));
    }
}
