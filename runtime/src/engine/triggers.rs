//! Triggers: what they run, and for which item.

use genlock_spec::{
    ActionIndex, CommandIndex, GroupIndex, List, PairIndex, ParamIndex, ResponseIndex, TimerIndex, TriggerContent,
    TriggerIndex,
};

use super::Engine;
use super::event::Event;
use super::qactions::Hooks;
use crate::error::Error;

/// The item that fired a trigger (ACT-03).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fired {
    Param(ParamIndex),
    Command(CommandIndex),
    Response(ResponseIndex),
    Pair(PairIndex),
    Group(GroupIndex),
    Timer(TimerIndex),
    /// The protocol (TRG-23), or nothing: the trigger was called (TRG-04).
    Nothing,
}

macro_rules! items {
    ($($name:ident: $variant:ident($index:ident),)+) => {
        impl Fired {
            $(pub(super) fn $name(self) -> Option<$index> {
                if let Self::$variant(item) = self { Some(item) } else { None }
            })+
        }
    };
}

items! {
    param: Param(ParamIndex),
    command: Command(CommandIndex),
    response: Response(ResponseIndex),
    pair: Pair(PairIndex),
    group: Group(GroupIndex),
    timer: Timer(TimerIndex),
}

impl<'s> Engine<'s> {
    /// Runs a trigger's content in order, each id to completion before the next (TRG-03). Answers whether the last
    /// action succeeded: a failing one does not stop the others (TRG-47).
    pub(super) fn run_trigger(&mut self, trigger: TriggerIndex, fired: Fired, hooks: &mut dyn Hooks<'s>) -> bool {
        let row = self.spec.trigger(trigger);
        // COND-30; QA-42: also when it is called.
        if !self.holds(row.condition, "trigger", row.id) {
            return self.run_content(row.otherwise, fired, hooks); // TRG-41
        }
        self.event(|_| Event::Trigger { id: row.id });
        self.run_content(row.content, fired, hooks)
    }

    fn run_content(&mut self, content: TriggerContent, fired: Fired, hooks: &mut dyn Hooks<'s>) -> bool {
        let mut succeeded = true;
        match content {
            TriggerContent::Actions(actions) => succeeded = self.run_actions_of(actions, fired, hooks),
            // TRG-02; a cycle among triggers is a compile-time error (TRG-48).
            TriggerContent::Triggers(triggers) => {
                for trigger in self.spec.list(triggers) {
                    succeeded = self.may_call(trigger) && self.run_trigger(trigger, fired, hooks);
                }
            }
        }
        succeeded
    }

    /// Runs actions in order. One that sleeps holds back those behind it (ACT-91).
    pub(super) fn run_actions_of(
        &mut self,
        actions: List<ActionIndex>,
        fired: Fired,
        hooks: &mut dyn Hooks<'s>,
    ) -> bool {
        let mut succeeded = true;
        let mut behind = actions;
        for action in self.spec.list(actions) {
            behind = List::new(behind.start + 1, behind.len - 1);
            succeeded = self.run_action(action, fired, hooks);
            if self.sleeps(behind, fired) {
                return true;
            }
        }
        succeeded
    }

    /// Runs the triggers of an item in document order (TRG-40). Most items have none.
    #[inline]
    pub(super) fn run_triggers(&mut self, triggers: List<TriggerIndex>, fired: Fired, hooks: &mut dyn Hooks<'s>) {
        for trigger in self.spec.list(triggers) {
            self.fire(trigger, fired, hooks);
        }
    }

    /// Runs a trigger whose moment has come. What its `Time` compares has to hold too (TRG-43); it does not for one that
    /// is called, whatever its `Time` says (QA-42).
    pub(super) fn fire(&mut self, trigger: TriggerIndex, fired: Fired, hooks: &mut dyn Hooks<'s>) -> bool {
        let row = self.spec.trigger(trigger);
        !self.holds(row.guard, "trigger", row.id) || self.run_trigger(trigger, fired, hooks)
    }

    /// CheckTrigger: runs a trigger whatever its On and Time say (QA-42); returns after what it causes (QA-31).
    pub(crate) fn check_trigger(&mut self, trigger: TriggerIndex, hooks: &mut dyn Hooks<'s>) -> Result<(), Error> {
        let row = self.spec.trigger(trigger);
        if row.refuses_check {
            return Err(Error::TriggerRefused { trigger: row.id });
        }
        self.run_trigger(trigger, Fired::Nothing, hooks);
        Ok(())
    }
}
