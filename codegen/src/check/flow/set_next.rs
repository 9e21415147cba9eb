//! An action `set next` says which pairs it means and how long they wait (6.7.4 to 6.7.8).

use std::collections::{BTreeMap, BTreeSet};

use super::action::{Action, recognised};
use super::listeners::actions;
use super::pair_timeouts::time;
use crate::check::file::{File, Item, loose};
use crate::diagnostic::{Fault, Faults};
use crate::model::{ActionType, On};
use crate::parse::Slot;
use crate::source::Span;
use crate::text::{counted, quoted};

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let actions: Vec<Action<'_>> = recognised(file).filter(|action| action.is(On::Pair, ActionType::SetNext)).collect();
    if actions.is_empty() {
        return;
    }
    let callers = Callers::new(file);
    for action in &actions {
        let label = action.item.label();
        wait(file, action, &label, faults);
        match action.on_attribute("nr") {
            None => {
                // 6.7.4
                let message = format!("{label} does not say which pairs of the group it means");
                let fault = Fault::rule("6.7.4", action.on_element.name_span, message).missing("@nr");
                faults.add(fault.help("write `<On nr=\"…\">pair</On>` with positions from 1 on, `;` between them"));
            }
            Some(positions) if positions.is_blank() => {}
            Some(positions) => callers.judge(action, positions, faults),
        }
    }
}

/// The time is in `Type@id` or in `Type@value`.
fn wait(file: &File<'_>, action: &Action<'_>, label: &str, faults: &mut Faults) {
    match (action.filled_kind_attribute("id"), action.filled_kind_attribute("value")) {
        (None, None) => {
            // 6.7.6
            let message = format!("{label} does not say how long the pairs wait");
            let fault = Fault::rule("6.7.6", action.kind_element.name_span, message).missing("@value");
            faults.add(
                fault.help("write `<Type value=\"…\">set next</Type>` with milliseconds, or `id` with a parameter"),
            );
        }
        (Some(id), Some(value)) => {
            // 6.7.7
            let message = format!("{label} has the time in `id` and in `value`");
            let fault = Fault::rule("6.7.7", value.span, message).related(id.span, "the parameter that holds it");
            faults.add(fault.help("keep one of the two"));
        }
        (Some(id), None) => time(file, label, id, faults),
        (None, Some(_)) => {}
    }
}

/// Which triggers call an action, and how many pairs the groups have on which they are.
struct Callers<'d> {
    /// By the id of the action: the triggers that call it.
    triggers: BTreeMap<u32, Vec<Item<'d>>>,
    /// The groups with the number of their pairs, by that number.
    groups: Vec<(usize, Item<'d>)>,
    /// Positions in `groups` by id.
    by_id: BTreeMap<u32, usize>,
}

impl<'d> Callers<'d> {
    fn new(file: &File<'d>) -> Self {
        let mut triggers: BTreeMap<u32, Vec<Item<'d>>> = BTreeMap::new();
        for trigger in file.triggers.valid() {
            let called: BTreeSet<u32> = actions(file, &trigger).filter_map(|action| action.id).collect();
            for id in called {
                triggers.entry(id).or_default().push(trigger);
            }
        }
        let pairs = |group: &Item<'d>| group.element.find("Content").map_or(0, |content| content.all("Pair").count());
        let mut groups: Vec<_> = file.groups.valid().map(|group| (pairs(&group), group)).collect();
        groups.sort_by_key(|&(pairs, _)| pairs);
        let by_id = groups.iter().enumerate().filter_map(|(at, (_, group))| Some((group.id?, at))).rev().collect();
        Self { triggers, groups, by_id }
    }

    /// 6.7.8: each position is one of a pair in each group that lets the action run.
    fn judge(&self, action: &Action<'_>, positions: Slot<'_>, faults: &mut Faults) {
        let label = action.item.label();
        let unbound = |why: String| {
            let message = format!("{label} counts the pairs of a group, but {why}");
            Fault::rule("6.7.8", positions.span, message).help("run it from a trigger on the group")
        };
        let Some(callers) = action.item.id.and_then(|id| self.triggers.get(&id)) else {
            faults.add(unbound("no trigger runs it".to_owned()));
            return;
        };
        // What is no position comes first, then the largest ones, so that each look finds a fault.
        let mut entries: Vec<(u32, Slot<'_>)> = positions
            .entries()
            .map(|entry| (loose(entry.raw).filter(|&at| at > 0).unwrap_or(u32::MAX), entry))
            .collect();
        entries.sort_by_key(|&(position, _)| std::cmp::Reverse(position));
        let largest = entries.first().map_or(0, |&(position, _)| position as usize);
        let (mut judged, mut all) = (BTreeSet::new(), false);
        for trigger in callers {
            let Some(on) = trigger.element.find("On").filter(|on| on.text.trim().eq_ignore_ascii_case("group")) else {
                let fault = unbound(format!("{} is not on a group", trigger.label()));
                faults.add(fault.related(trigger.name_span(), "it runs the action"));
                continue;
            };
            let id = on.get("id").map_or("", |id| id.value.trim());
            all |= id.eq_ignore_ascii_case("each");
            judged.extend(loose(id).and_then(|id| self.by_id.get(&id).copied()));
        }
        let short = self.groups.partition_point(|&(pairs, _)| pairs < largest);
        let each = if all { self.groups.get(..short).unwrap_or_default() } else { &[] };
        let named = judged.into_iter().filter(|_| !all).filter_map(|at: usize| self.groups.get(at));
        for &(pairs, group) in each.iter().chain(named) {
            for &(_, entry) in entries.iter().take_while(|&&(position, _)| position as usize > pairs) {
                if faults.is_full() {
                    return;
                }
                faults.add(beyond(&label, entry, &group, pairs, positions.span));
            }
        }
    }
}

fn beyond(label: &str, entry: Slot<'_>, group: &Item<'_>, pairs: usize, list: Span) -> Fault {
    let (runner, count) = (group.label(), counted(pairs, "pair"));
    let message = match entry.trimmed() {
        "" => format!("{label} has an empty position"),
        text => format!("{label} means pair number {}, but {runner} has {count}", quoted(text)),
    };
    let fault = Fault::rule("6.7.8", if entry.is_blank() { list } else { entry.span }, message);
    let help = match pairs {
        0 => "let it run before or after a group of pairs".to_owned(),
        _ => format!("write a position from 1 to {pairs}"),
    };
    fault.related(group.name_span(), format!("{runner} runs it")).help(help)
}
