//! The time of a timer is one that it can keep (7.1.4, 7.1.5, 7.1.7; TMR-02).

use crate::check::file::{File, Item, loose};
use crate::diagnostic::{Fault, Faults};
use crate::text::quoted;

/// 24 days, in ms.
const LONGEST_MS: u32 = 2_073_600_000;
/// What is shorter keeps the queue full.
pub(super) const SHORTEST_MS: u32 = 1000;

/// `Time` of a timer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Time {
    Milliseconds(u32),
    /// Again as soon as the last group is done (TMR-10).
    Loop,
}

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for timer in file.timers.valid() {
        let Some(text) = timer.text(&["Time"]).filter(|text| !text.is_blank()) else { continue };
        let fault = match time(&timer) {
            None => {
                let message = format!("{} is not a time", quoted(text.trimmed()));
                Fault::rule("7.1.4", text.span, message).help("write milliseconds, from 1 on, or `loop`")
            }
            Some(Time::Milliseconds(ms)) if ms > LONGEST_MS => {
                let message = format!("the time of {} is longer than 24 days", timer.label());
                Fault::rule("7.1.5", text.span, message).help(format!("write {LONGEST_MS} or less"))
            }
            Some(Time::Milliseconds(ms)) if ms < SHORTEST_MS => {
                let message =
                    format!("{} runs every {ms} ms, which leaves little time for anything else", timer.label());
                Fault::rule("7.1.7", text.span, message).help(format!("write {SHORTEST_MS} or more"))
            }
            Some(_) => continue,
        };
        faults.add(fault);
    }
}

/// The time of a timer, if it is one.
pub(super) fn time(timer: &Item<'_>) -> Option<Time> {
    let text = timer.text(&["Time"])?;
    if text.is("loop") {
        return Some(Time::Loop);
    }
    loose(text.raw).filter(|&ms| ms > 0).map(Time::Milliseconds)
}
