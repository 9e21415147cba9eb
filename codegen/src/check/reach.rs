//! Which triggers reach which actions, and which triggers fire before an item.

use std::collections::BTreeMap;

use crate::model::{Action, Model, Moment, On, OnId, Target, Trigger, TriggerType};

/// For each trigger whether it runs an action for which `wanted` holds, itself or by other triggers.
pub(super) fn reaching(model: &Model, wanted: impl Fn(&Action) -> bool) -> Vec<bool> {
    let mut reaches = vec![false; model.triggers.len()];
    let mut callers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut found = Vec::new();
    for (position, trigger) in model.triggers.iter().enumerate() {
        match trigger.kind.map(|kind| kind.value) {
            Some(TriggerType::Action) if actions(model, trigger).any(&wanted) => found.push(position),
            Some(TriggerType::Trigger) => {
                for called in called(model, trigger) {
                    callers.entry(called).or_default().push(position);
                }
            }
            _ => {}
        }
    }
    while let Some(position) = found.pop() {
        let Some(state) = reaches.get_mut(position).filter(|state| !**state) else { continue };
        *state = true;
        found.extend(callers.get(&position).into_iter().flatten());
    }
    reaches
}

/// The actions that `trigger`, of type action, runs.
pub(super) fn actions<'m>(model: &'m Model, trigger: &'m Trigger) -> impl Iterator<Item = &'m Action> {
    let positions = trigger.content.iter().filter_map(|id| id.position(Target::Action, &model.index));
    positions.filter_map(|position| model.actions.get(position))
}

/// The positions of the triggers that `trigger`, of type trigger, calls.
pub(super) fn called<'m>(model: &'m Model, trigger: &'m Trigger) -> impl Iterator<Item = usize> {
    trigger.content.iter().filter_map(|id| id.position(Target::Trigger, &model.index))
}

/// The triggers before commands or before responses.
pub(super) struct Before<'m> {
    /// Those on one item, by its position.
    specific: BTreeMap<usize, Vec<(usize, &'m Trigger)>>,
    /// Those on each.
    pub(super) each: Vec<(usize, &'m Trigger)>,
}

impl<'m> Before<'m> {
    pub(super) fn new(model: &'m Model, on: On) -> Self {
        let mut before = Self { specific: BTreeMap::new(), each: Vec::new() };
        for (position, trigger) in model.triggers.iter().enumerate() {
            let fits = trigger.on.is_some_and(|kind| kind.value == on)
                && trigger.time.is_some_and(|time| time.value == Moment::Before);
            match (&trigger.id, on.target()) {
                (Some(OnId::Each), _) if fits => before.each.push((position, trigger)),
                (Some(OnId::Item(reference)), Some(target)) if fits => {
                    if let Some(item) = reference.position(target, &model.index) {
                        before.specific.entry(item).or_default().push((position, trigger));
                    }
                }
                _ => {}
            }
        }
        before
    }

    /// Those on the item at `position` alone.
    pub(super) fn on(&self, position: usize) -> Option<&[(usize, &'m Trigger)]> {
        self.specific.get(&position).map(Vec::as_slice)
    }
}
