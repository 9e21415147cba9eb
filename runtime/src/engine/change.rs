//! Change events: when a set raises one, and what it runs in which order (PARAM-60 to PARAM-69).

use std::time::Duration;

use bytes::Bytes;
use genlock_spec::{LengthType, ParamIndex};

use super::encoding::Encoding;
use super::event::{Event, LogLevel};
use super::nesting::Link;
use super::output::Output;
use super::params::initial_value;
use super::qactions::{Cause, Hooks};
use super::triggers::Fired;
use super::{Engine, Error};
use crate::value::Value;

/// Who sets a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setter {
    /// A response, an action, the runtime: an equal value on a read parameter is no event (PARAM-61).
    Construct,
    /// A hook: always an event (PARAM-60).
    Explicit,
    /// An operator, or the program around the element: always an event.
    Operator,
}

impl<'s> Engine<'s> {
    /// A set by a hook: returns after everything that it causes is done (QA-31).
    pub(crate) fn set_explicit(
        &mut self,
        param: ParamIndex,
        value: Value,
        hooks: &mut dyn Hooks<'s>,
    ) -> Result<(), Error> {
        self.set(param, value, Setter::Explicit, hooks).map(|_| ())
    }

    /// A set with the time that the value is of (QA-45), since the Unix epoch.
    pub(crate) fn set_at(
        &mut self,
        param: ParamIndex,
        value: Value,
        at: Duration,
        hooks: &mut dyn Hooks<'s>,
    ) -> Result<(), Error> {
        let value = self.fit(param, value)?; // a value that does not fit has no time either
        self.begin_history(param, at)?;
        self.set_explicit(param, value, hooks)
    }

    /// A set by an operator or the API: what is entered goes through the Sequence of a write parameter (PARAM-88).
    pub(super) fn set_from_outside(
        &mut self,
        param: ParamIndex,
        value: Value,
        hooks: &mut dyn Hooks<'s>,
    ) -> Result<(), Error> {
        let value = self.entered(param, value)?;
        self.set(param, value, Setter::Operator, hooks).map(|_| ())
    }

    /// `SetParameterBinary`: stores bytes, and nothing else happens (PARAM-66).
    pub(crate) fn set_binary(&mut self, param: ParamIndex, mut bytes: Bytes) -> Result<(), Error> {
        let row = self.spec.param(param);
        let refused = |reason: &str| Error::Value { pid: row.pid, reason: reason.to_owned() };
        match row.length {
            LengthType::OtherParam(_) => {
                return Err(refused("another parameter holds its length, so it takes no bytes"));
            }
            LengthType::Fixed(length) => bytes.truncate(length as usize),
            LengthType::NextParam | LengthType::LastNextParam => {}
        }
        let value = Encoding::of(&self.spec, param).read(bytes);
        let value = value.ok_or_else(|| refused("the bytes are no number, and the parameter is a double"))?;
        self.hold(param, value);
        // Those who watch it are not told: that is step 7.
        if self.traced {
            self.trace_value(param, false);
        }
        Ok(())
    }

    /// Stores a value. Answers the one before.
    #[inline]
    fn hold(&mut self, param: ParamIndex, value: Value) -> Option<Value> {
        if self.receiving && !matches!(value, Value::Number(_)) {
            self.borrowed.push(param);
        }
        let old = self.params[param].value.replace(value);
        if !self.running_events.is_empty() {
            self.keep_new_value(param, old.clone());
        }
        old
    }

    /// Stores a value and runs its change event, if it is one. Answers whether it was.
    pub(super) fn set(
        &mut self,
        param: ParamIndex,
        value: Value,
        setter: Setter,
        hooks: &mut dyn Hooks<'s>,
    ) -> Result<bool, Error> {
        let value = match (setter, &value) {
            (_, Value::Text(_) | Value::Bytes(_)) if self.params[param].takes_all() => value,
            (Setter::Explicit | Setter::Operator, _) | (Setter::Construct, Value::Number(_)) => {
                self.fit(param, value)?
            }
            (Setter::Construct, Value::Text(_) | Value::Bytes(_)) => self.fit_bytes(param, value)?,
        };
        let always = setter != Setter::Construct || self.spec.param(param).kind.is_write(); // PARAM-60
        let cleared = std::mem::take(&mut self.params[param].cleared); // PARAM-62
        if !always && !cleared && self.params[param].value.as_ref() == Some(&value) {
            return Ok(false); // PARAM-61
        }
        let old = self.hold(param, value);
        self.told(param, true);
        self.run_change_event(param, Cause { old, is_event: true, by_operator: setter == Setter::Operator }, hooks);
        Ok(true)
    }

