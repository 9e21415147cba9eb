//! The thresholds of a number are in the order of their levels: of those that a value reaches the most severe one wins
//! (ALM-04), so that one beyond a more severe one never shows.

use crate::check::file::{File, Param, decimal};
use crate::diagnostic::{Fault, Faults, Kind};
use crate::parse::Slot;
use crate::text::quoted;

/// The levels from the lowest value to the highest.
const LEVELS: [&str; 8] = ["CL", "MaL", "MiL", "WaL", "WaH", "MiH", "MaH", "CH"];

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        let is_monitored = param.text(&["Alarm", "Monitored"]).is_some_and(|monitored| monitored.is("true"));
        // ALM-14: with a type they are distances from another value.
        let is_distance = param.attribute(&["Alarm"], "type").is_some_and(|kind| !kind.is_blank());
        if is_monitored && !is_distance && is_compared_by_size(param) {
            check_order(param, faults);
        }
    }
}

/// Whether a level holds from a threshold on, not at one value.
fn is_compared_by_size(param: &Param<'_>) -> bool {
    matches!(param.measurement.as_str(), "number" | "analog" | "progress")
        || (param.measurement.is_empty() && param.is_double())
}

fn check_order(param: &Param<'_>, faults: &mut Faults) {
    let mut below: Option<(Slot<'_>, f64)> = None;
    for level in LEVELS {
        let Some(threshold) = param.text(&["Alarm", level]) else { continue };
        let Some(number) = decimal(threshold.raw) else { continue };
        if let Some((lower, _)) = below.filter(|&(_, lower)| number <= lower) {
            let (label, at) = (param.label(), lower.trimmed());
            let message = format!(
                "the threshold {} of {label} is not above {}, which is {at}",
                quoted(level),
                quoted(lower.name)
            );
            let fault =
                Fault::warning(Kind::InconsistentValues, threshold.span, message).related(lower.span, "that one");
            faults.add(fault.help("order them: CL < MaL < MiL < WaL < WaH < MiH < MaH < CH"));
        }
        below = Some((threshold, number));
    }
}
