//! Who is told what happens in an element.

use std::collections::BTreeMap;

use genlock_spec::{ConnectionIndex, PairIndex, ParamIndex};
use tokio::sync::{broadcast, watch};

use super::request::Target;
use crate::element::{ConnectionStatus, Observation};
use crate::engine::{Engine, Event, PairPhase, StreamEntry};
use crate::value::Value;

/// How many events a listener may fall behind before it misses some.
const EVENTS: usize = 1024;

/// The watches of an element and the listeners to its events.
#[derive(Debug, Default)]
pub(super) struct Observers {
    params: BTreeMap<ParamIndex, watch::Sender<Observation>>,
    pairs: BTreeMap<PairIndex, watch::Sender<Observation>>,
    connections: BTreeMap<ConnectionIndex, watch::Sender<Observation>>,
    events: Option<broadcast::Sender<Event>>,
    stream: Option<broadcast::Sender<StreamEntry>>,
}

impl Observers {
    /// A new watch, which has the state of now.
    pub(super) fn watch(&mut self, target: Target, engine: &mut Engine<'static>) -> watch::Receiver<Observation> {
        let sender = match target {
            Target::Param(param) => {
                engine.watch_param(param, true);
                let now = || watch::Sender::new(param_now(engine, param));
                self.params.entry(param).or_insert_with(now)
            }
            Target::Pair(pair) => {
                let phase = engine.watch_pair(pair);
                self.pairs.entry(pair).or_insert_with(|| watch::Sender::new(Observation::Pair(phase)))
            }
            Target::Connection(connection) => {
                let now = || watch::Sender::new(connection_now(engine, connection));
                self.connections.entry(connection).or_insert_with(now)
            }
        };
        sender.subscribe()
    }

    pub(super) fn listen(&mut self, engine: &mut Engine<'static>) -> broadcast::Receiver<Event> {
        engine.set_traced(true);
        self.events.get_or_insert_with(|| broadcast::Sender::new(EVENTS)).subscribe()
    }

    pub(super) fn param(&mut self, param: ParamIndex, engine: &mut Engine<'static>) {
        let Some(sender) = self.params.get(&param) else { return };
        if sender.receiver_count() == 0 {
            self.params.remove(&param);
            engine.watch_param(param, false);
            return;
        }
        sender.send_replace(param_now(engine, param));
    }

    pub(super) fn pair(&mut self, pair: PairIndex, phase: PairPhase, engine: &mut Engine<'static>) {
        let Some(sender) = self.pairs.get(&pair) else { return };
        if sender.receiver_count() == 0 {
            self.pairs.remove(&pair);
            engine.forget_pair(pair);
            return;
        }
        sender.send_replace(Observation::Pair(phase));
    }

    pub(super) fn connection(&mut self, connection: ConnectionIndex, engine: &Engine<'static>) {
        let Some(sender) = self.connections.get(&connection) else { return };
        if sender.receiver_count() == 0 {
            self.connections.remove(&connection);
            return;
        }
        sender.send_replace(connection_now(engine, connection));
    }

    /// Tells the listeners. Answers whether there is one.
    pub(super) fn event(&mut self, event: Event) -> bool {
        let heard = self.events.as_ref().is_some_and(|sender| sender.send(event).is_ok());
        if !heard {
            self.events = None;
        }
        heard
    }
}

impl Observers {
    pub(super) fn listen_to_stream(&mut self, engine: &mut Engine<'static>) -> broadcast::Receiver<StreamEntry> {
        engine.set_streamed(true);
        self.stream.get_or_insert_with(|| broadcast::Sender::new(EVENTS)).subscribe()
    }

    pub(super) fn stream(&mut self, entry: StreamEntry, engine: &mut Engine<'static>) {
        let Some(sender) = &self.stream else { return };
        if sender.send(entry).is_err() {
            // Nobody listens any more.
            self.stream = None;
            engine.set_streamed(false);
        }
    }
}

fn param_now(engine: &Engine<'static>, param: ParamIndex) -> Observation {
    // What leaves the engine must not hold a receive buffer.
    Observation::Param(engine.value(param).cloned().map(Value::detached))
}

fn connection_now(engine: &Engine<'static>, connection: ConnectionIndex) -> Observation {
    let (state, reason) = engine.connection_state(connection);
    let opened = engine.times_opened(connection);
    Observation::Connection(ConnectionStatus { state, reason: reason.clone(), opened })
}
