//! The execute family (ACT-10 to ACT-17).

use genlock_spec::{GroupIndex, List, QueuePlace};

use super::super::Engine;
use super::super::qactions::Hooks;

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
        if place != QueuePlace::Front || groups.is_empty() {
            return self
                .each_target(action, groups, fired, |engine, group| engine.queue_group(group, place, once, hooks));
        }
        // QUE-06: several ids of one action keep their order although each goes to the very front.
        self.spec.list(groups).rev().fold(true, |_, group| self.queue_group(group, place, once, hooks))
    }
}
