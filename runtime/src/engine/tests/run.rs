//! A run of the engine against a script: inputs at given times in, a trace of lines out.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use genlock_codegen::{Options as CodegenOptions, SourceSet, compile};
use genlock_spec::{ConnectionIndex, MessageType, PairIndex, ParamIndex, Spec, Table, TriggerIndex};

use super::super::{
    Call, ConnectionOptions, Engine, Event, HandshakeAnswer, Hooks, Input, Options, Output, PairPhase, Time, Until,
};
use crate::error::{Error, HookResult, Reason};
use crate::settings::{Backoff, ConnectionSettings, Keepalive, Reconnect};
use crate::value::Value;

/// What a scripted QAction does.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Set(u32, Value),
    Clear(u32),
    CheckTrigger(u32),
    Reconnect,
    Fail(&'static str),
    /// Writes the value of a parameter into the trace.
    Show(u32),
}

impl Step {
    pub(super) fn set(pid: u32, text: &str) -> Self {
        Self::Set(pid, Value::Text(text.into()))
    }
}

/// The QActions of a run, by id.
#[derive(Default)]
struct Script {
    qactions: BTreeMap<u32, Vec<Step>>,
    shown: Vec<String>,
}

impl Hooks<'static> for Script {
    fn run(&mut self, engine: &mut Engine<'static>, call: &Call) -> HookResult {
        let spec = *engine.spec();
        let qaction = spec.qaction(spec.hook(call.hook).qaction).id;
        for step in self.qactions.get(&qaction).cloned().unwrap_or_default() {
            match step {
                Step::Set(pid, value) => engine.set_explicit(param(&spec, pid), value, self)?,
                Step::Clear(pid) => engine.clear_from_hook(param(&spec, pid), self),
                Step::CheckTrigger(id) => engine.check_trigger(trigger(&spec, id), self)?,
                Step::Reconnect => engine.reconnect(ConnectionIndex(0), self),
                Step::Fail(text) => return Err(text.into()),
                Step::Show(pid) => {
                    let shown = engine.value(param(&spec, pid)).map(Value::to_text);
                    self.shown.push(format!("show {pid}={}", shown.as_deref().unwrap_or("-")));
                }
            }
        }
        Ok(())
    }
}

/// One element in engine time.
pub(super) struct Run {
    engine: Engine<'static>,
    hooks: Script,
    now: u64,
    attempt: u32,
    trace: Vec<String>,
    saved: Vec<(u32, Option<Bytes>)>,
    next: Option<Time>,
    pub(super) requests: Vec<crate::engine::opening::OpeningRequest>,
    pub(super) http: Vec<(u64, crate::engine::HttpRequest)>,
}

/// The settings of a run that are not the usual ones.
pub(super) struct Settings {
    pub(super) connection: ConnectionSettings,
    pub(super) reconnect: Reconnect,
    pub(super) presets: Vec<(u32, Value)>,
    pub(super) saved: Vec<(u32, Bytes)>,
}

impl Default for Settings {
    /// Waits without jitter, so that they can be told in advance.
    fn default() -> Self {
        Self {
            connection: ConnectionSettings::default().host("ws://127.0.0.1").port(8050).keepalive(Keepalive::OFF),
            reconnect: Reconnect::Automatic(Backoff::default().jitter(0.0)),
            presets: Vec::new(),
            saved: Vec::new(),
        }
    }
}

impl Run {
    pub(super) fn new(xml: &str) -> Self {
        Self::with(xml, Settings::default())
    }

    pub(super) fn with(xml: &str, settings: Settings) -> Self {
        Self::of(&compiled(xml), settings, 1)
    }

    /// Elements of one connector that differ in their seeds.
    pub(super) fn many(xml: &str, count: u64, reconnect: Reconnect) -> impl Iterator<Item = Self> {
        let spec = compiled(xml);
        (0..count).map(move |seed| Self::of(&spec, Settings { reconnect, ..Settings::default() }, seed))
    }

