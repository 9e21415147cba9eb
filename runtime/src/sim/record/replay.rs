//! Replaying a record.

use std::io::{self, BufRead};
use std::slice;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use genlock_spec::{OwnedSpec, Spec};
use serde_json::{Map, Value as Json};

use super::format::{Entry, Header, HookRun, LoggedStep};
use super::recorder::refused;
use crate::engine::{Call, Engine, Hooks, Output, Time};
use crate::error::{Error, HookResult};
use crate::sim::hooks::{connection, param, trigger};
use crate::sim::trace::{TraceLine, Tracer};
use crate::unserved;

/// Why a record can't be replayed to its end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReplayError {
    /// The record can't be read.
    #[error("the record can't be read: {0}")]
    Read(#[from] io::Error),
    /// A line is none of a record, or asks for what the connector does not have.
    #[error("line {line} of the record: {reason}")]
    Line {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// The element can't start.
    #[error(transparent)]
    Start(#[from] Error),
    /// The replay does something else than the live run did: the connector file is another one, genlock has another
    /// version, or the connector decides by a secret value, which a record does not have.
    #[error("line {line} of the record: the live run did {live}, the replay does {replayed}")]
    Differs {
        /// The line, from 1.
        line: usize,
        /// What the live run did.
        live: String,
        /// What the replay does in its place.
        replayed: String,
    },
}

/// Runs the connector of `tables` by the record of a live run, which [`ElementBuilder::record`] wrote, and hands every
/// line of the trace to `trace` as it comes. No hook runs: the record has what the hooks did.
///
/// # Errors
/// [`ReplayError`]; the trace up to there has been handed over.
///
/// [`ElementBuilder::record`]: crate::ElementBuilder::record
pub fn replay(tables: &OwnedSpec, record: impl BufRead, mut trace: impl FnMut(TraceLine)) -> Result<(), ReplayError> {
    let spec = tables.view();
    let mut lines = (1..).zip(record.lines());
    let (number, first) = lines.next().ok_or_else(|| wrong(1, "the record is empty"))?;
    let header: Header = serde_json::from_str(&first?).map_err(|error| wrong(number, error.to_string()))?;
    let is_answer = Arc::default();
    let options = header.options(&spec, &is_answer).map_err(|reason| wrong(number, reason))?;
    unserved::refuse(&spec, &header.element)?;
    let mut engine = Engine::new(&spec, options)?;
    engine.set_traced(true);
    let mut replay = Replay { engine, is_answer, tracer: Tracer::default() };
    for (number, line) in lines {
        let entry: Entry = serde_json::from_str(&line?).map_err(|error| wrong(number, error.to_string()))?;
        replay.carry_out(&entry, number, &mut trace)?;
    }
    Ok(())
}

fn wrong(line: usize, reason: impl Into<String>) -> ReplayError {
    ReplayError::Line { line, reason: reason.into() }
}

struct Replay<'s> {
    engine: Engine<'s>,
    /// What the driver's functions say of the message that comes.
    is_answer: Arc<AtomicBool>,
    tracer: Tracer,
}

impl Replay<'_> {
    fn carry_out(&mut self, entry: &Entry, number: usize, trace: &mut dyn FnMut(TraceLine)) -> Result<(), ReplayError> {
        let spec = *self.engine.spec();
        let input = entry.input.read(&spec).map_err(|reason| wrong(number, reason))?;
        let now = Time::after_creation(Duration::from_micros(entry.us));
        let mut hooks = RecordedHooks { runs: entry.runs.iter(), differs: None };
        if let Some(inside) = &entry.inside {
            self.engine.begin_inside(Time::after_creation(Duration::from_micros(inside.us)));
            for step in &inside.steps {
                hooks.step(&mut self.engine, &spec, step).map_err(|error| wrong(number, error.to_string()))?;
            }
        }
        self.is_answer.store(entry.is_answer.unwrap_or(true), Ordering::Relaxed);
        let result = self.engine.handle(input, now, &mut hooks);
        let mut expected = entry.trace.iter();
        loop {
            let output = self.engine.poll();
            if matches!(output, Output::Timeout(_)) {
                break;
            }
            if let Some((what, details)) = self.tracer.line(&spec, &output) {
                trace(TraceLine { at: entry.us / 1000, what, details: details.clone() });
                let replayed = Map::from_iter([(what.to_owned(), details)]);
                compare(number, expected.next(), Some(&replayed))?;
            }
        }
        if let Err(error) = result {
            let replayed = refused(&error);
            let details = replayed.get("error").cloned().unwrap_or_default();
            trace(TraceLine { at: entry.us / 1000, what: "error", details });
            compare(number, expected.next(), Some(&replayed))?;
        }
        compare(number, expected.next(), None)?;
        if let (None, Some(run)) = (&hooks.differs, hooks.runs.next()) {
            hooks.differs = Some((run.to_string(), "nothing".to_owned()));
        }
        match hooks.differs {
            Some((live, replayed)) => Err(ReplayError::Differs { line: number, live, replayed }),
            None => Ok(()),
        }
    }
}

