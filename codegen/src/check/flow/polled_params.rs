//! The parameters that a group polls: `id` or `id:suffix` (4.2).

use std::collections::BTreeMap;

use crate::check::file::{File, Item, is_multi_threaded, loose};
use crate::diagnostic::{Fault, Faults};
use crate::model::Target;
use crate::parse::Slot;
use crate::text::{either, nearest, quoted};

/// What can stand behind the id.
const SUFFIXES: [&str; 4] = ["getnext", "instance", "single", "tablev2"];
/// What stood there before `tablev2`.
const OBSOLETE: &str = "table";

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let timers = single_threaded(file);
    for group in file.groups.valid() {
        let Some(content) = group.element.find("Content") else { continue };
        let runners = group.id.and_then(|id| timers.get(&id)).map_or(&[][..], Vec::as_slice);
        for param in content.all("Param").map(Slot::look) {
            judge(file, &group, param, runners, faults);
        }
    }
}

/// The timers that run a group and do not work through the rows of a table, by the id of the group.
fn single_threaded<'d>(file: &File<'d>) -> BTreeMap<u32, Vec<Item<'d>>> {
    let mut timers: BTreeMap<u32, Vec<Item<'d>>> = BTreeMap::new();
    for timer in file.timers.valid().filter(|timer| !is_multi_threaded(timer)) {
        let content = timer.element.find("Content");
        for id in content.into_iter().flat_map(|content| content.all("Group")).filter_map(|group| loose(&group.text)) {
            let running = timers.entry(id).or_default();
            if running.last().is_none_or(|last| !std::ptr::eq(last.element, timer.element)) {
                running.push(timer);
            }
        }
    }
    timers
}

fn judge(file: &File<'_>, group: &Item<'_>, param: Slot<'_>, timers: &[Item<'_>], faults: &mut Faults) {
    let label = group.label();
    if param.is_blank() {
        // 4.2.2
        let message = format!("{label} polls a parameter without an id");
        faults.add(Fault::rule("4.2.2", param.span, message).help("write the id of a parameter"));
        return;
    }
    let mut parts = param.trimmed().split(':');
    let (id, suffix, more) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let Some(number) = loose(id).filter(|_| more.is_none()) else {
        // 4.2.3
        let message = format!("{} is neither the id of a parameter nor an id with a suffix", quoted(param.trimmed()));
        faults.add(Fault::rule("4.2.3", param.span, message).help("write `5`, or `5:` with a suffix such as `single`"));
        return;
    };
    if !file.has(Target::Param, number) {
        // 4.2.1
        let message = format!("{label} polls parameter {number}, which is not declared");
        let span = param.within(id).span;
        faults.add(Fault::rule("4.2.1", span, message).help(file.nearest(Target::Param, number)));
    }
    let Some(suffix) = suffix.map(|suffix| param.within(suffix)) else { return };
    if suffix.raw == OBSOLETE {
        // 4.2.5
        let message = format!("the suffix `{OBSOLETE}` of parameter {number} has been superseded");
        faults.add(Fault::rule("4.2.5", suffix.span, message).help(format!("write `{number}:tablev2`")));
    } else if !SUFFIXES.contains(&suffix.raw) {
        // 4.2.4
        let message = match suffix.raw {
            "" => format!("parameter {number} has an empty suffix"),
            text => format!("{} is no suffix of a polled parameter", quoted(text)),
        };
        let help = match nearest(suffix.raw.trim(), SUFFIXES) {
            Some(known) => format!("did you mean `{number}:{known}`? Letter case and white space count"),
            None => format!("write `{number}`, or one of the suffixes {}", either(SUFFIXES)),
        };
        faults.add(Fault::rule("4.2.4", suffix.span, message).help(help));
    }
    for timer in timers {
        if faults.is_full() {
            return;
        }
        // 4.2.6
        let message = format!(
            "parameter {number} has a suffix, but {}, which runs {label}, works through no table",
            timer.label()
        );
        let fault = Fault::rule("4.2.6", param.span, message).related(timer.name_span(), "the timer");
        faults.add(fault.help("remove the suffix, or give the timer the options `ip`, `each` and `threadPool`"));
    }
}
