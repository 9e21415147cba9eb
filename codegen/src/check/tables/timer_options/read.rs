//! The options of a timer as they are written: `ip:100,1;each:5000;threadPool:20`.

use std::collections::BTreeMap;

use crate::check::file::list;
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::source::Span;
use crate::text::{either, nearest, quoted};

/// Every option.
const NAMES: [&str; 11] = [
    "dynamicThreadPool",
    "each",
    "ignoreIf",
    "instance",
    "ip",
    "ping",
    "pollingRate",
    "qaction",
    "qactionAfter",
    "qactionBefore",
    "threadPool",
];

/// One option.
pub(super) struct TimerOption<'d> {
    /// Its name in its usual spelling.
    pub(super) name: &'static str,
    /// The whole option.
    pub(super) slot: Slot<'d>,
    /// What stands behind the colon, unless it is blank.
    pub(super) value: Option<Slot<'d>>,
    /// Whether the same option stands in the list again.
    pub(super) is_repeated: bool,
}

impl<'d> TimerOption<'d> {
    /// The parts of its value, untrimmed.
    pub(super) fn parts(&self) -> Vec<Slot<'d>> {
        self.value.into_iter().flat_map(|value| list(value, ',')).collect()
    }
}

/// The options in `slot`; reports those that there are not (7.3.22) and those that are repeated (7.3.23).
pub(super) fn read<'d>(slot: Slot<'d>, faults: &mut Faults) -> Vec<TimerOption<'d>> {
    let mut options: Vec<TimerOption<'d>> = Vec::new();
    let mut firsts: BTreeMap<&str, (usize, Span)> = BTreeMap::new();
    for part in list(slot, ';').filter(|part| !part.is_blank()) {
        let (name, value) = part.raw.split_once(':').map_or((part.raw, None), |(name, value)| (name, Some(value)));
        let Some(&name) = NAMES.iter().find(|known| known.eq_ignore_ascii_case(name.trim())) else {
            faults.add(unknown(part, name.trim()));
            continue;
        };
        let first = firsts.get(name).copied();
        if let Some((position, first)) = first {
            let message = format!("the option `{name}` stands here twice");
            let fault = Fault::rule("7.3.23", part.span, message).help("remove one of the two");
            faults.add(fault.related(first, "the first one"));
            if let Some(option) = options.get_mut(position) {
                option.is_repeated = true;
            }
        } else {
            firsts.insert(name, (options.len(), part.span));
        }
        let value = value.map(|value| part.within(value)).filter(|value| !value.is_blank());
        options.push(TimerOption { name, slot: part, value, is_repeated: first.is_some() });
    }
    options
}

fn unknown(part: Slot<'_>, name: &str) -> Fault {
    let fault = Fault::rule("7.3.22", part.span, format!("timers have no option {}", quoted(part.trimmed())));
    if let Some((name, value)) = name.split_once('=')
        && let Some(known) = NAMES.iter().find(|known| known.eq_ignore_ascii_case(name.trim()))
    {
        return fault.help(format!("write {} with a colon", quoted(&format!("{known}:{}", value.trim()))));
    }
    fault.help(match nearest(name, NAMES) {
        Some(known) => format!("did you mean `{known}`?"),
        None => format!("the options are {}", either(NAMES)),
    })
}
