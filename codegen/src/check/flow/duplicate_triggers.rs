//! No two triggers wait for the same.

use std::collections::BTreeMap;

use super::trigger_moments::impossible;
use crate::check::file::{File, Item};
use crate::diagnostic::{Fault, Faults};

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    after_startup(file, faults);
    alike(file, faults);
}

/// 5.3.1: one trigger after startup; what it is on is of no concern.
fn after_startup(file: &File<'_>, faults: &mut Faults) {
    let time =
        |trigger: Item<'_>| trigger.text(&["Time"]).filter(|time| time.is("after startup")).map(|time| time.span);
    let found: Vec<_> = file.triggers.valid().filter_map(|trigger| Some((trigger, time(trigger)?))).collect();
    let Some((&(first, earlier), others)) = found.split_first() else { return };
    let Some((&(second, span), rest)) = others.split_first() else { return };
    let message = match rest.len() {
        0 => format!("{} and {} both fire after startup", first.label(), second.label()),
        more => format!("{}, {} and {more} more fire after startup", first.label(), second.label()),
    };
    let mut fault = Fault::rule("5.3.1", span, message).related(earlier, "the first one");
    for (trigger, span) in rest.iter().take(SHOWN) {
        fault = fault.related(*span, format!("{} as well", trigger.label()));
    }
    faults.add(fault.help(format!("let {} run it all, in order", first.label())));
}

/// How many of several equal triggers are shown.
const SHOWN: usize = 8;

/// 5.6.2: the same item at the same moment.
fn alike(file: &File<'_>, faults: &mut Faults) {
    let mut alike: BTreeMap<(String, String, String), Vec<Item<'_>>> = BTreeMap::new();
    for trigger in file.triggers.valid().filter(|trigger| impossible(trigger).is_none()) {
        let (Some(on), Some(time)) = (trigger.text(&["On"]), trigger.text(&["Time"])) else { continue };
        if on.is_blank() || time.is_blank() {
            continue;
        }
        let id = trigger.element.find("On").and_then(|on| on.get("id")).map_or("", |id| id.value.trim());
        let key = [on.trimmed(), id, time.trimmed()].map(str::to_lowercase);
        alike.entry(key.into()).or_default().push(trigger);
    }
    for triggers in alike.into_values() {
        let [first, second, rest @ ..] = triggers.as_slice() else { continue };
        let mut message = match rest.len() {
            0 => format!("{} waits for the same as {}", second.label(), first.label()),
            more => format!("{} and {more} more wait for the same as {}", second.label(), first.label()),
        };
        let mut help = "merge them: the order in which they run is easily overlooked";
        if triggers.iter().all(Item::is_conditional) {
            message.push_str(", unless their conditions exclude each other");
            help = "compare the conditions, or merge the triggers";
        }
        let mut fault = Fault::rule("5.6.2", second.name_span(), message).related(first.name_span(), "the first one");
        for trigger in rest.iter().take(SHOWN) {
            fault = fault.related(trigger.name_span(), format!("{} as well", trigger.label()));
        }
        faults.add(fault.help(help));
    }
}
