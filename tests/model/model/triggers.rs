//! Triggers and actions (TRG, ACT).

use serde_json::json;

use super::{Done, Model};
use crate::protocol::{Action, Comparison, Condition, Deed, Item, On, Operand, Trigger, Value};

impl<'p> Model<'p> {
    /// The triggers on an item at a moment: its own, and only without any of these those on each (TRG-30 to TRG-35), in
    /// the order of the document (TRG-40).
    pub(super) fn fire_all(&mut self, item: Item, time: &str) -> Done {
        let protocol = self.protocol;
        let at = |on: On| {
            protocol.triggers.iter().filter(move |trigger| {
                trigger.on.is_some_and(|(trigger_on, trigger_time)| trigger_on == on && trigger_time == time)
            })
        };
        let mut triggers: Vec<&'p Trigger> = at(On::Item(item)).collect();
        if triggers.is_empty() {
            triggers = at(On::Each(item.word())).collect();
        }
        let mut rejects = false;
        for trigger in triggers {
            if self.guard_holds(trigger) {
                self.fire(trigger, Some(item))?;
                rejects |= self.has_failed;
            }
        }
        self.rejects = rejects;
        Ok(())
    }

    /// TRG-43.
    fn guard_holds(&self, trigger: &Trigger) -> bool {
        let Some(guard) = &trigger.guard else { return true };
        let own = if let Some((On::Item(Item::Parameter(pid)), _)) = trigger.on { Some(pid) } else { None };
        let operator = match guard.case {
            "equal" => "==",
            "not equal" => "!=",
            "greater" => ">",
            _ => "<",
        };
        let left = Operand::Param(guard.param.or(own).unwrap());
        let first = Comparison { left, operator, right: guard.with.clone() };
        self.holds(Some(&Condition { first, others: Vec::new() }))
    }

    /// QA-42: whatever its On and Time say.
    pub(super) fn check_trigger(&mut self, id: u32) -> Done {
        self.call(id, None)
    }

    fn call(&mut self, id: u32, fired: Option<Item>) -> Done {
        let trigger = self.protocol.triggers.iter().find(|trigger| trigger.id == id).unwrap();
        self.fire(trigger, fired)
    }

    fn fire(&mut self, trigger: &Trigger, fired: Option<Item>) -> Done {
        let holds = self.holds(trigger.condition.as_ref());
        // TRG-41, TRG-42.
        let content: Vec<u32> =
            trigger.content.iter().filter(|(_, is_else)| *is_else != holds).map(|(id, _)| *id).collect();
        if holds {
            self.line("trigger", json!({ "id": trigger.id }))?;
        }
        self.has_failed = false;
        // TRG-03, TRG-47.
        for id in content {
            if trigger.runs_triggers { self.call(id, fired)? } else { self.act(id, fired)? }
        }
        Ok(())
    }

    pub(super) fn act(&mut self, id: u32, fired: Option<Item>) -> Done {
        self.has_failed = false;
        let action = self.protocol.actions.iter().find(|action| action.id == id).unwrap();
        // ACT-04.
        if !self.holds(action.condition.as_ref()) {
            return Ok(());
        }
        self.line("action", json!({ "id": id }))?;
        let targets = targets(action, fired);
        let fired_param = fired.filter(|item| item.word() == "parameter").and_then(Item::id);
        let is_lost = targets.is_empty() || (action.deed == Deed::Copy(None) && fired_param.is_none());
        if !is_lost {
            self.act_on(action, &targets, fired_param)?;
        }
        self.has_failed = is_lost;
        Ok(())
    }

    fn act_on(&mut self, action: &Action, targets: &[u32], fired_param: Option<u32>) -> Done {
        if let Deed::Queue(way) = action.deed {
            return self.queue(way, targets);
        }
        // ACT-40: one value for all targets.
        let copied = match action.deed {
            // ACT-41.
            Deed::Copy(source) => source.or(fired_param).and_then(|source| self.value(source)),
            _ => None,
        };
        // ACT-02.
        for &target in targets {
            match action.deed {
                Deed::Copy(_) => self.copy(copied.clone(), target)?,
                Deed::Clear => self.clear(target)?,
                // ACT-36, QUE-14.
                Deed::ClearOnDisplay | Deed::Queue(_) => {}
                Deed::Increment(by) => self.increment(target, by)?,
                Deed::RunActions => match &mut self.element().deferred {
                    Some(deferred) => deferred.push(target),
                    None => self.run_actions(target)?,
                },
                // ACT-48, ACT-49.
                Deed::Go => {
                    if let Some(value) = self.value(target) {
                        self.set(target, value)?;
                    }
                }
                Deed::Make => self.make(target),
                Deed::Read => self.read(target),
                Deed::StartTimer => self.start_timer(target),
                Deed::StopTimer => self.stop_timer(target),
                Deed::Reschedule => self.reschedule(target),
                Deed::RestartTimer(is_tick) => self.restart_timer(target, is_tick),
            }
        }
        Ok(())
    }

    /// ACT-42, ACT-43, ACT-45.
    fn copy(&mut self, value: Option<Value>, target: u32) -> Done {
        match value {
            Some(Value::Number(number)) if !self.param(target).is_number => {
                self.construct(target, Value::Text(number.to_string())).map(drop)
            }
            Some(value) => self.construct(target, value).map(drop),
            None => self.clear(target),
        }
    }

    /// ACT-50, ACT-52.
    fn increment(&mut self, target: u32, by: i64) -> Done {
        let before = match self.value(target) {
            Some(Value::Number(number)) => number,
            _ => 0,
        };
        self.construct(target, Value::Number(before + by)).map(drop)
    }
}

/// ACT-03: without ids, what fired, if it is of the action's kind.
fn targets(action: &Action, fired: Option<Item>) -> Vec<u32> {
    if action.targets.is_empty() {
        fired.filter(|item| item.word() == action.deed.on()).and_then(Item::id).into_iter().collect()
    } else {
        action.targets.clone()
    }
}
