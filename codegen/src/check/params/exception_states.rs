//! An exceptional value is not offered among those that can be chosen.

use crate::check::file::{File, Param};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for exception in file.params.iter().flat_map(Param::exceptions) {
        let state = exception.find("Display").and_then(|display| display.get("state")).map(Slot::attribute);
        let Some(state) = state.filter(|state| state.is("enabled")) else { continue };
        // 2.75.1
        let message = "an exceptional value that is enabled is offered like any other value";
        faults.add(Fault::rule("2.75.1", state.span, message).help("write `state=\"disabled\"`"));
    }
}
