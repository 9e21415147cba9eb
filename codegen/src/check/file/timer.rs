//! The options of timers, as far as they tell what a timer is.

use super::items::Item;
use crate::parse::Slot;

/// The value of the option `name` of a timer: what stands behind its colon; blank when there is no colon.
pub(crate) fn option<'d>(timer: &Item<'d>, name: &str) -> Option<Slot<'d>> {
    let options = timer.attribute("options")?;
    options.parts().find_map(|part| {
        let (word, value) = part.raw.split_once(':').unwrap_or((part.raw, ""));
        word.trim().eq_ignore_ascii_case(name).then(|| part.within(value))
    })
}

/// Whether a timer works through the rows of a table: it has one of the options `each`, `ip` and `threadPool`.
pub(crate) fn is_multi_threaded(timer: &Item<'_>) -> bool {
    ["each", "ip", "threadPool"].iter().any(|name| option(timer, name).is_some())
}
