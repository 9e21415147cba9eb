//! Actions: what each kind does.

use genlock_spec::{ActionIndex, ActionKind, GroupIndex, Index, List, ParamIndex, QueuePlace};

use super::Engine;
use super::change::Setter;
use super::event::{Event, LogLevel};
use super::qactions::Hooks;
use super::triggers::Fired;

impl<'s> Engine<'s> {
    /// Runs one action synchronously (ACT-05). Answers whether it succeeded.
    pub(super) fn run_action(&mut self, action: ActionIndex, fired: Fired, hooks: &mut dyn Hooks<'s>) -> bool {
        let row = self.spec.action(action);
        if !self.holds(row.condition, "action", row.id) {
            return true; // ACT-04
        }
        self.event(|_| Event::Action { id: row.id });
        match row.kind {
            ActionKind::Make(commands) => {
                let fired = if let Fired::Command(command) = fired { Some(command) } else { None };
                self.each_target(row.id, commands, fired, |engine, command| {
                    engine.make(command); // ACT-58, ACT-59
                    true
                })
            }
            ActionKind::Read(responses) => {
                let fired = if let Fired::Response(response) = fired { Some(response) } else { None };
                self.each_target(row.id, responses, fired, |engine, response| engine.read(row.id, response))
            }
            ActionKind::ClearResponses(responses) => {
                let fired = if let Fired::Response(response) = fired { Some(response) } else { None };
                // RSP-18: a WebSocket message is never dropped for being equal, so there is nothing to forget (ACT-30).
                self.each_target(row.id, responses, fired, |_, _| true)
            }
            ActionKind::ClearParams(params) => self.each_target(row.id, params, fired_param(fired), |engine, param| {
                engine.clear_value(param); // ACT-29
                true
            }),
            ActionKind::Copy { source, targets } => self.copy(row.id, source, targets, fired, hooks),
            ActionKind::RunActions(params) => self.each_target(row.id, params, fired_param(fired), |engine, param| {
                engine.run_actions(param, hooks);
                true
            }),
            ActionKind::Queue { place, once, groups } => {
                let fired = if let Fired::Group(group) = fired { Some(group) } else { None };
                self.queue_groups(row.id, place, once, groups, fired, hooks)
            }
            ActionKind::Unserved { .. } => false, // no element with it starts
        }
    }

    /// Does an action for each of its targets in order (ACT-02); without any, for the item that fired (ACT-03).
    fn each_target<I: Index>(
        &mut self,
        action: u32,
        targets: List<I>,
        fired: Option<I>,
        mut act: impl FnMut(&mut Self, I) -> bool,
    ) -> bool {
        if !targets.is_empty() {
            return self.spec.list(targets).fold(true, |_, target| act(self, target));
        }
        let Some(target) = fired else {
            self.log(LogLevel::Error, |_| {
                format!("action {action} has no target: it names none, and no item of its kind fired the trigger")
            });
            return false;
        };
        act(self, target)
    }

    /// `copy` (ACT-40 to ACT-45): all of the value, also behind a zero byte (PARAM-186).
    fn copy(
        &mut self,
        action: u32,
        source: Option<ParamIndex>,
        targets: List<ParamIndex>,
        fired: Fired,
        hooks: &mut dyn Hooks<'s>,
    ) -> bool {
        let Some(source) = source.or(fired_param(fired)) else {
            self.log(LogLevel::Error, |_| format!("action {action} has no source: no parameter fired its trigger"));
            return false;
        };
        let value = self.params[source].value.clone();
        self.spec.list(targets).fold(true, |_, target| {
            let Some(value) = value.clone() else {
                self.clear_value(target); // ACT-45
                return true;
            };
            let set = self.set(target, value, Setter::Construct, hooks);
            if let Err(error) = &set {
                self.log(LogLevel::Error, |_| format!("action {action}: {error}"));
            }
            set.is_ok()
        })
    }

    /// The execute family (ACT-10 to ACT-17).
    fn queue_groups(
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

fn fired_param(fired: Fired) -> Option<ParamIndex> {
    if let Fired::Param(param) = fired { Some(param) } else { None }
}
