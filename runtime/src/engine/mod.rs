//! The sans-IO engine: all protocol decisions, and nothing else.
//!
//! [`Engine::handle`] takes one [`Input`] and the time; afterwards [`Engine::poll`] is called until it answers
//! [`Output::Timeout`]. The engine reads no clock, no socket and no random source: time is a number handed in,
//! randomness a seed. The rules are those of `docs/reference/runtime.md`; code that implements one names its id.

mod actions;
mod alarms;
mod bits;
mod change;
mod checksums;
mod commands;
mod conditions;
mod connection;
mod contents;
mod correlate;
mod counters;
mod deadline;
pub(crate) mod destination;
mod digits;
mod dispatch;
mod element_information;
mod encoding;
mod entries;
mod event;
mod groups;
pub(crate) mod header_line;
mod http;
mod incoming;
mod inner;
mod input;
mod life;
mod log;
mod login;
mod lookup;
mod matching;
mod measure;
mod message;
mod nesting;
pub(crate) mod opening;
mod options;
mod output;
mod pair_states;
mod pairs;
mod params;
mod pause;
mod qactions;
mod queue;
mod record;
mod redirect;
mod repeats;
mod responses;
mod saving;
mod secrets;
mod shapes;
mod snapshot;
mod stream;
mod time;
mod timers;
mod trends;
mod triggers;
mod waiting;
mod watchdog;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use genlock_spec::{
    CommandIndex, ConnectionIndex, GroupIndex, HookIndex, PairIndex, ParamIndex, ResponseIndex, Spec, Table, TimerIndex,
};

use self::actions::Sleepers;
use self::commands::Made;
use self::conditions::Evaluation;
use self::connection::{Followed, Link};
use self::contents::Replaced;
use self::deadline::Deadlines;
use self::groups::Running;
use self::life::Life;
use self::lookup::Lookup;
use self::nesting::Nesting;
use self::params::Slot;
use self::qactions::RunningEvent;
use self::queue::Queue;
use self::repeats::Repeats;
use self::responses::Trial;
use self::shapes::Shape;
use self::timers::TimerRun;
use self::trends::Trends;
use crate::error::Error;

pub use self::connection::ConnectionState;
pub use self::counters::Counters;
pub use self::event::{ElementState, Event, GroupState, LogLevel, PairOutcome, RequestOutcome, TrendPoint};
pub(crate) use self::http::HttpRequest;
#[cfg(any(feature = "http", feature = "sim", test))]
pub(crate) use self::http::{HttpAnswer, RequestFailure};
pub(crate) use self::input::{HandshakeAnswer, Input, Ticket, Until};
pub(crate) use self::lookup::Side;
pub(crate) use self::measure::Measure;
pub(crate) use self::message::Message;
pub(crate) use self::options::{ConnectionOptions, Options};
pub(crate) use self::output::{Output, PairPhase};
#[cfg(feature = "sim")]
pub(crate) use self::qactions::NewValue;
pub(crate) use self::qactions::{Call, Hooks};
pub(crate) use self::record::HookStep;
pub(crate) use self::responses::Received;
pub use self::responses::Values;
pub use self::snapshot::{Snapshot, SnapshotConnection, SnapshotParam};
pub use self::stream::{Candidate, Mismatch, StreamEntry};
pub(crate) use self::time::Time;
pub use self::trends::TrendWindow;

