//! Stubs in place of QActions.

use std::collections::BTreeMap;

use genlock_spec::{ConnectionIndex, GroupIndex, PairIndex, ParamIndex, Spec, TriggerIndex};

use super::script::Step;
use super::value::{from_json, hex};
use crate::engine::{Call, Engine, Hooks};
use crate::error::HookResult;
use crate::value::Value;

/// The stubs of a script, by QAction. They survive a restart.
pub(super) struct Stubs<'c> {
    stubs: &'c BTreeMap<u32, Vec<Vec<Step>>>,
    /// How often each QAction has run.
    runs: BTreeMap<u32, usize>,
}

impl<'c> Stubs<'c> {
    pub(super) fn new(stubs: &'c BTreeMap<u32, Vec<Vec<Step>>>) -> Self {
        Self { stubs, runs: BTreeMap::new() }
    }
}

impl<'s> Hooks<'s> for Stubs<'_> {
    fn run(&mut self, engine: &mut Engine<'s>, call: Call) -> HookResult {
        let spec = *engine.spec();
        let qaction = spec.qaction(spec.hook(call.hook).qaction).id;
        let Some(stubs) = self.stubs.get(&qaction) else {
            engine.unhandled(call);
            return Ok(());
        };
        let run = self.runs.entry(qaction).or_default();
        // One line a run in turn; the last one stays.
        let Some(steps) = stubs.get(*run).or_else(|| stubs.last()) else { return Ok(()) };
        *run += 1;
        steps.iter().try_for_each(|step| self.step(engine, &spec, step))
    }
}

impl Stubs<'_> {
    fn step<'s>(&mut self, engine: &mut Engine<'s>, spec: &Spec<'s>, step: &Step) -> HookResult {
        match step {
            Step::Set(set) => {
                let param = param(spec, set.pid)?;
                let value = from_json(&set.value, spec.param(param).value_type)?;
                engine.set_explicit(param, value, self)?;
            }
            Step::SetBinary(set) => {
                let bytes = Value::from_bytes(hex(&set.hex)?);
                engine.set_explicit(param(spec, set.pid)?, bytes, self)?;
            }
            Step::Clear(pid) => engine.clear_from_hook(param(spec, *pid)?),
            Step::Copy(copy) => match engine.value(param(spec, copy.from)?).cloned() {
                Some(value) => engine.set_explicit(param(spec, copy.to)?, value, self)?,
                None => engine.clear_from_hook(param(spec, copy.to)?),
            },
            Step::CheckTrigger(id) => engine.check_trigger(trigger(spec, *id)?, self)?,
            Step::Reconnect(id) => engine.reconnect(connection(spec, *id)?, self),
            Step::Fail(text) => return Err(text.clone().into()),
            Step::Panic(text) => return Err(format!("panicked: {text}").into()),
            // Refused when the script is read.
            Step::Delay(_) => {}
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
