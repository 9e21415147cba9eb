//! Stubs in place of QActions.

use std::collections::BTreeMap;
use std::time::Duration;

use genlock_spec::{ConnectionIndex, GroupIndex, PairIndex, ParamIndex, ResponseIndex, Spec, TriggerIndex};

use super::beside::{Beside, Delayed, ended};
use super::script::Step;
use super::value::{from_json, hex};
use crate::engine::{Call, Engine, Hooks, Input, Time};
use crate::error::{Error, HookResult};
use crate::value::Value;

/// The stubs of a script, by QAction. They survive a restart.
pub(super) struct Stubs<'c> {
    by_qaction: &'c BTreeMap<u32, Vec<Vec<Step>>>,
    /// How often each QAction has run.
    runs: BTreeMap<u32, usize>,
    /// Queued runs at a `delay`: what they are, and their steps behind it.
    delayed: Delayed<(Call, &'c [Step])>,
}

impl<'c> Stubs<'c> {
    pub(super) fn new(stubs: &'c BTreeMap<u32, Vec<Vec<Step>>>) -> Self {
        Self { by_qaction: stubs, runs: BTreeMap::new(), delayed: Delayed::default() }
    }
}

impl<'s> Hooks<'s> for Stubs<'_> {
    fn run(&mut self, engine: &mut Engine<'s>, call: &Call) -> HookResult {
        let Some(steps) = self.next_steps(engine, call) else { return Ok(()) };
        let spec = *engine.spec();
        steps.iter().try_for_each(|step| self.step(engine, &spec, call, step))
    }
}

impl<'s> Beside<'s> for Stubs<'_> {
    fn start_queued(&mut self, engine: &mut Engine<'s>, call: Call, now: Time) {
        let steps = self.next_steps(engine, &call).unwrap_or_default();
        self.go_on(engine, call, steps, now);
    }

    fn due(&self) -> Option<Time> {
        self.delayed.next()
    }

    fn run_due(&mut self, engine: &mut Engine<'s>, now: Time) {
        while let Some((call, steps)) = self.delayed.take_due(now) {
            self.go_on(engine, call, steps, now);
        }
    }

    fn look_on(&mut self, _: &mut Engine<'s>, _: Time) {} // stubs wait for nothing but time
}

impl<'c> Stubs<'c> {
    /// A new start of the element: what an earlier one began has nowhere to go on (QA-56).
    pub(super) fn forget_delayed(&mut self) {
        self.delayed = Delayed::default();
    }

    /// The steps of this run: one line a run in turn; the last one stays.
    fn next_steps(&mut self, engine: &mut Engine<'_>, call: &Call) -> Option<&'c [Step]> {
        let qaction = engine.qaction_of(call).id;
        let Some(stubs) = self.by_qaction.get(&qaction) else {
            engine.unhandled(call);
            return None;
        };
        let run = self.runs.entry(qaction).or_default();
        let steps = stubs.get(*run).or_else(|| stubs.last())?;
        *run += 1;
        Some(steps)
    }

    /// Runs the steps of a queued run up to its next `delay`, or to its end.
    fn go_on<'s>(&mut self, engine: &mut Engine<'s>, call: Call, steps: &'c [Step], now: Time) {
        let spec = *engine.spec();
        for (position, step) in steps.iter().enumerate() {
            if let Step::Delay(time) = step {
                let rest = steps.get(position + 1..).unwrap_or_default();
                return self.delayed.put_off(now + Duration::from_millis(*time), (call, rest));
            }
            engine.begin_inside(now);
            let done = if engine.is_active() {
                self.step(engine, &spec, &call, step)
            } else {
                Err(Error::Inactive { element: engine.name().to_owned() }.into())
            };
            // Refused by an element that has stopped, which is where the run ends too.
            let _ = engine.take(Input::Tick, now, self);
            if let Err(error) = done {
                return ended(engine, call, Some(error.to_string()), now, self);
            }
        }
        ended(engine, call, None, now, self);
    }
}