/// One element: the tables of its connector and everything that changes while it runs.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "five facts that do not exclude each other")]
pub(crate) struct Engine<'s> {
    spec: Spec<'s>,
    options: Options,
    life: Life,
    now: Time,
    params: Table<ParamIndex, Slot>,
    commands: Table<CommandIndex, Made>,
    replaced: Replaced,
    shapes: Table<ResponseIndex, Shape>,
    pairs: Table<PairIndex, pair_states::PairRun>,
    timers: Table<TimerIndex, TimerRun>,
    connections: Table<ConnectionIndex, Link>,
    followed: Followed,
    queue: Queue,
    running: Option<Running>,
    /// Groups that a `force execute` interrupted (QUE-10).
    interrupted: Vec<Running>,
    /// What waits for the end of a `sleep`.
    sleepers: Sleepers,
    /// The waits after pairs that `set next` has changed, by group and position: few, and not asked for without a pair.
    next_waits: BTreeMap<(GroupIndex, usize), u32>,
    deadlines: Deadlines,
    outputs: VecDeque<Output>,
    random: fastrand::Rng,
    counters: Counters,
    /// Whether [`Output::Event`] is wanted; one branch an event when it is not.
    traced: bool,
    /// Whether [`Output::Hook`] is wanted; one branch a step of a hook when it is not.
    recorded: bool,
    /// Whether [`Output::Stream`] is wanted.
    streamed: bool,
    /// Whether [`Output::Measured`] is wanted.
    measured: bool,
    /// The responses that were tried in vain on the message that is being handled; only for the stream log.
    candidates: Vec<Candidate>,
    nesting: Nesting,
    /// The parameters whose QActions are asked for while what runs after startup runs (LIFE-19); none at other times.
    until_operational: Option<Vec<ParamIndex>>,
    repeats: Repeats,
    /// What is being tried.
    candidate: Option<Trial>,
    /// Where the parts of the message lie that a response's parameters take; kept for its memory.
    parts: Vec<matching::Part>,
    /// Whether a received message is being handled, so that values may be slices of it.
    receiving: bool,
    /// Parameters that may hold a slice of the received message; they get memory of their own when it is handled.
    borrowed: Vec<ParamIndex>,
    /// What the evaluation of conditions keeps; for its memory, and for what it has reported.
    evaluation: Evaluation,
    exchanges: u64,
    trends: Trends,
    /// The hooks that were reported to have no function.
    unhandled: Table<HookIndex, bool>,
    /// How many runs of queued QActions are under way.
    queued_running: u32,
    /// The events whose hooks run, innermost last.
    running_events: Vec<RunningEvent>,
    /// The operator whose set is being handled (QA-51).
    user: Option<Arc<str>>,
    lookup: Lookup,
}

impl<'s> Engine<'s> {
    /// An element that has not started: parameters loaded, commands made (LIFE-02, LIFE-09).
    ///
    /// An error says which preset does not fit its parameter.
    pub(crate) fn new(spec: &Spec<'s>, options: Options) -> Result<Self, Error> {
        let mut engine = Self {
            life: Life::Created,
            now: Time::default(),
            params: Table::new(spec.params.len(), |param| Slot::initial(spec, param)),
            commands: Table::new(spec.commands.len(), |_| Made::default()),
            replaced: Replaced::default(),
            shapes: Table::new(spec.responses.len(), |response| Shape::of(spec, response)),
            pairs: Table::new(spec.pairs.len(), |_| pair_states::PairRun::default()),
            timers: Table::new(spec.timers.len(), |_| TimerRun::default()),
            connections: Table::new(spec.connections.len(), |connection| Link::new(spec.connection(connection).kind)),
            followed: Followed::new(spec, &options),
            queue: Queue::default(),
            running: None,
            interrupted: Vec::new(),
            sleepers: Sleepers::default(),
            next_waits: BTreeMap::new(),
            deadlines: Deadlines::default(),
            outputs: VecDeque::new(),
            random: fastrand::Rng::with_seed(options.seed),
            counters: Counters::default(),
            traced: false,
            recorded: false,
            streamed: false,
            measured: false,
            candidates: Vec::new(),
            nesting: Nesting::default(),
            until_operational: None,
            repeats: Repeats::new(spec, &options.every_message),
            candidate: None,
            parts: Vec::new(),
            receiving: false,
            borrowed: Vec::new(),
            evaluation: Evaluation::new(spec),
            exchanges: 0,
            trends: Trends::new(spec, options.trends),
            unhandled: Table::new(spec.hooks.len(), |_| false),
            queued_running: 0,
            running_events: Vec::new(),
            user: None,
            lookup: Lookup::default(),
            spec: *spec,
            options,
        };
        for param in engine.followed.params() {
            engine.params[param].is_involved = true; // BEY-11
        }
        engine.load_params()?;
        engine.make_all();
        Ok(engine)
    }

