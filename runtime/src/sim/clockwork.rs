//! Virtual time around one engine: inputs in, trace out, and a peer that does what a socket does by itself.

use std::collections::BTreeMap;

use bytes::Bytes;
use genlock_spec::{ConnectionIndex, Spec, Table};

use super::beside::Beside;
use super::trace::{self, TraceLine};
use crate::engine::{Engine, Input, Options, Output, Time};
use crate::error::{Error, Reason};

/// One run of an element, from its start to its stop.
pub(super) struct Clockwork<'s> {
    engine: Engine<'s>,
    /// The attempt that is open, or being opened, on each connection.
    attempts: Table<ConnectionIndex, u32>,
    /// The request that waits for an answer: the id of its session, and its number.
    pending: Option<(u32, u64)>,
    /// When the engine wants to be called.
    due: Option<Time>,
    now: u64,
    /// Whether the next message holds a secret.
    is_hidden: bool,
    /// What the element wants to be kept, by pid (SAVE-02).
    pub(super) saved: BTreeMap<u32, Bytes>,
}

impl<'s> Clockwork<'s> {
    pub(super) fn new(spec: &Spec<'s>, options: Options, now: u64) -> Result<Self, Error> {
        let saved = options.saved.iter().cloned().collect();
        let attempts = Table::new(spec.connections.len(), |_| 0);
        let mut engine = Engine::new(spec, options)?;
        engine.set_traced(true);
        Ok(Self { engine, attempts, pending: None, due: None, now, is_hidden: false, saved })
    }

    /// The engine, for what asks it between inputs.
    #[cfg(feature = "tokio")]
    pub(super) fn engine(&self) -> &Engine<'s> {
        &self.engine
    }

    /// The attempt that is in progress, or made the open connection.
    pub(super) fn attempt(&self, connection: ConnectionIndex) -> u32 {
        self.attempts[connection]
    }

    /// The number of the request for whose answer the session with this id waits.
    pub(super) fn pending_request(&self, session: u32) -> Option<u64> {
        self.pending.filter(|(waiting, _)| *waiting == session).map(|(_, number)| number)
    }

    /// Moves to `at`, doing on the way what is due before it.
    pub(super) fn advance(&mut self, at: u64, hooks: &mut dyn Beside<'s>, trace: &mut dyn FnMut(TraceLine)) {
        let target = Time::from_millis(at);
        while let Some(due) = self.due.filter(|due| *due < target) {
            self.run_due_at(due, hooks, trace);
        }
        self.now = self.now.max(at);
    }

    /// Does what is due now.
    pub(super) fn run_due(&mut self, hooks: &mut dyn Beside<'s>, trace: &mut dyn FnMut(TraceLine)) {
        let now = Time::from_millis(self.now);
        while self.due.is_some_and(|due| due <= now) {
            self.run_due_at(now, hooks, trace);
        }
    }

    fn run_due_at(&mut self, due: Time, hooks: &mut dyn Beside<'s>, trace: &mut dyn FnMut(TraceLine)) {
        self.now = u64::try_from(due.since_creation().as_millis()).unwrap_or(u64::MAX);
        // Refused when the element has stopped, which is in the trace.
        let _ = self.engine.handle(Input::Tick, due, hooks);
        self.drain(hooks, trace);
        hooks.run_due(&mut self.engine, due);
        self.drain(hooks, trace);
    }

    /// Hands in one input now.
    pub(super) fn input(
        &mut self,
        input: Input,
        hooks: &mut dyn Beside<'s>,
        trace: &mut dyn FnMut(TraceLine),
    ) -> Result<(), Error> {
        let now = Time::from_millis(self.now);
        let result = self.engine.take(input, now, hooks);
        self.drain(hooks, trace);
        hooks.look_on(&mut self.engine, now);
        self.drain(hooks, trace);
        result
    }

    /// Writes down what the engine did, and answers as a healthy socket and peer do at once: messages are taken, a close
    /// is answered, a ping is answered.
    fn drain(&mut self, hooks: &mut dyn Beside<'s>, trace: &mut dyn FnMut(TraceLine)) {
        loop {
            let output = match self.engine.poll() {
                Output::Timeout(due) => {
                    self.due = due.into_iter().chain(hooks.due()).min();
                    return;
                }
                Output::StartQueued(call) => {
                    hooks.start_queued(&mut self.engine, *call, Time::from_millis(self.now));
                    continue;
                }
                output => output,
            };
            if let Some((what, details)) = trace::line(self.engine.spec(), &output, self.is_hidden) {
                trace(TraceLine { at: self.now, what, details });
            }
            let answer = match output {
                Output::Connect { connection, attempt, .. } => {
                    self.attempts[connection] = attempt;
                    None
                }
                Output::Request { number, index, .. } => {
                    self.pending = Some((self.engine.spec().request(index).session, number));
                    None
                }
                Output::AbandonRequest { .. } => {
                    self.pending = None;
                    None
                }
                Output::Send { connection, .. } => Some(Input::Sent { connection, attempt: self.attempts[connection] }),
                Output::Ping { connection } => Some(Input::Pong { connection, attempt: self.attempts[connection] }),
                Output::Close { connection, code } => {
                    let reason = Reason::ClosedByPeer { code: Some(code), reason: String::new() };
                    Some(Input::Lost { connection, attempt: self.attempts[connection], reason })
                }
                Output::Save { pid, value: Some(value) } => {
                    self.saved.insert(pid, value);
                    None
                }
                Output::Save { pid, value: None } => {
                    self.saved.remove(&pid);
                    None
                }
                Output::Event(event) => {
                    self.is_hidden = trace::is_hidden(&event).unwrap_or(self.is_hidden);
                    None
                }
                _ => None,
            };
            if let Some(answer) = answer {
                let _ = self.engine.take(answer, Time::from_millis(self.now), hooks);
            }
        }
    }
}
