//! [`Context`]: what a hook can do. [`QueuedContext`]: the same for a hook that runs beside the element.

mod cause;
mod entry;
mod queued;
mod runner;
mod unhandled;
mod untyped;

use std::fmt;
use std::marker::PhantomData;
use std::time::SystemTime;

use bytes::Bytes;
use genlock_spec::{ParamIndex, TriggerIndex};

use crate::engine::{Call, Engine, HookStep};
use crate::error::{HookError, HookResult};
use crate::handle::{Connection, Param, Trigger};
use crate::settings::LogType;
use crate::value::{IntoValue, ParamType, Value};

pub use self::entry::{Entry, Queued};
pub use self::queued::QueuedContext;
pub(crate) use self::queued::{Inside, Mailbox, QueuedRun};
pub(crate) use self::runner::Runner;
pub(crate) use self::unhandled::Unhandled;

/// The entry points of a protocol, for a user's state `S`. Generated code implements it.
pub trait EntryPoints<S: 'static>: Sized + 'static {
    /// The functions of the `QActions` trait, in the order of the tables.
    const ENTRIES: &'static [Entry<Self, S>];

    /// What a hook runs whose function is at this position; `_queued` says whether it runs beside the element (QA-22).
    fn entry(position: u32, _queued: bool) -> Option<&'static Entry<Self, S>> {
        Self::ENTRIES.get(position as usize)
    }
}

/// What a hook can reach: the user's state, the parameters, the triggers.
///
/// A hook runs inside the engine: [`set`](Context::set) and [`check_trigger`](Context::check_trigger) return after
/// everything that they caused is done, nested hooks included (QA-31, QA-32); only queued groups run later.
///
/// ```no_run
/// # mod lamp { genlock::include_protocol!("docs/lamp.xml"); }
/// use lamp::{params, triggers, values::Power};
///
/// struct Driver {
///     answers: u64,
/// }
///
/// impl lamp::QActions for Driver {
///     fn parse_answer(cx: &mut lamp::Context<'_, Self>) -> genlock::HookResult {
///         let Some(answer) = cx.get(params::ANSWER) else { return Ok(()) }; // None: not initialised
///         cx.state.answers += 1;
///         let level: f64 = answer.trim_end_matches('%').parse()?;
///         cx.set(params::LEVEL, level)?;
///         cx.set(params::POWER, if level > 0.0 { Power::On } else { Power::Off })?;
///         if level > 100.0 {
///             cx.log(format_args!("{answer} is too bright"));
///             cx.check_trigger(triggers::ASK_AGAIN)?;
///         }
///         Ok(())
///     }
/// }
/// ```
pub struct Context<'a, P, S> {
    /// The element's state of your own type, the value given to `element`.
    pub state: &'a mut S,
    engine: &'a mut Engine<'static>,
    call: &'a Call,
    protocol: PhantomData<fn() -> P>,
}

impl<P: EntryPoints<S>, S: 'static> Context<'_, P, S> {
    /// The parameter's value; `None` when it is not initialised (PARAM-06).
    ///
    /// A text is a slice of the received message, not a copy. To keep it beyond the hook, keep
    /// `Text::from(text.as_str())`, which does not hold the message's memory.
    pub fn get<T: ParamType>(&self, param: Param<P, T>) -> Option<T> {
        self.engine.value(param.index()).map(T::from_value)
    }

    /// The parameter's raw bytes, as a device would send them (QA-46); `None` when it is not initialised.
    pub fn get_data<T>(&self, param: Param<P, T>) -> Option<Bytes> {
        self.engine.bytes_of(param.index())
    }

    /// Whether the parameter is not initialised.
    pub fn is_empty<T>(&self, param: Param<P, T>) -> bool {
        self.engine.value(param.index()).is_none()
    }

    /// Sets a parameter: always a change event, also for an equal value (PARAM-60).
    ///
    /// # Errors
    /// The value does not fit the parameter, for example a number that is not finite.
    pub fn set<T>(&mut self, param: Param<P, T>, value: impl IntoValue<T>) -> Result<(), HookError> {
        self.set_index(param.index(), value.into_value())
    }

    fn set_index(&mut self, param: ParamIndex, value: Value) -> Result<(), HookError> {
        self.engine.note_step(|| HookStep::Set { param, value: value.clone() });
        let mut hooks = Runner::<P, S>::new(self.state);
        Ok(self.engine.set_explicit(param, value, &mut hooks)?)
    }

    /// The value in memory of its own, for what outlives the hook.
    fn get_detached<T: ParamType>(&self, param: Param<P, T>) -> Option<T> {
        let value = self.engine.value(param.index()).cloned().map(Value::detached);
        value.as_ref().map(T::from_value)
    }