    fn of(spec: &Spec<'static>, settings: Settings, seed: u64) -> Self {
        let options = Options {
            name: "test".into(),
            connections: Table::new(spec.connections.len(), |index| {
                ConnectionOptions::new(spec.connection(index), &settings.connection, settings.reconnect)
            }),
            seed,
            presets: settings.presets.into_iter().map(|(pid, value)| (param(spec, pid), value)).collect(),
            saved: settings.saved,
            alarm_delays: Vec::new(),
            log_levels: crate::settings::LogLevels::default(),
            trends: None,
            every_message: Vec::new(),
            correlations: Vec::new(),
        };
        let mut engine = Engine::new(spec, options).unwrap();
        engine.set_traced(true);
        Self {
            engine,
            hooks: Script::default(),
            now: 0,
            attempt: 0,
            trace: Vec::new(),
            saved: Vec::new(),
            next: None,
            requests: Vec::new(),
            http: Vec::new(),
        }
    }

    /// Gives a QAction its steps.
    pub(super) fn qaction(mut self, id: u32, steps: impl IntoIterator<Item = Step>) -> Self {
        self.hooks.qactions.insert(id, steps.into_iter().collect());
        self
    }

    /// Starts the element and answers the first handshake; the trace so far is forgotten.
    pub(super) fn opened(mut self) -> Self {
        self.start();
        self.open();
        self.take();
        self
    }

    /// Moves to `ms`, running what is due on the way.
    pub(super) fn at(&mut self, ms: u64) -> &mut Self {
        let target = Time::from_millis(ms);
        while let Some(due) = self.next.filter(|due| *due <= target) {
            self.now = u64::try_from(due.since_creation().as_millis()).unwrap();
            self.tick();
        }
        self.now = ms;
        self.tick();
        self
    }

    /// Refused when the element has stopped, which is where a test may end.
    fn tick(&mut self) {
        let _ = self.handle(Input::Tick);
    }

    pub(super) fn start(&mut self) {
        self.handle(Input::Start).unwrap();
    }

    pub(super) fn stop(&mut self) {
        self.handle(Input::Stop).unwrap();
    }

    /// The peer answers the pending handshake with 101.
    pub(super) fn open(&mut self) {
        let status_line = "HTTP/1.1 101 Switching Protocols".to_owned();
        let answer = HandshakeAnswer { status_line, ..HandshakeAnswer::default() };
        self.handle(Input::Opened { connection: ConnectionIndex(0), attempt: self.attempt, answer }).unwrap();
    }

    /// The pending attempt fails.
    pub(super) fn refuse(&mut self) {
        self.refuse_for(Reason::Network("refused".to_owned()));
    }

    pub(super) fn refuse_for(&mut self, reason: Reason) {
        let input = Input::OpenFailed { connection: ConnectionIndex(0), attempt: self.attempt, reason, answer: None };
        self.handle(input).unwrap();
    }

    pub(super) fn receive(&mut self, text: &str) {
        self.receive_data(MessageType::Text, Bytes::copy_from_slice(text.as_bytes()));
    }

    pub(super) fn receive_data(&mut self, kind: MessageType, data: Bytes) {
        self.handle(Input::Received { connection: ConnectionIndex(0), attempt: self.attempt, kind, data }).unwrap();
    }

    /// The socket takes the message that is on its way.
    pub(super) fn sent(&mut self) {
        self.handle(Input::Sent { connection: ConnectionIndex(0), attempt: self.attempt }).unwrap();
    }

    /// The peer refuses the pending handshake, and asks to be left alone.
    pub(super) fn refuse_for_seconds(&mut self, seconds: u64) {
        let retry_after = Some(Duration::from_secs(seconds));
        let status_line = "HTTP/1.1 503 Service Unavailable".to_owned();
        let answer = Some(HandshakeAnswer { status_line, retry_after, ..HandshakeAnswer::default() });
        let reason = Reason::Handshake("busy".to_owned());
        let input = Input::OpenFailed { connection: ConnectionIndex(0), attempt: self.attempt, reason, answer };
        self.handle(input).unwrap();
    }

    /// The socket is gone.
    pub(super) fn lost(&mut self) {
        self.closed_with(1001, "");
    }

    /// The peer closes.
    pub(super) fn closed_with(&mut self, code: u16, words: &str) {
        self.lost_for(Reason::ClosedByPeer { code: Some(code), reason: words.to_owned() });
    }

