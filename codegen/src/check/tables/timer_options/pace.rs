//! How fast a timer goes through the rows.

use super::judged::Judged;
use super::read::TimerOption;
use crate::check::file::loose;
use crate::diagnostic::{Fault, Faults};
use crate::text::quoted;

/// The parts of `pollingRate`.
const PARTS: [&str; 3] = ["the interval", "the largest count", "the count of each release"];

/// `each:<ms>` (7.3.8).
pub(super) fn each(option: &TimerOption<'_>, faults: &mut Faults) {
    if option.value.and_then(|value| loose(value.raw)).is_none() {
        let message = format!("{} does not say in which time the rows are done", quoted(option.slot.trimmed()));
        let help = "write `each:milliseconds`, a whole number";
        faults.add(Fault::rule("7.3.8", option.slot.span, message).help(help));
    }
}

/// `pollingRate:<interval>,<maxCount>,<releaseCount>` (7.3.12).
pub(super) fn polling_rate(option: &TimerOption<'_>, faults: &mut Faults) {
    let mut judged = Judged::new(option, "7.3.12", "pollingRate:interval,maxCount,releaseCount");
    let parts = option.parts();
    let mut absent = Vec::new();
    for (position, what) in PARTS.into_iter().enumerate().filter(|_| option.value.is_some()) {
        match parts.get(position).filter(|part| !part.is_blank()) {
            Some(part) => _ = judged.number(*part, what),
            None => absent.push(what),
        }
    }
    if !absent.is_empty() {
        judged.absent(&absent.join(" and "));
    }
    judged.report(faults);
}
