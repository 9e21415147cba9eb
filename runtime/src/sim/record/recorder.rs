//! Writing a record.

use std::fmt;
use std::io::{self, Write};

use genlock_spec::Spec;
use serde::Serialize;
use serde_json::{Map, json};

use super::format::{Assignment, Entry, Header, HookRun, LoggedInput, LoggedStep};
use crate::engine::{Call, HookStep, Input, Options, Output, Time};
use crate::error::Error;
use crate::sim::trace::Tracer;

/// Writes down what one engine is told, what hooks do and what comes of it.
pub(crate) struct Recorder {
    out: Box<dyn Write + Send>,
    /// The input that is being handled.
    entry: Option<Entry>,
    /// The hooks that run, innermost last, as positions in the entry's runs.
    running: Vec<usize>,
    tracer: Tracer,
}

impl Recorder {
    /// Begins a record with what the element runs with.
    pub(crate) fn new(out: Box<dyn Write + Send>, spec: &Spec<'_>, options: &Options) -> io::Result<Self> {
        let mut recorder = Self { out, entry: None, running: Vec::new(), tracer: Tracer::default() };
        recorder.write(&Header::new(spec, options))?;
        Ok(recorder)
    }

    /// An input is about to be handed in.
    pub(crate) fn begin(&mut self, spec: &Spec<'_>, input: &Input, now: Time) {
        let us = u64::try_from(now.since_creation().as_micros()).unwrap_or(u64::MAX);
        let input = LoggedInput::new(spec, input);
        self.entry = Some(Entry { us, input, runs: Vec::new(), trace: Vec::new() });
        self.running.clear();
    }

    /// The engine has this output.
    pub(crate) fn output(&mut self, spec: &Spec<'_>, output: &Output) {
        let Some(entry) = &mut self.entry else { return };
        match output {
            Output::Hook(HookStep::Began(call)) => {
                self.running.push(entry.runs.len());
                entry.runs.push(HookRun::new(spec, *call));
                return;
            }
            Output::Hook(HookStep::Ended(error)) => {
                let run = self.running.pop().and_then(|run| entry.runs.get_mut(run));
                if let Some(run) = run {
                    run.fail.clone_from(error);
                }
                return;
            }
            Output::Hook(step) => {
                let run = self.running.last().and_then(|run| entry.runs.get_mut(*run));
                if let (Some(run), Some(step)) = (run, logged(spec, step)) {
                    run.steps.push(step);
                }
                return;
            }
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
    pub(super) fn new(spec: &Spec<'_>, call: Call) -> Self {
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
        HookStep::Log(line) => LoggedStep::Log(line.clone()),
        HookStep::Unhandled => LoggedStep::Unhandled,
        HookStep::Began(_) | HookStep::Ended(_) => return None,
    })
}
