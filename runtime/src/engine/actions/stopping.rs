//! `stop current group` (ACT-94).

use genlock_spec::GroupKind;

use super::super::Engine;
use super::super::queue::Work;

impl Engine<'_> {
    /// Ends the running group of pairs after the pair that is being sent; other groups go on.
    pub(super) fn stop_current_group(&mut self) {
        if let Some(running) = &mut self.running
            && let Work::Group(group) = running.entry.work
            && self.spec.group(group).kind == GroupKind::PollPairs
        {
            running.is_ended = true;
        }
    }
}
