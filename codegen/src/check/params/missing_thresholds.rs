//! A monitored parameter has at least one default threshold: without any its alarm state stays undefined (ALM-09).

use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};

/// ALM-03: the levels.
const LEVELS: [&str; 10] = ["Info", "CL", "MaL", "MiL", "WaL", "Normal", "WaH", "MiH", "MaH", "CH"];

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        let Some(alarm) = param.element.find("Alarm") else { continue };
        let is_filled = |level: &&str| alarm.find(level).is_some_and(|level| !level.text.trim().is_empty());
        let monitored = param.text(&["Alarm", "Monitored"]).filter(|monitored| monitored.is("true"));
        let Some(monitored) = monitored.filter(|_| !LEVELS.iter().any(is_filled)) else { continue };
        // 2.5.1
        let message = format!("{} is monitored, but has no threshold for any level", param.label());
        let help = "add a level that fits its values, such as `<Normal>1</Normal>` and `<CH>0</CH>`";
        faults.add(Fault::rule("2.5.1", alarm.name_span, message).help(help).related(monitored.span, "monitored here"));
    }
}
