//! What a hook is told about why it runs, and what it may tell.

use std::fmt;

use bytes::Bytes;

use super::{Context, EntryPoints};
use crate::engine::HookStep;
use crate::error::{Error, HookError};
use crate::handle::Param;
use crate::value::{ParamType, Value};

impl<P: EntryPoints<S>, S: 'static> Context<'_, P, S> {
    /// The id of the parameter whose event runs this hook (QA-16).
    pub fn trigger_param(&self) -> u32 {
        self.engine.spec().param(self.call.param).pid
    }

    /// The value that the parameter had before the event that runs this hook; `None` when it had none, or when `run
    /// actions` runs the hook (QA-16).
    pub fn old_value(&self) -> Option<&Value> {
        self.call.old.as_ref()
    }

    /// The value that the event is about; `None` when `run actions` runs the hook (QA-16). Another hook of the same
    /// event may have set the parameter since: [`get`](Self::get) gives the value of now.
    pub fn new_value(&self) -> Option<&Value> {
        self.engine.new_value(self.call)
    }

    /// What a parameter of `inputParameters` held when this run began (QA-20); `None` when it was not initialised. With
    /// option `binary`, [`input_data`](Self::input_data) gives the bytes as they are (QA-21).
    ///
    /// # Errors
    /// The QAction's `inputParameters` do not have the parameter ([`Error::NoInput`]).
    pub fn input<T: ParamType>(&self, param: Param<P, T>) -> Result<Option<T>, HookError> {
        Ok(self.input_value(param)?.map(T::from_value))
    }

    /// The bytes that a parameter of `inputParameters` held when this run began. With option `binary` they are those
    /// that a device would send, also where they are no text (QA-21).
    ///
    /// # Errors
    /// The QAction's `inputParameters` do not have the parameter ([`Error::NoInput`]).
    pub fn input_data<T>(&self, param: Param<P, T>) -> Result<Option<Bytes>, HookError> {
        Ok(self.input_value(param)?.map(Value::to_bytes))
    }

    /// All of `inputParameters`, in their order.
    pub fn inputs(&self) -> &[Option<Value>] {
        &self.call.inputs
    }

    fn input_value<T>(&self, param: Param<P, T>) -> Result<Option<&Value>, Error> {
        let qaction = self.engine.qaction_of(self.call);
        let mut params = self.engine.spec().list(qaction.inputs);
        let position = params.position(|input| input == param.index());
        let input = position.and_then(|position| self.call.inputs.get(position));
        let unknown = || Error::NoInput { qaction: qaction.id, pid: self.engine.spec().param(param.index()).pid };
        input.map(Option::as_ref).ok_or_else(unknown)
    }

    /// The QAction's id.
    pub fn qaction_id(&self) -> u32 {
        self.engine.qaction_of(self.call).id
    }

    /// The name of the operator whose set runs this hook; empty for all other causes, and for sets without a name
    /// (QA-51).
    pub fn user(&self) -> &str {
        self.call.user()
    }

    /// Sends a message to the operator whose set runs this hook: an [`Event::Message`](crate::Event::Message).
    ///
    /// # Errors
    /// No operator's set runs the hook, or it does so by way of another hook or a `setter` (QA-53).
    pub fn show_message(&mut self, text: impl fmt::Display) -> Result<(), HookError> {
        let text = text.to_string();
        self.engine.note_step(|| HookStep::Message { call: self.call.clone(), text: text.clone() });
        Ok(self.engine.message_from_hook(self.call, &text)?)
    }

    /// Whether the element runs; not so in hooks that run while it stops (QA-52).
    pub fn is_active(&self) -> bool {
        self.engine.is_active()
    }

    /// The element's name.
    pub fn element_name(&self) -> &str {
        self.engine.name()
    }

    /// The connector's Name.
    pub fn protocol_name(&self) -> &'static str {
        self.engine.spec().text(self.engine.spec().name)
    }

    /// The connector's Version.
    pub fn protocol_version(&self) -> &'static str {
        self.engine.spec().text(self.engine.spec().version)
    }
}
