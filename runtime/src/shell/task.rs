//! The task of one element: it hands the engine what happens, and does what the engine asks for.

mod serving;

use std::collections::BTreeMap;
use std::future::{Future, poll_fn};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use genlock_spec::{ConnectionIndex, MessageType};
use tokio::runtime::Handle;
use tokio::sync::{broadcast, mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::{Sleep, sleep_until, timeout};
use tracing::span::EnteredSpan;
use tracing::{Instrument as _, Span};

use super::clock::Clock;
use super::link::Happened;
use super::meter::Meter;
use super::observers::Observers;
use super::recording::Recording;
use super::request::Request;
use super::status::{Status, StatusKeeper};
use super::{Requester, Wires};
use crate::context::{EntryPoints, Mailbox, QueuedRun, Runner};
use crate::engine::{Call, Engine, Event, Input, Message, Output, Received, Ticket, Time, Values};
use crate::error::Error;
use crate::store::Store;

/// After this many turns without a look at them, requests, the deadline and the mailbox come first: neither a flood nor
/// many callers may hold up answers over HTTP, callers, or what is due. In a quiet element the sockets come first always,
/// so that a pong which waits is seen before its deadline (BEY-09), whatever has held up the element.
const FAIR_TURN: u32 = 32;
/// How long queued hooks may go on once their element has stopped: time enough to be told so by a call, and to end.
const RUNS_AFTER_STOP: Duration = Duration::from_secs(10);

/// One element at work.
pub(crate) struct Task<P, S> {
    engine: Engine<'static>,
    state: S,
    clock: Clock,
    wires: Wires,
    store: Option<Box<dyn Store>>,
    requests: mpsc::Receiver<Request>,
    mailbox: Mailbox,
    runtime: Handle,
    /// The queued hooks under way; dropped, they end.
    runs: JoinSet<()>,
    tickets: BTreeMap<Ticket, oneshot::Sender<Result<Values, Error>>>,
    next_ticket: Ticket,
    observers: Observers,
    /// What happens in the element happens in this span of `tracing`; one branch while nobody asks for it.
    span: Span,
    status: StatusKeeper,
    meter: Meter,
    recording: Recording,
    stopping: Vec<oneshot::Sender<()>>,
    stopped: bool,
    abandoned: bool,
    /// When the engine wants to be called.
    deadline: Option<Time>,
    sleep: Pin<Box<Sleep>>,
    /// Counts on for ever; says which connection comes first.
    turn: u32,
    /// Turns since the deadline was looked at.
    passed_over: u32,
    protocol: PhantomData<fn() -> P>,
}

impl<P: EntryPoints<S>, S: Send + 'static> Task<P, S> {
    pub(super) fn new(
        mut engine: Engine<'static>,
        state: S,
        wires: Wires,
        store: Option<Box<dyn Store>>,
        (mailbox, requests): (Mailbox, mpsc::Receiver<Request>),
        runtime: Handle,
    ) -> Self {
        let clock = Clock::new();
        Self {
            span: tracing::info_span!(
                target: "genlock::element",
                "element",
                element = engine.name(),
                connector = engine.spec().text(engine.spec().name),
            ),
            status: StatusKeeper::new(&engine),
            meter: Meter::new(&mut engine),
            engine,
            state,
            wires,
            sleep: Box::pin(sleep_until(clock.at(Time::default()))),
            clock,
            store,
            requests,
            mailbox,
            runtime,
            runs: JoinSet::new(),
            tickets: BTreeMap::new(),
            next_ticket: 0,
            observers: Observers::default(),
            recording: Recording::default(),
            stopping: Vec::new(),
            stopped: false,
            abandoned: false,
            deadline: None,
            turn: 0,
            passed_over: 0,
            protocol: PhantomData,
        }
    }

    /// A listener to all events from now on.
    pub(crate) fn listen(&mut self) -> broadcast::Receiver<Event> {
        self.observers.listen(&mut self.engine)
    }

    /// The element's state, to be looked at without asking the element.
    pub(super) fn status(&self) -> Status {
        self.status.status()
    }

    /// Writes down the run, from its start on.
    #[cfg(feature = "sim")]
    pub(crate) fn record(&mut self, recorder: crate::sim::Recorder) {
        self.engine.set_traced(true);
        self.recording.start(recorder, &mut self.engine);
    }

    /// Starts the engine, then runs beside the caller.
    pub(crate) fn launch(mut self) {
        // Input::Start can't be refused: nothing was handed in before it.
        let span = self.span.clone();
        span.in_scope(|| {
            let _ = self.handle(Input::Start);
        });
        let runtime = self.runtime.clone();
        // A box that is polled; an async function would hold the task twice, once as its argument.
        let mut task = Box::new(self);
        runtime.spawn(poll_fn(move |cx| task.poll_run(cx)));
    }

    /// Runs until the element has stopped.
    fn poll_run(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while !self.stopped {
            ready!(self.poll_next(cx));
        }
        for reply in self.stopping.drain(..) {
            // Whoever asked may have gone.
            let _ = reply.send(());
        }
        let mut runs = std::mem::take(&mut self.runs);
        if !runs.is_empty() {
            // What still runs then waits for something that does not come, and would stay for ever (QA-56).
            self.runtime.spawn(async move {
                let _ = timeout(RUNS_AFTER_STOP, async { while runs.join_next().await.is_some() {} }).await;
            });
        }
        // All else that the element holds is released now, whatever its hooks wait for (LIFE-34).
        Poll::Ready(())
    }

    /// Handles the next thing that happens.
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.turn = self.turn.wrapping_add(1);
        self.passed_over += 1;
        if self.passed_over >= FAIR_TURN
            && (self.poll_requesters(cx).is_ready()
                || self.poll_deadline(cx).is_ready()
                || self.poll_mailbox(cx).is_ready())
        {
            return Poll::Ready(());
        }
        // Every turn begins with another connection: a flood on one must not silence the others.
        let count = self.wires.links.indices().len() as u32;
        let first = if count > 1 { self.turn % count } else { 0 };
        for connection in (first..count).chain(0..first).map(ConnectionIndex) {
            if let Poll::Ready(happened) = self.wires.links[connection].poll(cx) {
                // The connection's span lies in the element's.
                let _inside = entered(self.wires.links[connection].span());
                self.happened(connection, happened);
                return Poll::Ready(());
            }
        }
        if self.poll_requesters(cx).is_ready() {
            return Poll::Ready(());
        }
        self.clock.expire();
        if self.poll_mailbox(cx).is_ready() {
            return Poll::Ready(());
        }
        self.poll_deadline(cx)
    }

    /// What came of an HTTP request, which makes its way only while it is polled.
    fn poll_requesters(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        for (_, requester) in &mut self.wires.requesters {
            if let Poll::Ready(input) = requester.poll(cx) {
                let _inside = entered(&self.span);
                let _ = self.handle(input);
                return Poll::Ready(());
            }
        }
        Poll::Pending
    }

    fn poll_deadline(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.passed_over = 0;
        let Some(deadline) = self.deadline else { return Poll::Pending };
        let at = self.clock.at(deadline);
        if self.sleep.deadline() != at {
            self.sleep.as_mut().reset(at);
        }
        ready!(self.sleep.as_mut().poll(cx));
        self.clock.expire();
        let _inside = entered(&self.span);
        let _ = self.handle(Input::Tick);
        Poll::Ready(())
    }

    fn poll_mailbox(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.abandoned {
            return Poll::Pending;
        }
        let request = ready!(self.requests.poll_recv(cx));
        self.clock.expire();
        let _inside = entered(&self.span);
        if let Some(request) = request {
            self.serve(request);
        } else {
            // The last handle of the element was dropped.
            self.abandoned = true;
            let _ = self.handle(Input::Stop);
        }
        Poll::Ready(())
    }

    fn happened(&mut self, connection: ConnectionIndex, happened: Happened) {
        let attempt = self.wires.links[connection].attempt;
        let input = match happened {
            Happened::Text(text) => {
                let (kind, message) = (MessageType::Text, Message::Text(text));
                return self.received(Received { connection, attempt, kind, message });
            }
            Happened::Binary(data) => {
                let (kind, message) = (MessageType::Binary, Message::Bytes(data));
                return self.received(Received { connection, attempt, kind, message });
            }
            Happened::Opened(answer) => Input::Opened { connection, attempt, answer: *answer },
            Happened::OpenFailed(reason, answer) => {
                Input::OpenFailed { connection, attempt, reason, answer: answer.map(|answer| *answer) }
            }
            Happened::Pong => Input::Pong { connection, attempt },
            Happened::Sent => {
                self.meter.sent(connection);
                Input::Sent { connection, attempt }
            }
            Happened::Lost(reason) => Input::Lost { connection, attempt, reason },
        };
        // Only calls from outside can be refused.
        let _ = self.handle(input);
    }

    fn received(&mut self, received: Received) {
        let data = received.message.data();
        self.meter.received(received.connection, data.len());
        if self.recording.is_on() {
            let (data, Received { connection, attempt, kind, .. }) = (data.clone(), received);
            // Only calls from outside can be refused.
            let _ = self.handle(Input::Received { connection, attempt, kind, data });
            return;
        }
        let now = self.clock.now();
        let mut hooks = Runner::<P, S>::timed(&mut self.state, &mut self.clock);
        self.engine.handle_message(received, now, &mut hooks);
        while let Some(output) = self.engine.next_output() {
            self.carry_out(output);
        }
        self.deadline = self.engine.next_deadline();
        self.meter.settle(&self.engine);
    }

    fn handle(&mut self, input: Input) -> Result<(), Error> {
        let now = self.clock.now();
        self.recording.begin(&self.engine, &input, now);
        let mut hooks = Runner::<P, S>::timed(&mut self.state, &mut self.clock);
        let result = self.engine.handle(input, now, &mut hooks);
        while let Some(output) = self.engine.next_output() {
            self.recording.output(&self.engine, &output);
            self.carry_out(output);
        }
        self.deadline = self.engine.next_deadline();
        self.meter.settle(&self.engine);
        self.recording.end(&mut self.engine, &result, self.stopped);
        result
    }

    fn carry_out(&mut self, output: Output) {
        match output {
            Output::Connect { connection, attempt, request } => {
                let span = self.connection_span(connection, attempt);
                self.wires.links[connection].open(attempt, *request, span);
            }
            Output::Send { connection, kind, data } => {
                self.meter.sending(connection, data.len());
                self.wires.links[connection].send(kind, data);
            }
            Output::Ping { connection } => self.wires.links[connection].ping(),
            Output::Close { connection, code } => self.wires.links[connection].close(code),
            Output::Abort { connection } => self.wires.links[connection].abort(),
            Output::Request { connection, number, request, .. } => {
                if let Some(requester) = self.requester(connection) {
                    requester.send(number, *request);
                }
            }
            Output::AbandonRequest { connection } => {
                if let Some(requester) = self.requester(connection) {
                    requester.abandon();
                }
            }
            Output::EndRequests { connection } => {
                if let Some(requester) = self.requester(connection) {
                    requester.end();
                }
            }
            Output::Save { pid, value } => {
                if let Some(store) = &mut self.store {
                    store.save(pid, value);
                }
            }
            Output::Param(param) => self.observers.param(param, &mut self.engine),
            Output::Pair { pair, phase } => self.observers.pair(pair, phase, &mut self.engine),
            Output::Connection(connection) => {
                self.observers.connection(connection, &self.engine);
                self.status.connection(connection, &self.engine);
            }
            Output::Element(state) => {
                self.status.element(state);
                self.meter.element(state);
            }
            Output::Alarm { from, to } => {
                self.status.alarm(from, to);
                self.meter.alarm(from, to);
            }
            Output::Measured(measure) => self.meter.measured(&measure, &self.engine),
            Output::Done { ticket, result } => {
                if let Some(reply) = self.tickets.remove(&ticket) {
                    let _ = reply.send(result);
                }
            }
            Output::StartQueued(call) => self.start_queued(*call),
            Output::Stream(entry) => self.observers.stream(entry, &mut self.engine),
            Output::Event(event) => {
                if !self.observers.event(event) {
                    self.engine.set_traced(self.recording.is_on());
                }
            }
            Output::Stopped => self.stopped = true,
            // The record has the steps of hooks already.
            Output::Hook(_) | Output::Timeout(_) => {}
        }
    }

    /// The span of one attempt to connect, and of the connection that it makes.
    fn connection_span(&self, connection: ConnectionIndex, attempt: u32) -> Span {
        let row = self.engine.spec().connection(connection);
        let name = self.engine.spec().text(row.name);
        tracing::info_span!(
            target: "genlock::connection", parent: &self.span, "connection", connection = row.id, name, attempt
        )
    }

    fn requester(&mut self, connection: ConnectionIndex) -> Option<&mut Requester> {
        let mut requesters = self.wires.requesters.iter_mut();
        requesters.find(|(index, _)| *index == connection).map(|(_, requester)| requester)
    }

    /// A queued hook runs beside the element. When that has stopped, its calls say so, and before long it is dropped.
    fn start_queued(&mut self, call: Call) {
        let mailbox = self.mailbox.clone();
        let Some(mut run) = QueuedRun::new::<P, S>(call, &self.engine, mailbox.clone()) else { return };
        while self.runs.try_join_next().is_some() {} // those that have ended
        let work = async move {
            let error = poll_fn(|cx| run.poll_end(cx)).await;
            if let Some(mailbox) = mailbox.upgrade() {
                // An element that has stopped meanwhile asks for nothing.
                let _ = mailbox.send(Request::QueuedEnded { call: run.into_call(), error }).await;
            }
        };
        self.runs.spawn_on(work.instrument(self.span.clone()), &self.runtime);
    }
}

/// Enters a span, if anybody asks for it.
fn entered(span: &Span) -> Option<EnteredSpan> {
    (!span.is_disabled()).then(|| span.clone().entered())
}
