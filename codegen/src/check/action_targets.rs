//! ACT-03: an action names what it works on, or it is run by a trigger on an item of that kind.

use std::collections::{BTreeMap, BTreeSet};

use super::reach::called;
use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Action, ActionType, ItemKind, Model, On, Target, Trigger, TriggerType};
use crate::source::Span;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    let runs = Runs::new(model);
    for (position, action) in model.actions.iter().enumerate() {
        let Some(on) = action.on.filter(|_| action.is_carried()) else { continue };
        // An action on groups or timers names them in any case (6.7.2), and the protocol is only one. `set next` is on
        // the pairs of the group that runs.
        let is_set_next = action.kind.is_some_and(|kind| kind.value == ActionType::SetNext);
        if action.targets.is_some() || is_set_next || matches!(on.value, On::Group | On::Timer | On::Protocol) {
            continue;
        }
        let label = action.head.label();
        let target = on.value.target().map_or("item", Target::noun);
        if let Some((span, runner)) = runs.without_target(model, position, on.value) {
            let message = format!("{label} has nothing to work on: {runner} is not on a {target}");
            let fault = Fault::error(Kind::MissingTarget, on.span, message).missing("@id");
            let fault = fault.related(span, format!("{runner} runs it"));
            faults.add(fault.help(format!("write `<On id=\"…\">{}</On>` with the ids of {target}s", on.value.word())));
        }
    }
}

/// What runs each action.
struct Runs<'m> {
    /// The triggers of type action, with the place of the id, by the position of the action.
    triggers: BTreeMap<usize, Vec<(Span, &'m Trigger)>>,
    /// The first group that runs each action, with the place of the id.
    groups: BTreeMap<usize, (Span, String)>,
    /// The ids of triggers that other triggers call: on what they fire is decided there.
    called: BTreeSet<Option<i64>>,
}

impl<'m> Runs<'m> {
    fn new(model: &'m Model) -> Self {
        let mut runs = Self { triggers: BTreeMap::new(), groups: BTreeMap::new(), called: BTreeSet::new() };
        for trigger in &model.triggers {
            if trigger.kind.is_some_and(|kind| kind.value == TriggerType::Trigger) {
                let called = called(model, trigger).filter_map(|position| model.triggers.get(position));
                runs.called.extend(called.map(|trigger| trigger.head.id()));
                continue;
            }
            for id in &trigger.content {
                if let Some(action) = id.position(Target::Action, &model.index) {
                    runs.triggers.entry(action).or_default().push((id.span, trigger));
                }
            }
        }
        for group in &model.groups {
            for item in group.items.iter().filter(|item| item.kind == ItemKind::Action) {
                let Some(reference) = &item.reference else { continue };
                if let Some(action) = reference.position(Target::Action, &model.index) {
                    runs.groups.entry(action).or_insert_with(|| (reference.span, group.head.label()));
                }
            }
        }
        runs
    }

    /// What runs the action at `position` on no item of the kind that it is on.
    fn without_target(&self, model: &Model, position: usize, on: On) -> Option<(Span, String)> {
        let action: Option<&Action> = model.actions.get(position);
        action?;
        let other = self.triggers.get(&position).into_iter().flatten().find(|(_, trigger)| match trigger.on {
            Some(kind) => kind.value.target() != on.target(),
            None => !trigger.has_on && !self.called.contains(&trigger.head.id()),
        });
        let trigger = other.map(|(span, trigger)| (*span, trigger.head.label()));
        trigger.or_else(|| self.groups.get(&position).cloned())
    }
}
