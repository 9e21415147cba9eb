//! An exceptional value is not offered among those that can be chosen (2.75.1), and the word for it has no white space
//! around it (2.75.5).

use crate::check::file::{File, Param};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for exception in file.params.iter().flat_map(Param::exceptions) {
        let state = exception.find("Display").and_then(|display| display.get("state")).map(Slot::attribute);
        let Some(state) = state else { continue };
        if state.is("enabled") {
            let message = "an exceptional value that is enabled is offered like any other value";
            faults.add(Fault::rule("2.75.1", state.span, message).help("write `state=\"disabled\"`"));
        } else if state.is("disabled") && state.is_padded() {
            let message = format!("there is white space around {}", quoted(state.trimmed()));
            faults.add(Fault::rule("2.75.5", state.span, message).help("remove it"));
        }
    }
}