    /// Sets a parameter to a value of the past (QA-45): trends take the time; all else is as with [`set`](Context::set).
    ///
    /// # Errors
    /// The value does not fit the parameter, the parameter has no `historySet="true"`, or `at` is before the time of the
    /// value before it.
    pub fn set_at<T>(&mut self, param: Param<P, T>, value: impl IntoValue<T>, at: SystemTime) -> Result<(), HookError> {
        let since_epoch = at.duration_since(SystemTime::UNIX_EPOCH)?;
        let (param, value) = (param.index(), value.into_value());
        self.engine.note_step(|| HookStep::SetAt { param, value: value.clone(), since_epoch });
        let mut hooks = Runner::<P, S>::new(self.state);
        Ok(self.engine.set_at(param, value, since_epoch, &mut hooks)?)
    }

    /// Sets a parameter if its value is another one (BEY-21). Answers whether it was.
    ///
    /// # Errors
    /// The value does not fit the parameter.
    pub fn set_if_changed<T: ParamType>(
        &mut self,
        param: Param<P, T>,
        value: impl IntoValue<T>,
    ) -> Result<bool, HookError> {
        let value = value.into_value();
        if self.engine.value(param.index()) == Some(&value) {
            return Ok(false);
        }
        self.set_index(param.index(), value)?;
        Ok(true)
    }

    /// Clears a parameter and its stored copy, without a change event (PARAM-192, PARAM-193).
    pub fn clear<T>(&mut self, param: Param<P, T>) {
        self.clear_index(param.index());
    }

    fn clear_index(&mut self, param: ParamIndex) {
        self.engine.note_step(|| HookStep::Clear(param));
        let mut hooks = Runner::<P, S>::new(self.state);
        self.engine.clear_from_hook(param, &mut hooks);
    }

    /// Runs a trigger, whatever its On and Time say (QA-42).
    ///
    /// # Errors
    /// The trigger is on the timeout of a parameter, which CheckTrigger does not run.
    pub fn check_trigger(&mut self, trigger: Trigger<P>) -> Result<(), HookError> {
        self.check_trigger_index(trigger.index())
    }

    fn check_trigger_index(&mut self, trigger: TriggerIndex) -> Result<(), HookError> {
        self.engine.note_step(|| HookStep::CheckTrigger(trigger));
        let mut hooks = Runner::<P, S>::new(self.state);
        Ok(self.engine.check_trigger(trigger, &mut hooks)?)
    }

    /// Closes the connection and opens it again, or opens it at once when it is closed (BEY-03).
    pub fn reconnect(&mut self, connection: Connection<P>) {
        self.engine.note_step(|| HookStep::Reconnect(connection.index()));
        let mut hooks = Runner::<P, S>::new(self.state);
        self.engine.reconnect(connection.index(), &mut hooks);
    }

    /// Sets a parameter to bytes, and nothing else happens: no change event, no trigger, no hook, those who watch the
    /// parameter are not told, and the bytes are not stored over a restart (PARAM-66, SAVE-04). Of a parameter of fixed length, at most that many bytes are taken.
    ///
    /// # Errors
    /// The bytes are no number and the parameter is one, or another parameter holds its length.
    pub fn set_data<T>(&mut self, param: Param<P, T>, bytes: impl Into<Bytes>) -> Result<(), HookError> {
        let (param, bytes) = (param.index(), bytes.into());
        self.engine.note_step(|| HookStep::SetBinary { param, bytes: bytes.clone() });
        Ok(self.engine.set_binary(param, bytes)?)
    }

    /// Writes a line to the element's log, cut at 5120 characters (QA-49): it is an [`Event::Log`](crate::Event::Log),
    /// and goes to `tracing` at level INFO.
    pub fn log(&mut self, line: impl fmt::Display) {
        self.log_as(LogType::Always, -1, line);
    }

    /// Writes a note to the element's stream log, between the messages (QA-41).
    pub fn stream_note(&mut self, note: impl fmt::Display) {
        self.engine.stream_note(&note);
    }

    /// Writes a line of a type and a level to the element's log, if
    /// [`ElementBuilder::log_levels`](crate::ElementBuilder::log_levels) wants it (QA-48). Lines of type
    /// [`LogType::Error`] go to `tracing` at level ERROR, which is where the errors of all elements come together (QA-50).
    pub fn log_as(&mut self, kind: LogType, level: i8, line: impl fmt::Display) {
        self.engine.note_step(|| HookStep::Log { kind, level, line: line.to_string() });
        self.engine.log_from_hook(kind, level, &line);
    }

    /// The body of a hook that is not written yet: says so once in the element's log, and does nothing (QA-25).
    ///
    /// # Errors
    /// None.
    pub fn unhandled(&mut self) -> HookResult {
        self.engine.note_step(|| HookStep::Unhandled(self.call.clone()));
        self.engine.unhandled(self.call);
        Ok(())
    }
}

impl<P, S: fmt::Debug> fmt::Debug for Context<'_, P, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").field("state", &self.state).field("call", self.call).finish_non_exhaustive()
    }
}