    pub(super) fn lost_for(&mut self, reason: Reason) {
        self.handle(Input::Lost { connection: ConnectionIndex(0), attempt: self.attempt, reason }).unwrap();
    }

    pub(super) fn pong(&mut self) {
        self.handle(Input::Pong { connection: ConnectionIndex(0), attempt: self.attempt }).unwrap();
    }

    pub(super) fn set(&mut self, pid: u32, text: &str) {
        self.try_set(pid, Value::Text(text.into())).unwrap();
    }

    pub(super) fn try_set(&mut self, pid: u32, value: Value) -> Result<(), Error> {
        let param = param(self.engine.spec(), pid);
        self.handle(Input::Set { param, value })
    }

    pub(super) fn check_trigger(&mut self, id: u32) {
        let trigger = trigger(self.engine.spec(), id);
        self.handle(Input::CheckTrigger { trigger }).unwrap();
    }

    pub(super) fn reconnect(&mut self) {
        self.handle(Input::Reconnect { connection: ConnectionIndex(0) }).unwrap();
    }

    /// The number of the attempt that is in progress, or was last.
    pub(super) fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Hands in any input.
    pub(super) fn input(&mut self, input: Input) -> Result<(), Error> {
        self.handle(input)
    }

    /// Executes pair `id`; the ticket's number is the pair's id.
    pub(super) fn execute(&mut self, id: u32, fill: &[(u32, &str)], until: Until) -> Result<(), Error> {
        let spec = *self.engine.spec();
        let position = spec.pairs.iter().position(|pair| pair.id == id).unwrap();
        let fill = fill.iter().map(|(pid, text)| (param(&spec, *pid), Value::Text((*text).into()))).collect();
        self.handle(Input::Execute { pair: PairIndex(position as u32), fill, ticket: id.into(), until })
    }

    pub(super) fn value(&self, pid: u32) -> Option<String> {
        self.engine.value(param(self.engine.spec(), pid)).map(|value| value.to_text().into())
    }

    pub(super) fn counters(&self) -> crate::Counters {
        *self.engine.counters()
    }

    pub(super) fn engine(&mut self) -> &mut Engine<'static> {
        &mut self.engine
    }

    /// When the engine wants to be called next, in ms.
    pub(super) fn next_ms(&self) -> Option<Duration> {
        self.next.map(Time::since_creation)
    }

    /// The trace since the last call.
    pub(super) fn take(&mut self) -> Vec<String> {
        std::mem::take(&mut self.trace)
    }

    /// What was stored since the last call.
    pub(super) fn take_saved(&mut self) -> Vec<(u32, Option<Bytes>)> {
        std::mem::take(&mut self.saved)
    }

    /// The lines of the trace since the last call that begin with one of `kinds`.
    pub(super) fn take_only(&mut self, kinds: &[&str]) -> Vec<String> {
        let mut trace = self.take();
        trace.retain(|line| kinds.iter().any(|kind| line.starts_with(kind)));
        trace
    }

    fn handle(&mut self, input: Input) -> Result<(), Error> {
        let result = self.engine.handle(input, Time::from_millis(self.now), &mut self.hooks);
        loop {
            match self.engine.poll() {
                Output::Timeout(next) => {
                    self.next = next;
                    self.trace.append(&mut self.hooks.shown);
                    return result;
                }
                output => self.note(output),
            }
        }
    }

    fn note(&mut self, output: Output) {
        let line = match output {
            Output::Connect { attempt, request, .. } => {
                self.attempt = attempt;
                let line = format!("connect {}", request.url());
                self.requests.push(*request);
                line
            }
            Output::Send { data, .. } => format!("send {}", String::from_utf8_lossy(&data)),
            Output::Ping { .. } => "ping".to_owned(),
            Output::Close { code, .. } => format!("close {code}"),
            Output::Abort { .. } => "abort".to_owned(),
            Output::Save { pid, value } => {
                self.saved.push((pid, value.clone()));
                format!(
                    "save {pid}={}",
                    value.map_or("-".to_owned(), |value| String::from_utf8_lossy(&value).into_owned())
                )
            }
            Output::Done { ticket, result } => match result {
                Ok(values) => {
                    let texts: Vec<String> = values.entries.iter().map(|(_, value)| value.to_text().into()).collect();
                    format!("done {ticket} {}", texts.join(","))
                }
                Err(error) => format!("done {ticket} error: {error}"),
            },
            Output::Pair { phase, .. } => format!("phase {}", phase_name(&phase)),
            Output::Event(event) => event_line(event),
            Output::Stopped => "stopped".to_owned(),
            Output::Stream(entry) => format!("stream {entry:?}"),
            Output::StartQueued(call) => format!("queued {}", self.engine.qaction_of(&call).id),
            Output::Request { number, request, .. } => {
                let line = format!("request {} {}", request.verb, request.full_url());
                self.http.push((number, *request));
                line
            }
            Output::AbandonRequest { .. } => "abandon".to_owned(),
            Output::EndRequests { .. } => "end".to_owned(),
            Output::Param(_)
            | Output::Connection(_)
            | Output::Element(_)
            | Output::Alarm { .. }
            | Output::Measured(_)
            | Output::Hook(_)
            | Output::Timeout(_) => return,
        };
        if !line.is_empty() {
            self.trace.push(line);
        }
    }
}

