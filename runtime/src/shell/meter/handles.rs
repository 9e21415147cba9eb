//! The counters, gauges and histograms of one element.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use ::metrics::{Counter, Gauge, Histogram, Label, counter, gauge, histogram};
use genlock_spec::{AlarmLevel, ConnectionIndex, ConnectionKind, PairIndex, Spec, Table};

use crate::element::AlarmCounts;
use crate::engine::{ConnectionState, ElementState, Engine, Measure};
use crate::metrics::{DROPS, Told, name};

/// What an element counts with. All that every message needs is asked for at the start; what is counted by pair and by
/// hook, when it first happens, so that an element that never sends a pair has no series of it.
pub(super) struct Handles {
    element: Arc<str>,
    up: Gauge,
    queue: Gauge,
    queue_length: usize,
    /// None for what is virtual or carries HTTP requests: it is never open, and an alarm on it would be a false one.
    connections: Table<ConnectionIndex, Option<Connection>>,
    pairs: BTreeMap<PairIndex, Pair>,
    hooks: BTreeMap<u32, Histogram>,
    alarms: AlarmCounts,
    /// What has been told of the engine's counters.
    told: Told,
}

struct Connection {
    labels: Vec<Label>,
    up: Gauge,
    received: Flow,
    sent: Flow,
    /// The bytes of the message that is on its way.
    sending: usize,
    /// Why the connection is down; none before it was first open.
    down: Option<&'static str>,
    /// A close of ours is counted when it begins.
    closing: bool,
    opened: bool,
}

/// Messages of one direction.
struct Flow {
    messages: Counter,
    bytes: Counter,
}

struct Pair {
    labels: Vec<Label>,
    seconds: Histogram,
}

impl Handles {
    pub(super) fn new(engine: &Engine<'static>) -> Self {
        let (element, spec) = (engine.shared_name(), engine.spec());
        let labels = vec![label("element", &element)];
        Self {
            up: gauge!(name::ELEMENT_UP, labels.clone()),
            queue: gauge!(name::QUEUE_LENGTH, labels),
            queue_length: 0,
            connections: Table::new(spec.connections.len(), |connection| {
                let is_socket = spec.connection(connection).kind == ConnectionKind::WebSocket;
                is_socket.then(|| Connection::new(&element, spec, connection))
            }),
            pairs: BTreeMap::new(),
            hooks: BTreeMap::new(),
            alarms: AlarmCounts::default(),
            told: Told::default(),
            element,
        }
    }

    pub(super) fn received(&mut self, connection: ConnectionIndex, bytes: usize) {
        if let Some(connection) = &self.connections[connection] {
            connection.received.count(bytes);
        }
    }

    pub(super) fn sending(&mut self, connection: ConnectionIndex, bytes: usize) {
        if let Some(connection) = &mut self.connections[connection] {
            connection.sending = bytes;
        }
    }

    pub(super) fn sent(&mut self, connection: ConnectionIndex) {
        if let Some(connection) = &self.connections[connection] {
            connection.sent.count(connection.sending);
        }
    }

    pub(super) fn element(&mut self, state: ElementState) {
        self.up.set(f64::from(u8::from(state == ElementState::Active)));
    }

    pub(super) fn alarm(&mut self, from: AlarmLevel, to: AlarmLevel) {
        self.alarms.moved(from, to);
        for (level, count) in self.alarms.iter().filter(|(level, _)| *level == from || *level == to) {
            self.level(level).set(count);
        }
    }

    fn level(&self, level: AlarmLevel) -> Gauge {
        let level = Label::from_static_parts("level", level.word());
        gauge!(name::ALARMS, vec![label("element", &self.element), level])
    }

    pub(super) fn measured(&mut self, measure: &Measure, engine: &Engine<'static>) {
        let spec = engine.spec();
        match *measure {
            Measure::Connection { connection, state, cause } => {
                if let Some(connection) = &mut self.connections[connection] {
                    connection.is(state, cause);
                }
            }
            Measure::Pair { pair, outcome, took } => {
                let element = &self.element;
                let pair = self.pairs.entry(pair).or_insert_with(|| Pair::new(element, spec, pair));
                counter!(name::PAIRS, with(&pair.labels, "outcome", outcome)).increment(1);
                if let Some(took) = took {
                    pair.seconds.record(took);
                }
            }
            Measure::Hook { id, took } => {
                let element = &self.element;
                let seconds = self.hooks.entry(id).or_insert_with(|| hook(element, spec, id));
                seconds.record(took);
            }
        }
    }

    pub(super) fn settle(&mut self, engine: &Engine<'static>) {
        let length = engine.queue_length();
        if length != self.queue_length {
            self.queue_length = length;
            // No queue is so long that it matters: it takes 10,000 entries.
            self.queue.set(u32::try_from(length).unwrap_or(u32::MAX));
        }
        let (now, told) = (Told::of(engine.counters()), self.told);
        if now != told {
            self.told = now;
            self.tell(&now, &told);
        }
    }