    /// Takes one input at `now`, runs all that it causes, then what is due at `now`.
    ///
    /// An error says that the input itself can't be carried out; nothing has changed then.
    pub(crate) fn handle(&mut self, input: Input, now: Time, hooks: &mut dyn Hooks<'s>) -> Result<(), Error> {
        let result = self.take(input, now, hooks);
        self.run_due(hooks);
        result
    }

    /// [`Input::Received`] without the way that all inputs go: messages are most of what comes, and to be moved from
    /// hand to hand costs them as much as to be matched.
    #[cfg_attr(not(feature = "tokio"), expect(dead_code, reason = "the simulator is in no hurry"))]
    pub(crate) fn handle_message(&mut self, message: Received, now: Time, hooks: &mut dyn Hooks<'s>) {
        if self.life == Life::Stopped {
            return;
        }
        self.begin_inside(now);
        self.received(message, hooks);
        self.run_queue(hooks);
        self.detach_borrowed();
        self.run_due(hooks);
    }

    fn run_due(&mut self, hooks: &mut dyn Hooks<'s>) {
        while let Some(deadline) = self.deadlines.take_due(self.now) {
            self.run_deadline(deadline, hooks);
            self.run_queue(hooks);
            self.detach_borrowed();
        }
    }

    /// Takes one input at `now` and runs all that it causes; what is due at `now` waits for more inputs of the moment.
    pub(crate) fn take(&mut self, input: Input, now: Time, hooks: &mut dyn Hooks<'s>) -> Result<(), Error> {
        self.now = self.now.max(now);
        self.nesting.begin();
        let result = self.dispatch(input, hooks);
        self.run_queue(hooks);
        self.detach_borrowed();
        result
    }

    /// Begins work from outside at `now`, such as that of a queued hook; [`Input::Tick`] ends it.
    pub(crate) fn begin_inside(&mut self, now: Time) {
        self.now = self.now.max(now);
        self.nesting.begin();
    }

    /// The next thing to do for the outside, [`Output::Timeout`] when there is none.
    #[cfg_attr(not(any(feature = "sim", test)), expect(dead_code, reason = "the shell takes outputs and waits apart"))]
    pub(crate) fn poll(&mut self) -> Output {
        self.next_output().unwrap_or_else(|| Output::Timeout(self.next_deadline()))
    }

    /// The next thing to do for the outside, if there is one.
    pub(crate) fn next_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When the engine has to be called, if nothing happens before.
    pub(crate) fn next_deadline(&self) -> Option<Time> {
        self.deadlines.next()
    }

    /// The tables.
    pub(crate) fn spec(&self) -> &Spec<'s> {
        &self.spec
    }

    /// The element's name.
    pub(crate) fn name(&self) -> &str {
        &self.options.name
    }

    /// The element's name, for what outlives a call.
    pub(crate) fn shared_name(&self) -> Arc<str> {
        Arc::clone(&self.options.name)
    }

    /// What was counted so far.
    pub(crate) fn counters(&self) -> &Counters {
        &self.counters
    }

    /// Turns [`Output::Event`] on or off.
    pub(crate) fn set_traced(&mut self, traced: bool) {
        self.traced = traced;
    }

    fn emit(&mut self, output: Output) {
        self.outputs.push_back(output);
    }

    /// Reports what happens, when somebody wants to know.
    fn event(&mut self, event: impl FnOnce(&Spec<'s>) -> Event) {
        if self.traced {
            let event = event(&self.spec);
            self.emit(Output::Event(event));
        }
    }

    fn stopped(&self) -> Error {
        Error::Stopped { element: self.name().to_owned() }
    }

    /// Why nothing can be sent now.
    fn not_running(&self) -> Error {
        if self.life == Life::Paused { self.paused() } else { self.stopped() }
    }

    /// Gives the parameters that still hold a slice of the received message memory of their own, of exactly their
    /// size: no parameter pins a receive buffer.
    fn detach_borrowed(&mut self) {
        self.receiving = false;
        while let Some(param) = self.borrowed.pop() {
            self.params[param].detach();
        }
    }
}
