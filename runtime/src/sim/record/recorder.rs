//! Writing a record.

use std::fmt;
use std::io::{self, Write};

use genlock_spec::Spec;
use serde::Serialize;
use serde_json::{Map, json};

use super::format::{Assignment, Entry, Header, HookRun, Inside, LoggedCall, LoggedInput, LoggedStep};
use crate::engine::{Call, HookStep, Input, Options, Output, Time};
use crate::error::Error;
use crate::sim::trace::Tracer;
use crate::value::Value;

/// Writes down what one engine is told, what hooks do and what comes of it.
pub(crate) struct Recorder {
    out: Box<dyn Write + Send>,
    /// The input that is being handled.
    entry: Option<Entry>,
    /// What a queued hook does in the element, until the tick that ends it.
    inside: Option<Inside>,
    /// The hooks that run, innermost last, as positions in the entry's runs.
    running: Vec<usize>,
    tracer: Tracer,
}

impl Recorder {
    /// Begins a record with what the element runs with.
    pub(crate) fn new(out: Box<dyn Write + Send>, spec: &Spec<'_>, options: &Options) -> io::Result<Self> {
        let mut recorder = Self { out, entry: None, inside: None, running: Vec::new(), tracer: Tracer::default() };
        recorder.write(&Header::new(spec, options))?;
        Ok(recorder)
    }

    /// An input is about to be handed in.
    pub(crate) fn begin(&mut self, spec: &Spec<'_>, input: &Input, now: Time) {
        let input = LoggedInput::new(spec, input);
        self.entry = Some(Entry {
            us: microseconds(now),
            input,
            inside: self.inside.take(),
            runs: Vec::new(),
            is_answer: None,
            trace: Vec::new(),
        });
        self.running.clear();
    }

    /// A queued hook is about to work in the element; the next input ends it.
    pub(crate) fn begin_inside(&mut self, now: Time) {
        self.inside = Some(Inside { us: microseconds(now), steps: Vec::new() });
    }

    /// The engine has this output.
    pub(crate) fn output(&mut self, spec: &Spec<'_>, output: &Output) {
        let Some(entry) = &mut self.entry else { return };
        match output {
            Output::Hook(HookStep::Began(call)) => {
                self.running.push(entry.runs.len());
                entry.runs.push(HookRun::new(spec, call));
                return;
            }
            Output::Hook(HookStep::Ended(error)) => {
                let run = self.running.pop().and_then(|run| entry.runs.get_mut(run));
                if let Some(run) = run {
                    run.fail.clone_from(error);
                }
                return;
            }
            Output::Hook(HookStep::Correlated(is_answer)) => {
                entry.is_answer = Some(*is_answer);
                return;
            }
            Output::Hook(step) => {
                let steps = match self.running.last() {
                    Some(run) => entry.runs.get_mut(*run).map(|run| &mut run.steps),
                    None => entry.inside.as_mut().map(|inside| &mut inside.steps),
                };
                if let (Some(steps), Some(step)) = (steps, logged(spec, step)) {
                    steps.push(step);
                }
                return;
            }
            // Only for who listens to the stream, which is none of the element's doing.
            Output::Stream(_) => return,
            _ => {}
        }
        if let Some((what, details)) = self.tracer.line(spec, output) {
            entry.trace.push(Map::from_iter([(what.to_owned(), details)]));
        }
    }

    /// The engine has done all that the input causes.
    pub(crate) fn end(&mut self, result: &Result<(), Error>) -> io::Result<()> {
        let Some(mut entry) = self.entry.take() else { return Ok(()) };
        if let Err(error) = result {
            entry.trace.push(refused(error));
        }
        self.write(&entry)
    }

    /// The element has stopped.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn write(&mut self, line: &impl Serialize) -> io::Result<()> {
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
        self.out.write_all(&text) // one call a line, so that a run that is cut off leaves whole lines
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").finish_non_exhaustive()
    }
}

/// What the trace says of an input that the engine refuses.
pub(super) fn refused(error: &Error) -> Map<String, serde_json::Value> {
    Map::from_iter([("error".to_owned(), json!({ "text": error.to_string() }))])
}

impl HookRun {
    pub(super) fn new(spec: &Spec<'_>, call: &Call) -> Self {
        let qaction = spec.qaction(spec.hook(call.hook).qaction).id;
        Self { qaction, pid: spec.param(call.param).pid, steps: Vec::new(), fail: None }
    }
}

impl fmt::Display for HookRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a run of QAction {} by parameter {}", self.qaction, self.pid)
    }
}

fn logged(spec: &Spec<'_>, step: &HookStep) -> Option<LoggedStep> {
    Some(match step {
        HookStep::Set { param, value } => LoggedStep::Set(Assignment::new(spec, *param, value)),
        HookStep::Clear(param) => LoggedStep::Clear(spec.param(*param).pid),
        HookStep::CheckTrigger(trigger) => LoggedStep::CheckTrigger(spec.trigger(*trigger).id),
        HookStep::Reconnect(connection) => LoggedStep::Reconnect(spec.connection(*connection).id),
        HookStep::SetAt { param, value, since_epoch } => {
            LoggedStep::SetAt { set: Assignment::new(spec, *param, value), since_epoch: *since_epoch }
        }
        HookStep::SetBinary { param, bytes } => {
            LoggedStep::SetBinary(Assignment::new(spec, *param, &Value::Bytes(bytes.clone())))
        }
        HookStep::Log { kind, level, line } => LoggedStep::Log { kind: *kind, level: *level, line: line.clone() },
        HookStep::Message { call, text } => {
            LoggedStep::Message { call: LoggedCall::new(spec, call), text: text.clone() }
        }
        HookStep::Slow { call, took } => LoggedStep::Slow { call: LoggedCall::new(spec, call), took: *took },
        HookStep::Unhandled(call) => LoggedStep::Unhandled(LoggedCall::new(spec, call)),
        HookStep::Began(_) | HookStep::Ended(_) | HookStep::Correlated(_) => return None,
    })
}

fn microseconds(time: Time) -> u64 {
    u64::try_from(time.since_creation().as_micros()).unwrap_or(u64::MAX)
}