    fn tell(&self, now: &Told, told: &Told) {
        let labels = vec![label("element", &self.element)];
        for ((cause, now), told) in DROPS.into_iter().zip(now.drops).zip(told.drops) {
            add(now - told, || counter!(name::DROPPED, with(&labels, "cause", cause)));
        }
        add(now.requests - told.requests, || counter!(name::REQUESTS, labels.clone()));
        add(now.failed_requests - told.failed_requests, || counter!(name::FAILED_REQUESTS, labels.clone()));
        add(now.hook_failures - told.hook_failures, || counter!(name::HOOK_FAILURES, labels.clone()));
        add(now.slow_hooks - told.slow_hooks, || counter!(name::SLOW_HOOKS, labels.clone()));
    }
}

impl Connection {
    fn new(element: &Arc<str>, spec: &Spec<'static>, connection: ConnectionIndex) -> Self {
        let name = spec.text(spec.connection(connection).name);
        let labels = vec![label("element", element), Label::from_static_parts("connection", name)];
        Self {
            up: gauge!(name::CONNECTION_UP, labels.clone()),
            received: Flow::new(&labels, "in"),
            sent: Flow::new(&labels, "out"),
            sending: 0,
            down: None,
            closing: false,
            opened: false,
            labels,
        }
    }

    /// The connection's state is another one. It changes rarely, so what is counted by cause is looked up.
    fn is(&mut self, state: ConnectionState, cause: &'static str) {
        let was_closing = std::mem::take(&mut self.closing);
        self.up.set(f64::from(u8::from(state == ConnectionState::Open)));
        match state {
            ConnectionState::Open => {
                counter!(name::OPENED, self.labels.clone()).increment(1);
                if std::mem::replace(&mut self.opened, true) {
                    let cause = self.down.unwrap_or(cause);
                    counter!(name::RECONNECTS, with(&self.labels, "cause", cause)).increment(1);
                }
            }
            ConnectionState::Closing => {
                self.closing = true;
                self.is_down(cause);
            }
            ConnectionState::Backoff { .. } | ConnectionState::Idle if !was_closing => self.is_down(cause),
            ConnectionState::Connecting { .. }
            | ConnectionState::Backoff { .. }
            | ConnectionState::Idle
            | ConnectionState::Stopped => {}
        }
    }

    fn is_down(&mut self, cause: &'static str) {
        self.down = Some(cause);
        counter!(name::DOWN, with(&self.labels, "cause", cause)).increment(1);
    }
}

impl Flow {
    fn new(labels: &[Label], direction: &'static str) -> Self {
        let labels = with(labels, "direction", direction);
        Self { messages: counter!(name::MESSAGES, labels.clone()), bytes: counter!(name::BYTES, labels) }
    }

    fn count(&self, bytes: usize) {
        self.messages.increment(1);
        self.bytes.increment(bytes as u64);
    }
}

impl Pair {
    fn new(element: &Arc<str>, spec: &Spec<'static>, pair: PairIndex) -> Self {
        let name = spec.text(spec.pair(pair).name);
        let labels = vec![label("element", element), Label::from_static_parts("pair", name)];
        Self { seconds: histogram!(name::PAIR_SECONDS, labels.clone()), labels }
    }
}

fn hook(element: &Arc<str>, spec: &Spec<'static>, id: u32) -> Histogram {
    let row = spec.qactions.iter().find(|row| row.id == id);
    let name = row.map_or("", |row| spec.text(row.name));
    histogram!(name::HOOK_SECONDS, vec![label("element", element), Label::from_static_parts("qaction", name)])
}

fn label(key: &'static str, value: &Arc<str>) -> Label {
    Label::new(key, Arc::clone(value))
}

fn with(labels: &[Label], key: &'static str, value: &'static str) -> Vec<Label> {
    let more = Label::from_static_parts(key, value);
    labels.iter().cloned().chain([more]).collect()
}

/// What never happens has no series.
fn add(count: u64, counter: impl FnOnce() -> Counter) {
    if count > 0 {
        counter().increment(count);
    }
}

/// An element that is gone is at none of its levels, has no open connection and no queue.
impl Drop for Handles {
    fn drop(&mut self) {
        self.up.set(0.0);
        self.queue.set(0.0);
        for connection in self.connections.iter().filter_map(|(_, connection)| connection.as_ref()) {
            connection.up.set(0.0);
        }
        for (level, _) in self.alarms.iter().filter(|(_, count)| *count > 0) {
            self.level(level).set(0.0);
        }
    }
}

impl fmt::Debug for Handles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handles").field("element", &self.element).finish_non_exhaustive()
    }
}