fn compiled(xml: &str) -> Spec<'static> {
    let sources = SourceSet::new("test.xml", xml);
    let output = compile(&sources, &CodegenOptions::default());
    let Some(spec) = output.spec else {
        let faults = output.diagnostics.iter();
        panic!("{}", faults.map(|fault| genlock_codegen::diagnostic::render_text(fault, &sources)).collect::<String>());
    };
    // The engine of a driver borrows tables that live as long as the program; so do these.
    Box::leak(Box::new(spec)).view()
}

fn phase_name(phase: &PairPhase) -> String {
    match phase {
        PairPhase::Idle => "idle".to_owned(),
        PairPhase::Queued => "queued".to_owned(),
        PairPhase::Sent { attempt } => format!("sent {attempt}"),
        PairPhase::Answered(_) => "answered".to_owned(),
        PairPhase::TimedOut => "timed out".to_owned(),
        PairPhase::Failed(reason) => format!("failed: {reason}"),
    }
}

/// A change event is marked by `!`.
fn event_line(event: Event) -> String {
    match event {
        Event::Param { pid, value, change } => {
            let value = value.as_ref().map(Value::to_text);
            format!("param {pid}={}{}", value.as_deref().unwrap_or("-"), if change { "!" } else { "" })
        }
        Event::Trigger { id } => format!("trigger {id}"),
        Event::Action { id } => format!("action {id}"),
        Event::QAction { id, .. } => format!("qaction {id}"),
        Event::QActionFailed { id, error, .. } => format!("qaction {id} failed: {error}"),
        Event::Group { id, state } => format!("group {id} {state:?}").to_lowercase(),
        Event::Pair { id, outcome } => format!("pair {id} {outcome:?}").to_lowercase(),
        Event::Response { id, matched } => format!("response {id} {}", if matched { "matched" } else { "missed" }),
        Event::Connection { state, .. } => format!("connection {state}"),
        Event::Element { state } => format!("element {state:?}").to_lowercase(),
        Event::Alarm { pid, level } => format!("alarm {pid} {level:?}").to_lowercase(),
        Event::Message { user, text } => format!("message {user}: {text}"),
        Event::Information { pid, .. } => format!("information {pid}"),
        Event::Trend { pid, .. } => format!("trend {pid}"),
        Event::Log { text, .. } => format!("log {text}"),
        // The outputs Connect, Send and Close are traced themselves.
        Event::Connect { .. } | Event::Send { .. } | Event::Close { .. } | Event::Request { .. } => String::new(),
        Event::Answer { session, request, outcome } => format!("answer {session}/{request} {outcome:?}").to_lowercase(),
    }
}

fn param(spec: &Spec<'_>, pid: u32) -> ParamIndex {
    ParamIndex(spec.params.iter().position(|param| param.pid == pid).unwrap() as u32)
}

fn trigger(spec: &Spec<'_>, id: u32) -> TriggerIndex {
    TriggerIndex(spec.triggers.iter().position(|trigger| trigger.id == id).unwrap() as u32)
}