impl Stubs<'_> {
    fn step<'s>(&mut self, engine: &mut Engine<'s>, spec: &Spec<'s>, call: &Call, step: &Step) -> HookResult {
        match step {
            Step::Set(set) => {
                let param = param(spec, set.pid)?;
                let value = from_json(&set.value, spec.param(param).value_type)?;
                engine.set_explicit(param, value, self)?;
            }
            Step::SetAt(set) => {
                let param = param(spec, set.pid)?;
                let value = from_json(&set.value, spec.param(param).value_type)?;
                engine.set_at(param, value, Duration::from_millis(set.time), self)?;
            }
            Step::SetBinary(set) => {
                engine.set_binary(param(spec, set.pid)?, hex(&set.hex)?)?;
            }
            Step::Clear(pid) => engine.clear_from_hook(param(spec, *pid)?, self),
            Step::Copy(copy) => {
                let value = engine.value(param(spec, copy.from)?).cloned();
                self.set_or_clear(engine, param(spec, copy.to)?, value)?;
            }
            Step::CheckTrigger(id) => engine.check_trigger(trigger(spec, *id)?, self)?,
            Step::Reconnect(id) => engine.reconnect(connection(spec, *id)?, self),
            Step::Fail(text) => return Err(text.clone().into()),
            Step::Panic(text) => return Err(format!("panicked: {text}").into()),
            Step::Log(line) => engine.log_from_hook(line.kind.into(), line.level, &line.text),
            Step::StreamNote(text) => engine.stream_note(text),
            Step::Message(text) => engine.message_from_hook(call, text)?,
            Step::User(pid) => {
                let user = Value::Text(call.user().into());
                engine.set_explicit(param(spec, *pid)?, user, self)?;
            }
            Step::Old(pid) => self.set_or_clear(engine, param(spec, *pid)?, call.old.clone())?,
            Step::New(pid) => {
                let new = engine.new_value(call).cloned();
                self.set_or_clear(engine, param(spec, *pid)?, new)?;
            }
            Step::Delay(_) => return Err("`delay` is for queued QActions: the element would stand still".into()),
        }
        Ok(())
    }

    fn set_or_clear(&mut self, engine: &mut Engine<'_>, param: ParamIndex, value: Option<Value>) -> HookResult {
        match value {
            Some(value) => engine.set_explicit(param, value, self)?,
            None => engine.clear_from_hook(param, self),
        }
        Ok(())
    }
}

/// The parameter with the id `pid`.
pub(super) fn param(spec: &Spec<'_>, pid: u32) -> Result<ParamIndex, String> {
    let position = spec.params.iter().position(|param| param.pid == pid);
    position.map(|position| ParamIndex(position as u32)).ok_or_else(|| format!("there is no parameter {pid}"))
}

/// The trigger with the id `id`.
pub(super) fn trigger(spec: &Spec<'_>, id: u32) -> Result<TriggerIndex, String> {
    let position = spec.triggers.iter().position(|trigger| trigger.id == id);
    position.map(|position| TriggerIndex(position as u32)).ok_or_else(|| format!("there is no trigger {id}"))
}

/// The connection with the id `id`.
pub(super) fn connection(spec: &Spec<'_>, id: u32) -> Result<ConnectionIndex, String> {
    let position = spec.connections.iter().position(|connection| connection.id == id);
    position.map(|position| ConnectionIndex(position as u32)).ok_or_else(|| format!("there is no connection {id}"))
}

/// The group with the id `id`.
pub(super) fn group(spec: &Spec<'_>, id: i64) -> Result<GroupIndex, String> {
    let position = spec.groups.iter().position(|group| group.id == id);
    position.map(|position| GroupIndex(position as u32)).ok_or_else(|| format!("there is no group {id}"))
}

/// The pair with the id `id`.
pub(super) fn pair(spec: &Spec<'_>, id: u32) -> Result<PairIndex, String> {
    let position = spec.pairs.iter().position(|pair| pair.id == id);
    position.map(|position| PairIndex(position as u32)).ok_or_else(|| format!("there is no pair {id}"))
}

/// The response with the id `id`.
pub(super) fn response(spec: &Spec<'_>, id: u32) -> Result<ResponseIndex, String> {
    let position = spec.responses.iter().position(|response| response.id == id);
    position.map(|position| ResponseIndex(position as u32)).ok_or_else(|| format!("there is no response {id}"))
}
