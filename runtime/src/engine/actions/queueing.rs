//! The execute family (ACT-10 to ACT-17).

use genlock_spec::{GroupIndex, List, QueuePlace};

use super::super::Engine;
use super::super::qactions::Hooks;
use super::super::queue::Place;

impl<'s> Engine<'s> {
    pub(super) fn queue_groups(
        &mut self,
        action: u32,
        place: QueuePlace,
        once: bool,
        groups: List<GroupIndex>,
        fired: Option<GroupIndex>,
        hooks: &mut dyn Hooks<'s>,
    ) -> bool {
        let mut place = Place::from(place);
        self.each_target(action, groups, fired, |engine, group| {
            if once && engine.queue.holds(group) {
                return true; // QUE-07
            }
            let is_queued = engine.queue_group(group, place, hooks);
            if let Place::Front { behind } = &mut place
                && is_queued
            {
                *behind = Some(group); // QUE-06, QUE-17: several ids of one action keep their order
            }
            is_queued
        })
    }
}
