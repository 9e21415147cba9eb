//! What runs after startup queues groups, and unconditionally (5.7).

use std::collections::BTreeSet;

use super::listeners::actions;
use crate::check::file::{File, Item, loose};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::text::{either, quoted};

/// The types of action that queue a group.
const QUEUES: [&str; 4] = ["execute", "execute next", "execute one now", "execute one top"];
/// The types of group that are queued.
const QUEUED: [&str; 3] = ["poll", "poll action", "poll trigger"];

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let is = |trigger: &Item<'_>, name, word| trigger.text(&[name]).is_some_and(|found| found.is(word));
    let startup =
        file.triggers.valid().filter(|trigger| is(trigger, "On", "protocol") && is(trigger, "Time", "after startup"));
    // Several triggers may run one action, and several actions one group; each is judged once.
    let (mut judged, mut groups) = (BTreeSet::new(), BTreeSet::new());
    for trigger in startup {
        if let Some(condition) = trigger.text(&["Condition"]).filter(|condition| !condition.is_blank()) {
            // 5.7.1
            let message = format!("{} fires after startup, where no condition can be evaluated yet", trigger.label());
            let help = "remove the condition, and put it on the group that is run";
            faults.add(Fault::rule("5.7.1", condition.span, message).help(help));
        } else if is(&trigger, "Type", "action") {
            for action in actions(file, &trigger).filter(|action| judged.insert(action.id)) {
                judge(file, &trigger, &action, &mut groups, faults);
            }
        } else {
            // 5.7.3
            let kind = trigger.text(&["Type"]);
            let message = format!("{} fires after startup, so it runs actions and nothing else", trigger.label());
            let fault = Fault::rule("5.7.3", kind.map_or(trigger.name_span(), |kind| kind.span), message);
            let fault = if kind.is_none() { fault.missing("/Type") } else { fault };
            faults.add(fault.help("write `<Type>action</Type>`"));
        }
    }
}

/// The first fault of an action of that flow.
fn judge(
    file: &File<'_>,
    trigger: &Item<'_>,
    action: &Item<'_>,
    groups: &mut BTreeSet<Option<u32>>,
    faults: &mut Faults,
) {
    let by = format!("{} runs it after startup", trigger.label());
    let (on, kind) = (action.text(&["On"]), action.text(&["Type"]));
    let span_of = |slot: Option<Slot<'_>>| slot.map_or(action.name_span(), |slot| slot.span);
    if let Some(condition) = action.text(&["Condition"]).filter(|condition| !condition.is_blank()) {
        // 5.7.2
        let message = format!("{} runs after startup, where no condition can be evaluated yet", action.label());
        let fault = Fault::rule("5.7.2", condition.span, message).related(trigger.name_span(), by);
        faults.add(fault.help("remove the condition, and put it on the group that is run"));
    } else if !on.is_some_and(|on| on.is("group")) {
        // 5.7.4, LIFE-19
        let message = format!("{} runs after startup, but does not queue a group", action.label());
        let fault = Fault::rule("5.7.4", span_of(on), message).related(trigger.name_span(), by);
        let fault = if on.is_none() { fault.missing("/On") } else { fault };
        faults.add(
            fault.help("move it to a group of type `poll action`, and let an action on that group run after startup"),
        );
    } else if !kind.is_some_and(|kind| QUEUES.iter().any(|word| kind.is(word))) {
        // 5.7.5
        let message = match kind {
            Some(kind) => {
                format!("an action after startup queues its group at once; {} does not", quoted(kind.trimmed()))
            }
            None => format!("{} does not say how its group is queued", action.label()),
        };
        let fault = Fault::rule("5.7.5", span_of(kind), message).related(trigger.name_span(), by);
        let fault = if kind.is_none() { fault.missing("/Type") } else { fault };
        faults.add(fault.help(format!("write {}", either(QUEUES))));
    } else {
        let ids = action.element.find("On").and_then(|on| on.get("id")).map(Slot::attribute);
        let named = ids.into_iter().flat_map(Slot::parts).filter_map(|id| file.groups.find(loose(id.raw)?));
        for group in named.filter(|group| groups.insert(group.id)) {
            queued(&group, action, faults);
        }
    }
}

/// 5.7.6: the group is one that is queued.
fn queued(group: &Item<'_>, action: &Item<'_>, faults: &mut Faults) {
    let Some(kind) = group.text(&["Type"]).filter(|kind| !QUEUED.iter().any(|word| kind.is(word))) else { return };
    let message = format!("{} runs after startup, but is of type {}", group.label(), quoted(kind.trimmed()));
    let fault = Fault::rule("5.7.6", kind.span, message);
    let fault = fault.related(action.name_span(), format!("{} queues it after startup", action.label()));
    faults.add(fault.help(format!("write {}", either(QUEUED))));
}
