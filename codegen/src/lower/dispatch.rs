//! Which triggers fire on what and when.

use std::collections::BTreeMap;

use genlock_spec::{List, OwnedSpec, TriggerIndex};

use crate::model::{Model, Moment, On, OnId};

/// The triggers of each kind and moment, as lists of the tables.
pub(super) struct Dispatch {
    /// The triggers on one item, in document order (TRG-40).
    specific: BTreeMap<(On, Moment, usize), List<TriggerIndex>>,
    /// The triggers on each item, in document order.
    each: BTreeMap<(On, Moment), List<TriggerIndex>>,
}

impl Dispatch {
    pub(super) fn new(model: &Model, spec: &mut OwnedSpec) -> Self {
        let (mut specific, mut each) = (BTreeMap::<_, Vec<_>>::new(), BTreeMap::<_, Vec<_>>::new());
        for (position, trigger) in model.triggers.iter().enumerate() {
            // TRG-04: without On and Time it fires only when it is called.
            let (Some(on), Some(time)) = (trigger.on, trigger.time) else { continue };
            let index = TriggerIndex(position as u32);
            match (&trigger.id, on.value.target()) {
                (Some(OnId::Item(reference)), Some(target)) => {
                    if let Some(item) = reference.position(target, &model.index) {
                        specific.entry((on.value, time.value, item)).or_default().push(index);
                    }
                }
                (Some(OnId::Each), _) | (None, None) => each.entry((on.value, time.value)).or_default().push(index),
                _ => {}
            }
        }
        Self {
            specific: specific.into_iter().map(|(key, triggers)| (key, spec.list_of(triggers))).collect(),
            each: each.into_iter().map(|(key, triggers)| (key, spec.list_of(triggers))).collect(),
        }
    }

    /// The triggers that fire on the item at `position`. TRG-30, TRG-32: those on each do so only where no trigger on
    /// the item itself has the same moment.
    pub(super) fn triggers(&self, on: On, moment: Moment, position: usize) -> List<TriggerIndex> {
        let specific = self.specific.get(&(on, moment, position));
        specific.or_else(|| self.each.get(&(on, moment))).copied().unwrap_or(List::new(0, 0))
    }

    /// The triggers that fire after startup (TRG-23).
    pub(super) fn after_startup(&self) -> List<TriggerIndex> {
        self.each.get(&(On::Protocol, Moment::AfterStartup)).copied().unwrap_or(List::new(0, 0))
    }
}
