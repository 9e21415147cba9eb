//! How many rows a timer does at a time.

use super::judged::{Judged, dangling};
use super::read::TimerOption;
use crate::check::file::{File, loose};
use crate::diagnostic::{Fault, Faults};
use crate::model::Target;
use crate::parse::Slot;
use crate::text::quoted;

/// The parts of `threadPool` behind the size and the interval that are parameters.
const PARAMETERS: [&str; 5] = [
    "the parameter for the busy threads",
    "the parameter for the waiting rows",
    "the parameter for the longest time",
    "the parameter for the average time",
    "the parameter for the finished rows",
];

/// What the parts are; all but the first can be left out.
const FORM: &str = "threadPool:size,interval,used,waiting,longest,average,finished,queue";

/// What stands for "not wanted".
const NONE: &str = "-1";

/// `threadPool:<size>,<interval>,<five parameters>,<queue size>` (7.3.16): only the size is needed.
pub(super) fn pool(file: &File<'_>, option: &TimerOption<'_>, faults: &mut Faults) {
    let mut judged = Judged::new(option, "7.3.16", FORM);
    let parts = option.parts();
    let given = |position: usize| parts.get(position).copied().filter(|part| !part.is_blank());
    if option.value.is_some() {
        match given(0) {
            Some(size) => {
                judged.number(size, "the size");
            }
            None => judged.absent("the size"),
        }
    }
    if let Some(interval) = given(1) {
        let has_parameters = (2..7).any(|position| given(position).is_some());
        self::interval(&mut judged, interval, has_parameters);
    }
    for (position, what) in (2..).zip(PARAMETERS) {
        let Some(part) = given(position).filter(|part| part.trimmed() != NONE) else { continue };
        if let Some(pid) = judged.number(part, what) {
            judged.refers(file, part, Target::Param, pid);
        }
    }
    if let Some(queue) = given(7) {
        judged.number(queue, "the size of the queue");
    }
    judged.report(faults);
}

/// The time between two calculations; `-1` as long as there is something that could be calculated.
fn interval(judged: &mut Judged<'_, '_>, part: Slot<'_>, has_parameters: bool) {
    if let Some(seconds) = loose(part.raw) {
        // 7.3.26: no matter what else the option says.
        let message = format!("the threads are counted every {seconds} seconds");
        let help = "leave the interval out, or write `-1` where parameters follow";
        judged.advise(Fault::rule("7.3.26", part.span, message).help(help));
    } else if part.trimmed() != NONE || !has_parameters {
        judged.invalid(part, true, "the interval", "leave it out, or write a whole number of seconds");
    }
}

/// `dynamicThreadPool:<parameter>` (7.3.9, 7.3.19).
pub(super) fn size(file: &File<'_>, option: &TimerOption<'_>, faults: &mut Faults) {
    let Some((value, pid)) = option.value.and_then(|value| Some((value, loose(value.raw)?))) else {
        let message = format!("{} names no parameter for the size of the pool", quoted(option.slot.trimmed()));
        let help = "write `dynamicThreadPool:` and the id of a parameter";
        faults.add(Fault::rule("7.3.9", option.slot.span, message).help(help));
        return;
    };
    if !file.has(Target::Param, pid) {
        faults.add(dangling("7.3.19", file, option, value.span, Target::Param, pid));
    }
}
