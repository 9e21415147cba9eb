//! QActions: the hooks that change events run.

use std::sync::Arc;
use std::time::Duration;

use genlock_spec::{HookIndex, ParamIndex, QAction};

use super::Engine;
use super::event::{Event, LogLevel};
use super::log::About;
use super::output::Output;
use crate::error::{Error, HookResult};
use crate::settings::LogType;
use crate::value::Value;

/// A longer line of a hook's log is cut, in characters (QA-49).
const LOG_LIMIT: usize = 5120;
/// So many runs of queued QActions may be under way: a device that talks faster than they work must not pile them up.
const QUEUED_LIMIT: u32 = 1000;

/// One run of a hook: which one, and what it is told.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    /// The entry point.
    pub(crate) hook: HookIndex,
    /// The parameter whose event it is (QA-16).
    pub(crate) param: ParamIndex,
    /// The parameter's value before the event; `None` also for `run actions` (QA-16).
    pub(crate) old: Option<Value>,
    /// The value that the event is about.
    pub(crate) new: NewValue,
    /// What `inputParameters` held when the run began (QA-20).
    pub(crate) inputs: Vec<Option<Value>>,
    /// Whether an operator's set is the cause, and no other event in between (QA-53).
    pub(crate) by_operator: bool,
    /// The operator's name (QA-51); none for causes inside, and for sets without a name.
    pub(crate) user: Option<Arc<str>>,
}

/// The value that an event is about (QA-16).
#[derive(Clone, Debug)]
pub(crate) enum NewValue {
    /// It is the parameter's, or the engine has kept it: see [`Engine::new_value`]. Few hooks ask for it, and each message
    /// is an event, so that none is copied for those that don't.
    Held,
    /// A copy, for what does not run inside the event.
    Copied(Option<Value>),
}

/// An event whose hooks run.
#[derive(Debug)]
pub(super) struct RunningEvent {
    param: ParamIndex,
    /// The value that it is about; a copy once the parameter has another one.
    new: NewValue,
}

impl Call {
    /// Who set what runs the hook; empty for causes inside (QA-51).
    pub(crate) fn user(&self) -> &str {
        self.user.as_deref().unwrap_or_default()
    }
}

/// What runs the hooks of a parameter.
#[derive(Debug, Default)]
pub(super) struct Cause {
    /// The value before the event.
    pub(super) old: Option<Value>,
    /// Whether there is an event: `run actions` is none.
    pub(super) is_event: bool,
    pub(super) by_operator: bool,
}

/// The user's hooks, as the engine sees them. They may call back into the engine, which runs nested hooks (QA-32).
pub(crate) trait Hooks<'s> {
    /// Runs one hook to its end (QA-30).
    fn run(&mut self, engine: &mut Engine<'s>, call: &Call) -> HookResult;
}

impl<'s> Engine<'s> {
    /// Runs the hooks of a parameter in document order (QA-03, QA-04).
    pub(super) fn run_qactions(&mut self, param: ParamIndex, cause: Cause, hooks: &mut dyn Hooks<'s>) {
        let to_run = self.spec.list(self.spec.param(param).hooks);
        let Some(hook) = to_run.clone().next() else { return };
        let Cause { old, is_event, by_operator } = cause;
        let new = if is_event { NewValue::Held } else { NewValue::Copied(None) };
        self.running_events.push(RunningEvent { param, new: new.clone() });
        // One for all of them: they differ in what they are given.
        let mut call = Call {
            hook,
            param,
            old,
            new,
            inputs: Vec::new(),
            by_operator,
            user: if by_operator { self.user.clone() } else { None },
        };
        for hook in to_run {
            let qaction = self.spec.qaction(self.spec.hook(hook).qaction);
            if !self.holds(qaction.condition, "QAction", qaction.id) {
                continue; // QA-05, ACT-83
            }
            (call.hook, call.inputs) = (hook, self.inputs_of(qaction));
            if qaction.queued {
                self.start_queued(self.copied(&call));
                continue;
            }
            self.tell_run(&call);
            if let Err(error) = hooks.run(self, &call) {
                self.run_failed(&call, &error.to_string());
            }
        }
        self.running_events.pop();
    }

    /// The value that the event of a run is about, whatever has become of the parameter since (QA-16).
    pub(crate) fn new_value<'a>(&'a self, call: &'a Call) -> Option<&'a Value> {
        // The hook that asks is the innermost one.
        match (&call.new, self.running_events.last().map(|event| &event.new)) {
            (NewValue::Copied(value), _) | (NewValue::Held, Some(NewValue::Copied(value))) => value.as_ref(),
            (NewValue::Held, _) => self.value(call.param),
        }
    }

    /// The run with all that it knows, for what runs later.
    fn copied(&self, call: &Call) -> Call {
        Call { new: NewValue::Copied(self.new_value(call).cloned()), ..call.clone() }
    }

    /// Keeps the value that a parameter loses for the hooks that run because of it.
    pub(super) fn keep_new_value(&mut self, param: ParamIndex, lost: Option<Value>) {
        // There is one at most: the event of a later value begins with the loss of the one before.
        let holds = |event: &&mut RunningEvent| event.param == param && matches!(event.new, NewValue::Held);
        if let Some(event) = self.running_events.iter_mut().rfind(holds) {
            event.new = NewValue::Copied(lost);
        }
    }