    /// The steps of PARAM-63, depth first (PARAM-64).
    fn run_change_event(&mut self, param: ParamIndex, cause: Cause, hooks: &mut dyn Hooks<'s>) {
        if !self.enter(Link::Event(param)) {
            return;
        }
        let is_involved = self.params[param].is_involved;
        if is_involved {
            self.update_bits(param, hooks); // the bits are part of the value
            self.take_apart(param, hooks); // and so is what another response finds in it
        }
        self.run_triggers(self.spec.param(param).on_change, Fired::Param(param), hooks); // step 1
        if is_involved {
            self.pass_on(param, cause.old.as_ref(), hooks);
        }
        self.run_qactions(param, cause, hooks); // step 6
        if is_involved {
            self.update_alarms(param, hooks); // step 7
            self.update_trend(param);
        }
        self.leave();
    }

    /// The steps 2 to 4 of PARAM-63.
    fn pass_on(&mut self, param: ParamIndex, old: Option<&Value>, hooks: &mut dyn Hooks<'s>) {
        let row = self.spec.param(param);
        if let Some(connection) = row.dynamic_ip {
            self.reconnect(connection, hooks); // CONN-53
        }
        self.follow_change(param, old, hooks); // BEY-11
        if row.save {
            self.save_change(param);
        }
        if let Some(read) = row.setter {
            self.copy_to_read(param, read, hooks);
        }
    }

    /// The copy that `setter="true"` asks for (PARAM-142, PARAM-143).
    fn copy_to_read(&mut self, write: ParamIndex, read: ParamIndex, hooks: &mut dyn Hooks<'s>) {
        let Some(value) = self.params[write].value.clone() else { return };
        // What fits the write parameter may still not fit the read one.
        if let Err(error) = self.set(read, value, Setter::Construct, hooks) {
            let pid = self.spec.param(write).pid;
            self.log(LogLevel::Error, |_| format!("setter of parameter {pid}: {error}"));
        }
    }

    /// `run actions`: the parameter's QActions, without a value change and without triggers (ACT-82).
    pub(super) fn run_actions(&mut self, param: ParamIndex, hooks: &mut dyn Hooks<'s>) {
        if self.enter(Link::Event(param)) {
            self.run_qactions(param, Cause::default(), hooks);
            self.leave();
        }
    }

    /// Tells the watchers that a value was stored or cleared.
    #[inline]
    pub(super) fn told(&mut self, param: ParamIndex, change: bool) {
        if self.params[param].watched {
            self.emit(Output::Param(param));
        }
        if self.traced {
            self.trace_value(param, change);
        }
    }

    fn trace_value(&mut self, param: ParamIndex, change: bool) {
        let row = self.spec.param(param);
        let value = self.params[param].value.clone().filter(|_| !self.is_secret(param)).map(Value::detached);
        self.emit(Output::Event(Event::Param { pid: row.pid, value, change }));
    }

    /// `clear`: back to what the parameter was before anything was set, without an event (PARAM-190, 193, 194), so
    /// that the next value is always new (PARAM-62). The stored copy stays (ACT-34).
    pub(super) fn clear_value(&mut self, param: ParamIndex, hooks: &mut dyn Hooks<'s>) {
        let old = std::mem::replace(&mut self.params[param].value, initial_value(&self.spec, param));
        if !self.running_events.is_empty() {
            self.keep_new_value(param, old);
        }
        if self.params[param].length.is_some() {
            self.resize(param);
        }
        self.params[param].cleared = true;
        self.told(param, false);
        if self.params[param].is_involved {
            self.update_alarms(param, hooks); // ALM-18
        }
    }

    /// A hook's ClearParameter: like `clear`, and the stored copy goes too (PARAM-192).
    pub(crate) fn clear_from_hook(&mut self, param: ParamIndex, hooks: &mut dyn Hooks<'s>) {
        self.clear_value(param, hooks);
        let row = self.spec.param(param);
        if row.save {
            self.forget_saved(param);
        }
    }
}
