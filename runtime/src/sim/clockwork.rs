//! Virtual time around one engine: inputs in, trace out, and a peer that does what a socket does by itself.

use std::collections::BTreeMap;

use bytes::Bytes;
use genlock_spec::{ConnectionIndex, Spec, Table};

use super::beside::Beside;
use super::peer::{Fault, Peer, Server};
use super::trace::{TraceLine, Tracer};
use crate::engine::{Engine, Input, Options, Output, Time};
use crate::error::Error;

/// One run of an element, from its start to its stop.
pub(super) struct Clockwork<'s> {
    engine: Engine<'s>,
    peers: Table<ConnectionIndex, Peer>,
    /// The request that waits for an answer: the id of its session, and its number.
    pending: Option<(u32, u64)>,
    /// When the engine wants to be called.
    due: Option<Time>,
    now: u64,
    tracer: Tracer,
    /// What the element wants to be kept, by pid (SAVE-02).
    pub(super) saved: BTreeMap<u32, Bytes>,
}

impl<'s> Clockwork<'s> {
    pub(super) fn new(spec: &Spec<'s>, options: Options, now: u64) -> Result<Self, Error> {
        let saved = options.saved.iter().cloned().collect();
        let peers = Table::new(spec.connections.len(), |_| Peer::default());
        let mut engine = Engine::new(spec, options)?;
        engine.set_traced(true);
        Ok(Self { engine, peers, due: None, now, pending: None, tracer: Tracer::default(), saved })
    }

    /// Asks for the stream log.
    pub(super) fn stream(&mut self) {
        self.engine.set_streamed(true);
    }

    /// The engine, for what asks it between inputs.
    pub(super) fn engine(&self) -> &Engine<'s> {
        &self.engine
    }

    /// Turns the trace on or off.
    #[cfg(feature = "tokio")]
    pub(super) fn set_traced(&mut self, traced: bool) {
        self.engine.set_traced(traced);
    }

    /// The attempt that is in progress, or made the open connection.
    pub(super) fn attempt(&self, connection: ConnectionIndex) -> u32 {
        self.peers[connection].attempt
    }

    /// The peers are those of an earlier run of the element.
    pub(super) fn keep_peers(&mut self, earlier: Self) {
        self.peers = earlier.peers;
    }

    /// From now on the server of `connection` answers attempts by itself.
    pub(super) fn serve(&mut self, connection: ConnectionIndex, server: Server) {
        self.peers[connection].serve(server, self.now);
    }

    /// The server of `connection` ends, and listens again after `down` ms. What was open is closed with `code`.
    pub(super) fn restart(
        &mut self,
        connection: ConnectionIndex,
        down: u64,
        code: u16,
        hooks: &mut dyn Beside<'s>,
        trace: &mut dyn FnMut(TraceLine),
    ) {
        let closed = super::peer::closed(connection, self.attempt(connection), Some(code), "");
        self.peers[connection].restart(self.now.saturating_add(down), self.now);
        // Refused when the element has stopped, which is in the trace.
        let _ = self.input(closed, hooks, trace);
    }

    /// Something goes wrong on `connection`.
    pub(super) fn fault(
        &mut self,
        connection: ConnectionIndex,
        fault: Fault,
        hooks: &mut dyn Beside<'s>,
        trace: &mut dyn FnMut(TraceLine),
    ) {
        let (state, _) = self.engine.connection_state(connection);
        for input in self.peers[connection].fault(fault, connection, state) {
            let _ = self.input(input, hooks, trace);
        }
    }

    /// When the engine or a peer has something to do.
    fn due(&self) -> Option<Time> {
        let answers = self.peers.iter().filter_map(|(_, peer)| peer.due().map(Time::from_millis));
        answers.chain(self.due).min()
    }

    /// The number of the request for whose answer the session with this id waits.
    pub(super) fn pending_request(&self, session: u32) -> Option<u64> {
        self.pending.filter(|(waiting, _)| *waiting == session).map(|(_, number)| number)
    }

    /// Moves to `at`, doing on the way what is due before it.
    pub(super) fn advance(&mut self, at: u64, hooks: &mut dyn Beside<'s>, trace: &mut dyn FnMut(TraceLine)) {
        let target = Time::from_millis(at);
        while let Some(due) = self.due().filter(|due| *due < target) {
            self.run_due_at(due, hooks, trace);
        }
        self.now = self.now.max(at);
    }

    /// Does what is due now.
    pub(super) fn run_due(&mut self, hooks: &mut dyn Beside<'s>, trace: &mut dyn FnMut(TraceLine)) {
        let now = Time::from_millis(self.now);
        while self.due().is_some_and(|due| due <= now) {
            self.run_due_at(now, hooks, trace);
        }
    }

    /// Like the lines of a script, what peers do at a moment comes before what the engine has to do then.
    fn run_due_at(&mut self, due: Time, hooks: &mut dyn Beside<'s>, trace: &mut dyn FnMut(TraceLine)) {
        self.now = u64::try_from(due.since_creation().as_millis()).unwrap_or(u64::MAX);
        for connection in self.peers.indices() {
            if let Some(answer) = self.peers[connection].answer(connection, self.now) {
                let _ = self.input(answer, hooks, trace);
            }
        }
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

    /// Writes down what the engine did, and answers as the peers do at once.
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
            if let Some((what, details)) = self.tracer.line(self.engine.spec(), &output) {
                trace(TraceLine { at: self.now, what, details });
            }
            match &output {
                Output::Request { number, index, .. } => {
                    self.pending = Some((self.engine.spec().request(*index).session, *number));
                }
                Output::AbandonRequest { .. } => self.pending = None,
                Output::Save { pid, value: Some(value) } => {
                    self.saved.insert(*pid, value.clone());
                }
                Output::Save { pid, value: None } => {
                    self.saved.remove(pid);
                }
                _ => {}
            }
            let answer = connection_of(&output).and_then(|connection| self.peers[connection].output(&output, self.now));
            if let Some(answer) = answer {
                let _ = self.engine.take(answer, Time::from_millis(self.now), hooks);
            }
        }
    }
}

/// The connection whose socket an output is for.
fn connection_of(output: &Output) -> Option<ConnectionIndex> {
    match output {
        Output::Connect { connection, .. }
        | Output::Send { connection, .. }
        | Output::Ping { connection }
        | Output::Close { connection, .. }
        | Output::Abort { connection } => Some(*connection),
        _ => None,
    }
}
