//! Timers run at different paces (7.1.6, 7.1.8). What works through the rows of a table has a pace of its own.

use std::collections::BTreeMap;

use super::timer_times::{SHORTEST_MS, Time, time};
use crate::check::file::{File, Item, is_multi_threaded};
use crate::diagnostic::{Fault, Faults};
use crate::source::Span;

/// How many of several timers are shown.
const SHOWN: usize = 8;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let mut by_time: BTreeMap<Time, Vec<Item<'_>>> = BTreeMap::new();
    for timer in file.timers.valid() {
        let Some(time) = time(&timer) else { continue };
        if time == Time::Loop || !is_multi_threaded(&timer) {
            by_time.entry(time).or_default().push(timer);
        }
    }
    for (time, timers) in &by_time {
        let pace = match time {
            Time::Milliseconds(ms) => format!("every {ms} ms"),
            Time::Loop => "in a loop".to_owned(),
        };
        // 7.1.6
        report("7.1.6", timers, &format!("run {pace}"), "merge them: one timer can run the groups of both", faults);
    }
    let mut run: Vec<Item<'_>> = Vec::new();
    let mut last = None;
    for (time, timers) in by_time {
        let (Time::Milliseconds(ms), Some(&timer)) = (time, timers.first()) else { continue };
        if ms < SHORTEST_MS {
            continue;
        }
        if last.is_some_and(|last: u32| ms - last >= SHORTEST_MS) {
            similar(&run, faults);
            run.clear();
        }
        run.push(timer);
        last = Some(ms);
    }
    similar(&run, faults);
}

/// 7.1.8
fn similar(run: &[Item<'_>], faults: &mut Faults) {
    let help = "give them the same time and merge them, or times that are further apart";
    report("7.1.8", run, "run at nearly the same pace", help, faults);
}

/// One fault for all timers that share a pace.
fn report(rule: &'static str, timers: &[Item<'_>], what: &str, help: &str, faults: &mut Faults) {
    let [first, second, rest @ ..] = timers else { return };
    let place = |timer: &Item<'_>| -> Span { timer.text(&["Time"]).map_or(timer.name_span(), |time| time.span) };
    let message = match rest.len() {
        0 => format!("{} and {} {what}", first.label(), second.label()),
        more => format!("{}, {} and {more} more {what}", first.label(), second.label()),
    };
    let mut fault =
        Fault::rule(rule, place(second), message).related(place(first), format!("the time of {}", first.label()));
    for timer in rest.iter().take(SHOWN) {
        fault = fault.related(place(timer), format!("the time of {}", timer.label()));
    }
    faults.add(fault.help(help));
}
