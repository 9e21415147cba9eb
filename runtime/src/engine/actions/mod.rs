//! Actions: what runs each kind, and on what it works.

mod append;
mod calculate;
mod change_length;
mod content;
mod copy;
mod frames;
mod hexadecimal;
mod messages;
mod queueing;
mod replace;
mod save;
mod set_info;
mod sleep;
mod stopping;
mod stuffing;
mod timers;
mod waits;

use genlock_spec::{ActionIndex, ActionKind, Index, List, ParamIndex, ParamKind};

pub(super) use self::sleep::Sleepers;

use super::Engine;
use super::change::Setter;
use super::event::{Event, LogLevel};
use super::qactions::Hooks;
use super::triggers::Fired;
use crate::value::Value;

/// The most bytes that an action makes a value grow to: one that adds a parameter to itself doubles it each time.
const LONGEST: usize = 16 * 1024 * 1024;

impl<'s> Engine<'s> {
    /// Runs one action synchronously (ACT-05). Answers whether it succeeded.
    pub(super) fn run_action(&mut self, action: ActionIndex, fired: Fired, hooks: &mut dyn Hooks<'s>) -> bool {
        let row = self.spec.action(action);
        if !self.holds(row.condition, "action", row.id) {
            return true; // ACT-04
        }
        self.event(|_| Event::Action { id: row.id });
        let id = row.id;
        match row.kind {
            ActionKind::Make(commands) => self.each_target(id, commands, fired.command(), |engine, command| {
                engine.make(command); // ACT-58, ACT-59
                true
            }),
            ActionKind::Read(responses) => {
                self.each_target(id, responses, fired.response(), |engine, response| engine.read(id, response))
            }
            ActionKind::ClearResponses(responses) => {
                self.each_target(id, responses, fired.response(), |engine, response| {
                    engine.repeats.forget(response); // ACT-30
                    true
                })
            }
            ActionKind::ClearParams(params) => self.each_target(id, params, fired.param(), |engine, param| {
                engine.clear_value(param, hooks); // ACT-29
                true
            }),
            // ACT-36: the memory stays, and what a display shows is no part of an element.
            ActionKind::ClearOnDisplay(params) => self.each_target(id, params, fired.param(), |_, _| true),
            ActionKind::Copy { source, reversed, targets } => self.copy(id, source, reversed, targets, fired, hooks),
            ActionKind::Append { source, hex, targets } => self.append(id, source, hex, targets, fired, hooks),
            ActionKind::AppendData { source, targets } => self.append_data(id, source, targets, fired, hooks),
            ActionKind::Calculate { operation, operand, targets } => {
                self.each_target(id, targets, fired.param(), |engine, param| {
                    engine.calculate(id, operation, operand, param, hooks)
                })
            }
            ActionKind::ReplaceData { replacements, start, end, at_the_ends, targets, messages } => {
                let area = replace::Area { start, end, at_the_ends };
                match messages {
                    Some(messages) => self.replace_data_in(id, replacements, area, messages, fired),
                    None => self.each_target(id, targets, fired.param(), |engine, param| {
                        engine.replace_data(id, replacements, area, param, hooks)
                    }),
                }
            }
            ActionKind::ReadParams(params) => self.read_params(id, params, fired),
            ActionKind::Length(messages) => self.complete(id, ParamKind::Length, messages, fired, hooks),
            ActionKind::Checksum(messages) => self.complete(id, ParamKind::Crc, messages, fired, hooks),
            ActionKind::Replace { source, position, targets } => self.replace(id, source, position, targets, fired),
            ActionKind::Reverse { occurrences, targets } => self.reverse(id, occurrences, targets, fired),
            ActionKind::Stuffing { stuffing, removes, targets } => self.stuff(id, stuffing, removes, targets, fired),
            // ACT-35, RSP-62: a message has its end without any layout, so nothing is remembered of one.
            ActionKind::ClearLengthInfo(responses) => self.each_target(id, responses, fired.response(), |_, _| true),
            ActionKind::ChangeLength { source, targets } => self.change_length(id, source, targets, fired),
            ActionKind::SetInfo { scale, sequence, targets } => self.set_info(id, scale, sequence, targets, fired),
            ActionKind::Go(params) => {
                self.each_target(id, params, fired.param(), |engine, param| engine.go(id, param, hooks))
            }
            ActionKind::Save(params) => self.each_target(id, params, fired.param(), |engine, param| {
                engine.save(param); // ACT-84
                true
            }),
            ActionKind::RunActions(params) => self.each_target(id, params, fired.param(), |engine, param| {
                engine.run_actions_once_operational(param, hooks);
                true
            }),
            ActionKind::SetTimeout { source, pairs } => {
                self.each_target(id, pairs, fired.pair(), |engine, pair| engine.set_timeout(id, source, pair))
            }
            ActionKind::SetNext { wait, positions } => self.set_next(id, wait, positions, fired),
            ActionKind::Queue { place, once, groups } => {
                self.queue_groups(id, place, once, groups, fired.group(), hooks)
            }
            ActionKind::Timers { verb, timers } => self.each_target(id, timers, fired.timer(), |engine, timer| {
                engine.act_on_timer(verb, timer);
                true
            }),
            ActionKind::Open(connection) => {
                self.reconnect(connection, hooks); // ACT-38, CONN-94
                true
            }
            ActionKind::Close(connection) => {
                self.close_by_action(connection, hooks); // ACT-37, CONN-94
                true
            }
            ActionKind::Sleep(ms) => self.fall_asleep(id, ms, fired),
            ActionKind::StopCurrentGroup => {
                self.stop_current_group(); // ACT-94
                true
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

    /// Sets a parameter as an action does (ACT-06). Answers whether the value fits it.
    fn set_by_action(&mut self, action: u32, param: ParamIndex, value: Value, hooks: &mut dyn Hooks<'s>) -> bool {
        let set = self.set(param, value, Setter::Construct, hooks);
        if let Err(error) = &set {
            self.log(LogLevel::Error, |_| format!("action {action}: {error}"));
        }
        set.is_ok()
    }

    /// `go`: the last value of a write parameter is entered once more (ACT-48).
    fn go(&mut self, action: u32, param: ParamIndex, hooks: &mut dyn Hooks<'s>) -> bool {
        let Some(value) = self.params[param].value.clone() else {
            let pid = self.spec.param(param).pid;
            self.log(LogLevel::Warning, |_| format!("action {action}: parameter {pid} has no value to enter again")); // ACT-49
            return true;
        };
        self.set_by_action(action, param, value, hooks)
    }
}