fn compare(
    number: usize,
    live: Option<&Map<String, Json>>,
    replayed: Option<&Map<String, Json>>,
) -> Result<(), ReplayError> {
    let text = |line: Option<&Map<String, Json>>| {
        line.map_or_else(|| "nothing".to_owned(), |line| serde_json::to_string(line).unwrap_or_default())
    };
    // As texts: a number that was written and read again is the same number, though maybe of another kind.
    let (live, replayed) = (text(live), text(replayed));
    if live == replayed { Ok(()) } else { Err(ReplayError::Differs { line: number, live, replayed }) }
}

/// Hooks that do what the live run's hooks did.
struct RecordedHooks<'r> {
    /// Those that have not begun yet, in the order in which they began.
    runs: slice::Iter<'r, HookRun>,
    /// The first run that is another one than in the live run: that one and this one.
    differs: Option<(String, String)>,
}

impl<'s> Hooks<'s> for RecordedHooks<'_> {
    fn run(&mut self, engine: &mut Engine<'s>, call: &Call) -> HookResult {
        let spec = *engine.spec();
        let this = HookRun::new(&spec, call);
        let live = self.runs.next();
        let Some(run) = live.filter(|run| (run.qaction, run.pid) == (this.qaction, this.pid)) else {
            let live = live.map_or_else(|| "nothing".to_owned(), ToString::to_string);
            self.differs.get_or_insert((live, this.to_string()));
            return Ok(());
        };
        for step in &run.steps {
            self.step(engine, &spec, step)?;
        }
        run.fail.as_ref().map_or(Ok(()), |text| Err(text.as_str().into()))
    }
}

impl RecordedHooks<'_> {
    /// An error says what the connector does not have. What the engine refuses, it refused in the live run as well, and
    /// the hook went on as the next step says.
    fn step<'s>(&mut self, engine: &mut Engine<'s>, spec: &Spec<'s>, step: &LoggedStep) -> HookResult {
        match step {
            LoggedStep::Set(set) => {
                let (param, value) = set.read(spec)?;
                let _ = engine.set_explicit(param, value, self);
            }
            LoggedStep::SetAt { set, since_epoch } => {
                let (param, value) = set.read(spec)?;
                let _ = engine.set_at(param, value, *since_epoch, self);
            }
            LoggedStep::SetBinary(set) => {
                let (param, value) = set.read(spec)?;
                let _ = engine.set_binary(param, value.to_bytes());
            }
            LoggedStep::Clear(pid) => engine.clear_from_hook(param(spec, *pid)?, self),
            LoggedStep::CheckTrigger(id) => {
                let _ = engine.check_trigger(trigger(spec, *id)?, self);
            }
            LoggedStep::Reconnect(id) => engine.reconnect(connection(spec, *id)?, self),
            LoggedStep::Log { kind, level, line } => engine.log_from_hook(*kind, *level, line),
            LoggedStep::Message { call, text } => {
                let _ = engine.message_from_hook(&call.read(spec)?, text);
            }
            LoggedStep::Slow { call, took } => engine.slow_hook(&call.read(spec)?, *took),
            LoggedStep::Unhandled(call) => engine.unhandled(&call.read(spec)?),
        }
        Ok(())
    }
}
