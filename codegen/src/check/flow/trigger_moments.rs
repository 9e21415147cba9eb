//! What a trigger is on and when it fires go together (5.6.1; TRG-10 to TRG-27).

use crate::check::file::{File, Item};
use crate::diagnostic::{Fault, Faults};
use crate::text::either;

/// What a trigger can be on, with the moments of each.
const MOMENTS: [(&str, &[&str]); 8] = [
    ("command", &["before", "after"]),
    ("group", &["before", "after"]),
    ("pair", &["succeeded", "timeout", "timeout after retries"]),
    ("parameter", &["change", "change after response", "timeout", "timeout after retries"]),
    // TRG-24: two spellings.
    ("protocol", &["after startup", "link file change", "link file changed"]),
    ("response", &["before", "after"]),
    ("session", &["timeout"]),
    ("timer", &["before"]),
];

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for trigger in file.triggers.valid() {
        let Some((on, possible)) = impossible(&trigger) else { continue };
        let Some(time) = trigger.text(&["Time"]) else { continue };
        let message = format!("a trigger on {on} cannot fire on `{}`", time.trimmed().to_lowercase());
        let fault = Fault::rule("5.6.1", time.span, message);
        let fault = match trigger.text(&["On"]) {
            Some(on) => fault.related(on.span, "what it is on"),
            None => fault,
        };
        faults.add(fault.help(format!("write {}", either(possible.iter().copied()))));
    }
}

/// The word in `On` and the moments that go with it, where both words of a trigger are known and do not go together.
pub(super) fn impossible(trigger: &Item<'_>) -> Option<(&'static str, &'static [&'static str])> {
    let (on, time) = (trigger.text(&["On"])?, trigger.text(&["Time"])?);
    let &(word, possible) = MOMENTS.iter().find(|(word, _)| on.is(word))?;
    let is_known = MOMENTS.iter().any(|(_, moments)| moments.iter().any(|moment| time.is(moment)));
    (is_known && !possible.iter().any(|moment| time.is(moment))).then_some((word, possible))
}
