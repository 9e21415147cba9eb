//! Ranges: numbers that the user sees have one, and its ends are the right way round (2.11).

use crate::check::file::{File, Param, decimal};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        let Some(display) = param.element.find("Display") else { continue };
        let label = param.label();
        let Some(range) = display.find("Range") else {
            if is_expected_to_say_more(file, param) {
                let message = format!("{label} is a number that the user sees, but it has no range");
                let fault = Fault::rule("2.11.1", display.name_span, message).missing("/Range");
                faults.add(fault.help("add `<Range><Low>…</Low><High>…</High></Range>`"));
            }
            continue;
        };
        let (low, high) = (range.find("Low").map(Slot::look), range.find("High").map(Slot::look));
        if low.is_none() && high.is_none() {
            let fault = Fault::rule("2.11.3", range.name_span, format!("the range of {label} has no ends"));
            faults.add(fault.help("add `<Low>` and `<High>`, or take `Range` away"));
            continue;
        }
        if file.is_shown(param) && (file.is_primary_key(param) || !may_have_a_range(param)) {
            let what = if file.is_primary_key(param) { "the primary key of a table" } else { "no number and no text" };
            let message = format!("{label} has a range, but it is {what}");
            faults.add(Fault::rule("2.11.2", range.name_span, message).help("take `Range` away"));
        }
        let (Some(low), Some(high)) = (low, high) else { continue };
        if let (Some(from), Some(to)) = (decimal(low.raw), decimal(high.raw))
            && to <= from
        {
            let message = format!("the range of {label} ends at {} but starts at {}", high.trimmed(), low.trimmed());
            let fault = Fault::rule("2.11.4", range.name_span, message).help("make `Low` smaller than `High`");
            faults.add(fault.related(low.span, "it starts here").related(high.span, "it ends here"));
        }
    }
}

/// Whether it is shown as a number: the only parameters that may have a unit.
pub(super) fn has_a_size(param: &Param<'_>) -> bool {
    matches!(param.measurement.as_str(), "number" | "analog" | "progress")
}

fn may_have_a_range(param: &Param<'_>) -> bool {
    has_a_size(param) || param.measurement == "string"
}

/// Whether the user sees a number that is no date, no time and no key, or sets one: its unit and range matter.
pub(super) fn is_expected_to_say_more(file: &File<'_>, param: &Param<'_>) -> bool {
    has_a_size(param) && !param.is_date_or_time() && !file.is_primary_key(param) && file.is_shown_or_sets(param)
}
