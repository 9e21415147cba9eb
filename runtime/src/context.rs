//! [`Context`]: what a hook can do.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use genlock_spec::ParamIndex;

use crate::engine::{Call, Engine, HookStep, Hooks};
use crate::error::{HookError, HookResult};
use crate::handle::{Connection, Param, Protocol, Trigger};
use crate::value::{IntoValue, ParamType, Value};

/// The entry point of a QAction.
pub type Entry<P, S> = for<'a, 'b> fn(&'a mut Context<'b, P, S>) -> HookResult;

/// The entry points of a protocol, for a user's state `S`. Generated code implements it.
pub trait EntryPoints<S: 'static>: Protocol {
    /// The functions of the `QActions` trait, in the order of the tables.
    const ENTRIES: &'static [Entry<Self, S>];
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
    call: Call,
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

    /// The parameter's raw bytes (QA-46); `None` when it is not initialised.
    pub fn get_data<T>(&self, param: Param<P, T>) -> Option<Bytes> {
        self.engine.value(param.index()).map(Value::to_bytes)
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
        self.set_value(param.index(), value.into_value())
    }

    fn set_value(&mut self, param: ParamIndex, value: Value) -> Result<(), HookError> {
        self.engine.record(|| HookStep::Set { param, value: value.clone() });
        let mut hooks = Runner::<P, S>::new(self.state);
        Ok(self.engine.set_explicit(param, value, &mut hooks)?)
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
        self.set_value(param.index(), value)?;
        Ok(true)
    }

    /// Clears a parameter and its stored copy, without a change event (PARAM-192, PARAM-193).
    pub fn clear<T>(&mut self, param: Param<P, T>) {
        self.engine.record(|| HookStep::Clear(param.index()));
        self.engine.clear_from_hook(param.index());
    }

    /// Runs a trigger, whatever its On and Time say (QA-42).
    ///
    /// # Errors
    /// The trigger is on the timeout of a parameter, which CheckTrigger does not run.
    pub fn check_trigger(&mut self, trigger: Trigger<P>) -> Result<(), HookError> {
        self.engine.record(|| HookStep::CheckTrigger(trigger.index()));
        let mut hooks = Runner::<P, S>::new(self.state);
        Ok(self.engine.check_trigger(trigger.index(), &mut hooks)?)
    }

    /// Closes the connection and opens it again, or opens it at once when it is closed (BEY-03).
    pub fn reconnect(&mut self, connection: Connection<P>) {
        self.engine.record(|| HookStep::Reconnect(connection.index()));
        let mut hooks = Runner::<P, S>::new(self.state);
        self.engine.reconnect(connection.index(), &mut hooks);
    }

    /// The id of the parameter whose event runs this hook (QA-16).
    pub fn trigger_param(&self) -> u32 {
        self.engine.spec().param(self.call.param).pid
    }

    /// The element's name.
    pub fn element_name(&self) -> &str {
        self.engine.name()
    }

    /// Writes a line to the element's log, cut at 5120 characters (QA-49): it is an [`Event::Log`](crate::Event::Log),
    /// and goes to `tracing` at level INFO.
    pub fn log(&mut self, line: impl fmt::Display) {
        self.engine.record(|| HookStep::Log(line.to_string()));
        self.engine.log_from_hook(&line);
    }

    /// The body of a hook that is not written yet: says so once in the element's log, and does nothing (QA-25).
    ///
    /// # Errors
    /// None.
    pub fn unhandled(&mut self) -> HookResult {
        self.engine.record(|| HookStep::Unhandled);
        self.engine.unhandled(self.call);
        Ok(())
    }
}

impl<P, S: fmt::Debug> fmt::Debug for Context<'_, P, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").field("state", &self.state).field("call", &self.call).finish_non_exhaustive()
    }
}

/// Runs a protocol's entry points on the user's state.
pub(crate) struct Runner<'r, P, S> {
    state: &'r mut S,
    protocol: PhantomData<fn() -> P>,
}

impl<'r, P, S> Runner<'r, P, S> {
    pub(crate) fn new(state: &'r mut S) -> Self {
        Self { state, protocol: PhantomData }
    }
}

impl<P: EntryPoints<S>, S: 'static> Hooks<'static> for Runner<'_, P, S> {
    /// A panic ends this run only, like an error (QA-34, REL-64). It unwinds the user's function and nothing of the
    /// engine, because every nested run is caught here as well; with `panic = "abort"` it ends the process.
    fn run(&mut self, engine: &mut Engine<'static>, call: Call) -> HookResult {
        let entry = engine.spec().hook(call.hook).entry as usize;
        let Some(entry) = P::ENTRIES.get(entry) else { return Ok(()) };
        engine.record(|| HookStep::Began(call));
        let mut context = Context { state: &mut *self.state, engine, call, protocol: PhantomData };
        let result = catch_unwind(AssertUnwindSafe(|| entry(&mut context)))
            .unwrap_or_else(|panic| Err(format!("panicked: {}", panic_text(&*panic)).into()));
        engine.record(|| HookStep::Ended(result.as_ref().err().map(ToString::to_string)));
        result
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a value that is no text")
}
