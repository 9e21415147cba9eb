//! Parameters and triggers by id, for hooks that loop over ids or get them from a device.

use super::{Context, EntryPoints};
use crate::engine::Side;
use crate::error::{Error, HookError};
use crate::value::Value;

impl<P: EntryPoints<S>, S: 'static> Context<'_, P, S> {
    /// The value of the parameter with this id; `None` when it is not initialised, or when there is no such parameter
    /// (QA-55), which is logged (PARAM-08).
    pub fn value(&self, pid: u32) -> Option<&Value> {
        let param = self.engine.param_by_id(pid);
        if param.is_none() {
            let (element, qaction) = (self.element_name(), self.qaction_id());
            tracing::warn!(target: "genlock::hook", element, qaction, pid, rule = "PARAM-08", "QAction {qaction} reads parameter {pid}, which the connector file does not have");
        }
        self.engine.value(param?)
    }

    /// Sets the parameter with this id, as [`set`](Self::set) does. `None`, as [`value`](Self::value) may give it, leaves
    /// the parameter as it is (PARAM-09); [`clear_value`](Self::clear_value) is what clears.
    ///
    /// # Errors
    /// There is no such parameter (QA-44), or the value does not fit it.
    pub fn set_value(&mut self, pid: u32, value: impl Into<Option<Value>>) -> Result<(), HookError> {
        let param = self.engine.param_by_id(pid).ok_or_else(|| no_param(pid))?;
        value.into().map_or(Ok(()), |value| self.set_index(param, value))
    }

    /// Sets parameters in the order given, each with all that its change event causes (PARAM-69). Answers one result
    /// for each.
    pub fn set_values(&mut self, values: impl IntoIterator<Item = (u32, Value)>) -> Vec<Result<(), HookError>> {
        values.into_iter().map(|(pid, value)| self.set_value(pid, value)).collect()
    }

    /// Clears the parameter with this id, as [`clear`](Self::clear) does.
    ///
    /// # Errors
    /// There is no such parameter (QA-54).
    pub fn clear_value(&mut self, pid: u32) -> Result<(), HookError> {
        let param = self.engine.param_by_id(pid).ok_or_else(|| no_param(pid))?;
        self.clear_index(param);
        Ok(())
    }

    /// Runs the trigger with this id, as [`check_trigger`](Self::check_trigger) does.
    ///
    /// # Errors
    /// There is no such trigger (QA-43), or it is on the timeout of a parameter.
    pub fn check_trigger_id(&mut self, id: u32) -> Result<(), HookError> {
        let unknown = || Error::Unknown { what: format!("trigger {id}") };
        let trigger = self.engine.trigger_by_id(id).ok_or_else(unknown)?;
        self.check_trigger_index(trigger)
    }

    /// The id of the parameter with this Name; of a read and a write parameter that share it, the write one (QA-47).
    pub fn param_named(&self, name: &str) -> Option<u32> {
        self.named(name, None)
    }

    /// The id of the parameter with this Name that is no write parameter.
    pub fn read_param_named(&self, name: &str) -> Option<u32> {
        self.named(name, Some(Side::Read))
    }

    /// The id of the write parameter with this Name.
    pub fn write_param_named(&self, name: &str) -> Option<u32> {
        self.named(name, Some(Side::Write))
    }

    fn named(&self, name: &str, side: Option<Side>) -> Option<u32> {
        self.engine.param_by_name(name, side).map(|param| self.engine.spec().param(param).pid)
    }
}

fn no_param(pid: u32) -> Error {
    Error::Unknown { what: format!("parameter {pid}") }
}