    /// QA-22: the run begins in its turn, beside the element; nobody waits for it. It is an output, so it cannot begin
    /// while another QAction runs.
    fn start_queued(&mut self, mut call: Call) {
        let (id, pid) = self.ids_of(&call);
        if self.queued_running >= QUEUED_LIMIT {
            self.counters.queued_dropped += 1;
            self.log_about(About::hook(id, pid).rule("QA-22"), LogLevel::Error, |_| {
                format!("QAction {id}, run by parameter {pid}: {QUEUED_LIMIT} queued runs are under way; this one is dropped")
            });
            return;
        }
        self.queued_running += 1;
        // What leaves the engine must not hold a receive buffer.
        let new = if let NewValue::Copied(new) = &mut call.new { new.as_mut() } else { None };
        call.inputs.iter_mut().flatten().chain(&mut call.old).chain(new).for_each(Value::detach);
        self.tell_run(&call);
        self.emit(Output::StartQueued(Box::new(call)));
    }

    /// A run of a queued QAction is over.
    pub(super) fn queued_ended(&mut self, call: &Call, error: Option<&str>) {
        self.queued_running = self.queued_running.saturating_sub(1);
        if let Some(error) = error {
            self.run_failed(call, error);
        }
    }

    /// QA-34: the run ends, what triggered it goes on.
    fn run_failed(&mut self, call: &Call, error: &str) {
        let (id, pid) = self.ids_of(call);
        self.counters.hook_failures += 1;
        let about = About::hook(id, pid).rule("QA-34");
        self.log_about(about, LogLevel::Error, |_| format!("QAction {id}, run by parameter {pid}: {error}"));
        self.event(|_| Event::QActionFailed { id, pid, error: error.to_owned() });
    }

    /// BEY-33: the element stood still as long as the hook ran.
    #[cfg_attr(not(any(feature = "tokio", feature = "sim")), expect(dead_code, reason = "only the shell has a clock"))]
    pub(crate) fn slow_hook(&mut self, call: &Call, took: Duration) {
        let (id, pid) = self.ids_of(call);
        self.counters.slow_hooks += 1;
        self.log_about(About::hook(id, pid).rule("BEY-33"), LogLevel::Warning, |_| {
            let took = took.as_millis();
            format!(
                "QAction {id}, run by parameter {pid}, held the element for {took} ms; make it `queued`, or hand its work on"
            )
        });
    }

    fn tell_run(&mut self, call: &Call) {
        if self.traced {
            let (id, pid) = self.ids_of(call);
            let params = self.spec.list(self.qaction_of(call).inputs);
            let shown = |(param, value): (ParamIndex, &Option<Value>)| {
                value.clone().filter(|_| !self.is_secret(param)).map(Value::detached)
            };
            let inputs = params.zip(&call.inputs).map(shown).collect();
            self.emit(Output::Event(Event::QAction { id, pid, inputs }));
        }
    }

    /// The snapshots of the parameters that a QAction is given, in their order (QA-20); bytes with option `binary`
    /// (QA-21).
    fn inputs_of(&self, qaction: &QAction) -> Vec<Option<Value>> {
        if qaction.inputs.is_empty() {
            return Vec::new(); // nothing is allocated
        }
        let input = |param| {
            if qaction.binary { self.bytes_of(param).map(Value::Bytes) } else { self.value(param).cloned() }
        };
        self.spec.list(qaction.inputs).map(input).collect()
    }

    pub(crate) fn qaction_of(&self, call: &Call) -> &'s QAction {
        self.spec.qaction(self.spec.hook(call.hook).qaction)
    }

    /// The ids of the QAction and of the parameter that runs it.
    fn ids_of(&self, call: &Call) -> (u32, u32) {
        (self.qaction_of(call).id, self.spec.param(call.param).pid)
    }

    /// Says once that a hook has no function of its own (QA-25).
    pub(crate) fn unhandled(&mut self, call: &Call) {
        if !std::mem::replace(&mut self.unhandled[call.hook], true) {
            let (id, pid) = self.ids_of(call);
            self.log_about(About::hook(id, pid).rule("QA-25"), LogLevel::Warning, |_| {
                format!("QAction {id}, run by parameter {pid}, has no function; it does nothing")
            });
        }
    }

    /// Writes a line of a hook to the element's log, if lines of its type and level are wanted (QA-48).
    pub(crate) fn log_from_hook(&mut self, kind: LogType, level: i8, line: &dyn std::fmt::Display) {
        if self.options.log_levels.shows(kind, level) {
            let level = match kind {
                LogType::Error => LogLevel::Error,
                LogType::Debug => LogLevel::Debug,
                LogType::Information | LogType::Always => LogLevel::Information,
            };
            self.log_about(About::line_of_hook(), level, |_| cut(line.to_string()));
        }
    }

    /// A message to the operator whose set runs the hook (QA-53).
    pub(crate) fn message_from_hook(&mut self, call: &Call, text: &str) -> Result<(), Error> {
        if !call.by_operator {
            return Err(Error::NoOperator { qaction: self.qaction_of(call).id });
        }
        self.event(|_| Event::Message { user: call.user().to_owned(), text: text.to_owned() });
        Ok(())
    }
}

fn cut(mut line: String) -> String {
    if let Some((end, _)) = line.char_indices().nth(LOG_LIMIT) {
        line.truncate(end);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn qa_49_log_lines_are_cut_at_5120_characters() {
        assert_eq!(cut("é".repeat(6000)), "é".repeat(5120));
        assert_eq!(cut("short".to_owned()), "short");
    }
}
