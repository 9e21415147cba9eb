//! Random connectors under random inputs: what must hold whatever happens.
//!
//! A failure prints its seed; `GENLOCK_RANDOM_SEED=n` runs that one alone, `GENLOCK_RANDOM_SEEDS=n` that many.

mod connector;
mod outside;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::Duration;

use bytes::Bytes;
use fastrand::Rng;
use genlock_spec::{ConnectionIndex, MessageType, ParamIndex, Spec, Table, ValueType};

use self::connector::{FIRST_FREE, FIXED, any_pair, any_param, any_trigger, connector};
use self::outside::{Outside, Socket};
use super::super::deadline::Deadline;
use super::super::groups::Step;
use super::super::life::Life;
use super::super::{Call, ConnectionOptions, Engine, HandshakeAnswer, Hooks, Input, Options, Ticket, Time, Until};
use crate::error::{Error, HookResult, Reason};
use crate::settings::{Backoff, ConnectionSettings, Keepalive, Reconnect, WhileClosed};
use crate::value::Value;

const SEEDS: u64 = 600;
const INPUTS: u32 = 400;
/// How many inputs may find the queue at work for longer than its turn.
const ENDLESS: u32 = 10;
/// What hooks may do because of one input: more would be the connector's own endless work.
const HOOK_STEPS: u32 = 60;

#[test]
fn conn_64_rel_66_whatever_happens_the_engine_keeps_its_promises() {
    let variable = |name| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let seeds = match variable("GENLOCK_RANDOM_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..variable("GENLOCK_RANDOM_SEEDS").unwrap_or(SEEDS),
    };
    let mut inputs = 0;
    for seed in seeds {
        inputs += catch_unwind(AssertUnwindSafe(|| run(seed))).unwrap_or_else(|panic| {
            eprintln!("seed {seed}");
            resume_unwind(panic)
        });
    }
    eprintln!("{inputs} inputs");
}

/// Answers how many inputs there were.
fn run(seed: u64) -> u32 {
    let mut random = Rng::with_seed(seed);
    let tables = connector(&mut random);
    let spec = tables.view();
    let mut run = Run::new(&spec, &mut random);
    let (mut inputs, mut endless) = (0, 0);
    while inputs < INPUTS {
        inputs += 1;
        let input = run.any_input(&mut random);
        run.pass_time(&mut random);
        run.hand_in(input);
        // Groups that queue each other without end show little that is new.
        endless += u32::from(run.engine.deadlines.is_armed(Deadline::Turn));
        if endless > ENDLESS || run.outside.stopped && random.u8(0..8) == 0 {
            break;
        }
    }
    run.end();
    inputs
}

struct Run<'s> {
    engine: Engine<'s>,
    script: Script,
    outside: Outside,
    now: Duration,
    next_ticket: Ticket,
}

/// Hooks that do anything.
struct Script {
    random: Rng,
    left: u32,
    failures: u64,
}

impl<'s> Hooks<'s> for Script {
    fn run(&mut self, engine: &mut Engine<'s>, _: &Call) -> HookResult {
        for _ in 0..self.random.u8(0..4) {
            if self.left == 0 {
                return Ok(());
            }
            self.left -= 1;
            match self.random.u8(0..8) {
                0..3 => {
                    let (param, value) = (any_param(&mut self.random), any_value(&mut self.random));
                    // A value that does not fit is refused, and the hook goes on.
                    let _ = engine.set_explicit(param, value, self);
                }
                3 => {
                    let param = any_param(&mut self.random);
                    engine.clear_from_hook(param, self);
                }
                4 | 5 => {
                    let trigger = any_trigger(&mut self.random);
                    let _ = engine.check_trigger(trigger, self);
                }
                6 => {
                    let connections = engine.spec().connections.len() as u32;
                    engine.reconnect(ConnectionIndex(self.random.u32(0..connections)), self);
                }
                _ => {
                    self.failures += 1;
                    return Err("told to fail".into());
                }
            }
        }
        Ok(())
    }
}

impl<'s> Run<'s> {
    fn new(spec: &Spec<'s>, random: &mut Rng) -> Self {
        let connections = Table::new(spec.connections.len(), |index| {
            ConnectionOptions::new(spec.connection(index), &any_settings(random), Reconnect::default())
        });
        let saved =
            vec![(random.u32(0..20), Bytes::from_static(b"5")), (random.u32(0..20), Bytes::from_static(b"\xff"))];
        let options = Options {
            name: "random".into(),
            connections,
            seed: random.u64(..),
            presets: Vec::new(),
            saved,
            alarm_delays: Vec::new(),
            log_levels: crate::settings::LogLevels::default(),
            trends: random.bool().then_some(std::time::Duration::ZERO),
            every_message: Vec::new(),
            correlations: Vec::new(),
        };
        let mut engine = Engine::new(spec, options).unwrap();
        engine.nesting.steps_limit = 1000;
        engine.set_traced(random.bool());
        for param in 0..spec.params.len() as u32 {
            engine.watch_param(ParamIndex(param), random.bool());
        }
        if random.bool() {
            engine.watch_pair(any_pair(random));
        }
        let script = Script { random: Rng::with_seed(random.u64(..)), left: 0, failures: 0 };
        let outside = Outside::new(spec.connections.len());
        Self { engine, script, outside, now: Duration::ZERO, next_ticket: 0 }
    }

    /// Now, a little later, when the engine wants to be called, or much later.
    fn pass_time(&mut self, random: &mut Rng) {
        let next = self.outside.next.map(Time::since_creation);
        self.now = match random.u8(0..16) {
            0..8 => self.now,
            8..11 => self.now + Duration::from_micros(random.u64(0..5000)),
            11 | 12 => self.now + Duration::from_millis(random.u64(0..500)),
            13 | 14 => next.unwrap_or(self.now).max(self.now),
            _ => self.now + Duration::from_secs(random.u64(0..100)),
        };
    }

    fn any_input(&mut self, random: &mut Rng) -> Input {
        let connection = ConnectionIndex(random.u32(0..self.engine.spec().connections.len() as u32));
        let link = &self.outside.links[connection];
        // Mostly what a socket does in this state, else anything at all, also for an attempt that is over.
        let attempt = link.attempt.wrapping_sub(u32::from(random.u8(0..12) == 0));
        let kind = match (link.socket, random.u8(0..8)) {
            (_, 0) => random.u8(0..13),
            (_, 1) => 6 + random.u8(0..5),
            (Socket::Opening, 2..7) => random.u8(0..2),
            (Socket::Open, 2..4) if link.sending => 3,
            (Socket::Open, 2..7) => 2,
            (Socket::Closing, 2..4) => 5,
            _ => 11,
        };
        match kind {
            0 if random.bool() => {
                let answer = random.bool().then(|| any_answer(random));
                Input::OpenFailed { connection, attempt, reason: Reason::Network("refused".to_owned()), answer }
            }
            0 | 1 => Input::Opened { connection, attempt, answer: any_answer(random) },
            2 => {
                let kind = if random.bool() { MessageType::Text } else { MessageType::Binary };
                Input::Received { connection, attempt, kind, data: any_message(random) }
            }
            3 => Input::Sent { connection, attempt },
            4 => Input::Pong { connection, attempt },
            5 => {
                let reason = Reason::ClosedByPeer { code: Some(1001), reason: String::new() };
                Input::Lost { connection, attempt, reason }
            }
            6 => Input::Set { param: any_param(random), value: any_value(random) },
            7 => Input::CheckTrigger { trigger: any_trigger(random) },
            8 => Input::Reconnect { connection },
            9 | 10 => {
                let ticket = self.next_ticket;
                self.next_ticket += 1;
                self.outside.tickets.insert(ticket, 0);
                let fill = (0..random.u8(0..3)).map(|_| (any_param(random), any_value(random))).collect();
                let until = if random.bool() { Until::Sent } else { Until::Answered };
                Input::Execute { pair: any_pair(random), fill, ticket, until }
            }
            11 => match random.u8(0..24) {
                0 => Input::Pause,
                1..4 => Input::Resume,
                _ => Input::Tick,
            },
            _ if random.u8(0..16) == 0 => Input::Stop,
            _ => Input::Start,
        }
    }

    fn hand_in(&mut self, input: Input) {
        self.script.left = HOOK_STEPS;
        self.before(&input);
        let ticket = if let Input::Execute { ticket, .. } = input { Some(ticket) } else { None };
        let result = self.engine.handle(input, Time::after_creation(self.now), &mut self.script);
        if let (Err(error), Some(ticket)) = (&result, ticket) {
            self.outside.answered(ticket, Some(error));
        }
        assert!(!self.outside.stopped || matches!(result, Err(Error::Stopped { .. })), "{result:?}");
        self.outside.drain(&mut self.engine);
        self.check();
    }

    /// What the input itself does outside.
    fn before(&mut self, input: &Input) {
        let outside = &mut self.outside;
        if outside.stopped {
            return;
        }
        match input {
            Input::Opened { connection, attempt, .. } => {
                let link = &mut outside.links[*connection];
                if link.socket == Socket::Opening && link.attempt == *attempt {
                    link.socket = Socket::Open;
                    outside.opened += 1;
                }
            }
            Input::OpenFailed { connection, attempt, .. } => {
                let link = &mut outside.links[*connection];
                if link.socket == Socket::Opening && link.attempt == *attempt {
                    (link.socket, link.gone) = (Socket::Closed, true);
                }
            }
            Input::Lost { connection, attempt, .. } => {
                let link = &mut outside.links[*connection];
                if matches!(link.socket, Socket::Open | Socket::Closing) && link.attempt == *attempt {
                    (link.socket, link.gone) = (Socket::Closed, true);
                }
            }
            Input::Sent { connection, attempt } => {
                let link = &mut outside.links[*connection];
                if link.socket == Socket::Open && link.attempt == *attempt && link.sending {
                    link.sending = false;
                    outside.sent += 1;
                }
            }
            Input::Received { data, .. } => {
                outside.received += 1;
                outside.messages.push(data.clone());
            }
            _ => {}
        }
    }

    fn check(&self) {
        let engine = &self.engine;
        self.outside.agrees_with(engine);
        assert!(engine.nesting.is_outermost() && engine.candidate.is_none() && engine.borrowed.is_empty());
        assert!(!engine.receiving && engine.queue.len() <= 10_000 && engine.interrupted.len() <= 1);
        let counters = engine.counters();
        assert_eq!(counters.messages_sent, self.outside.sent);
        assert_eq!(counters.messages_received, self.outside.received);
        assert_eq!(counters.opened, self.outside.opened);
        assert_eq!(counters.hook_failures, self.script.failures);
        assert!(counters.reconnects <= counters.opened);
        assert!(counters.unmatched + counters.discarded <= counters.messages_received);
        super::counters::check(counters);
        self.check_params();
        self.check_deadlines();
    }

    fn check_params(&self) {
        let engine = &self.engine;
        for (param, slot) in engine.params.iter() {
            let row = engine.spec.param(param);
            match (&slot.value, row.value_type) {
                (Some(Value::Number(number)), ValueType::Number) => assert!(number.is_finite()),
                (Some(value), ValueType::Text) => assert!(!matches!(value, Value::Number(_)), "{param:?}: {value:?}"),
                (None, _) => {}
                (value, _) => panic!("{param:?} is a number and holds {value:?}"),
            }
        }
        if engine.life == Life::Created {
            return;
        }
        for (connection, link) in self.outside.links.iter() {
            let status = ParamIndex(connection.0);
            let open = f64::from(u8::from(link.socket == Socket::Open));
            assert!(status.0 < FIRST_FREE);
            assert_eq!(engine.value(status), Some(&Value::Number(open)), "CONN-64: {connection:?}");
        }
    }

    /// What is waited for has a deadline, and what is not waited for has none.
    fn check_deadlines(&self) {
        let engine = &self.engine;
        let armed = |deadline| engine.deadlines.is_armed(deadline);
        if engine.life == Life::Stopped {
            assert_eq!(self.outside.next, None, "a deadline after Stopped");
        }
        for (connection, link) in self.outside.links.iter() {
            assert_eq!(armed(Deadline::Opening(connection)), link.socket == Socket::Opening, "{connection:?}");
            assert_eq!(armed(Deadline::Closing(connection)), link.socket == Socket::Closing, "{connection:?}");
            if link.socket != Socket::Open {
                let open_only = [Deadline::Stable(connection), Deadline::Ping(connection), Deadline::Pong(connection)];
                assert!(open_only.into_iter().all(|deadline| !armed(deadline)), "{connection:?}");
            }
            assert!(!armed(Deadline::Backoff(connection)) || link.socket == Socket::Closed);
        }
        let step = engine.running.as_ref().map(|running| &running.step);
        assert_eq!(armed(Deadline::PairWait), matches!(step, Some(Step::Exchange(_))), "{step:?}");
        if engine.life != Life::Running {
            return;
        }
        for (timer, run) in engine.timers.iter() {
            assert!(!run.runs || run.is_busy() || armed(Deadline::Tick(timer)), "{timer:?} never ticks again");
        }
        let asleep = engine.sleepers.any();
        assert_eq!(asleep, armed(Deadline::Awake), "who sleeps wakes up");
        match step {
            // ACT-91: the queue waits.
            None | Some(Step::Begin | Step::Between) if asleep => {}
            None => assert_eq!(engine.queue.len(), 0, "an entry that nobody runs"),
            Some(Step::Exchange(_)) => {}
            Some(Step::Session(_)) => assert!(armed(Deadline::RequestWait)),
            Some(Step::Pause) => assert!(armed(Deadline::Pause)),
            Some(Step::Begin | Step::Between) => assert!(armed(Deadline::Turn)),
        }
    }

    /// Stops the element, if it ever started: everything is over after at most a second.
    fn end(&mut self) {
        self.hand_in(Input::Start);
        self.hand_in(Input::Stop);
        self.now += Duration::from_secs(1);
        self.hand_in(Input::Tick);
        assert!(self.outside.stopped, "it has not stopped");
        for (ticket, answers) in &self.outside.tickets {
            assert_eq!(*answers, 1, "ticket {ticket}");
        }
        assert!(self.outside.not_sent <= self.engine.counters().lost + self.outside.tickets.len() as u64);
        self.hand_in(Input::Tick);
        self.hand_in(Input::Start);
    }
}

fn any_settings(random: &mut Rng) -> ConnectionSettings {
    let mut settings = ConnectionSettings::default();
    if random.u8(0..8) > 0 {
        settings = settings.host("ws://device/path");
    }
    if random.bool() {
        let time = Duration::from_millis(random.u64(0..3000));
        let line = WhileClosed::Queue { messages: random.usize(0..4), time };
        settings = settings.while_closed(if random.bool() { WhileClosed::Drop } else { line });
    }
    if random.bool() {
        settings = settings.reconnect(if random.bool() {
            Reconnect::Documented
        } else {
            Reconnect::Automatic(Backoff::default().cap(Duration::from_millis(random.u64(0..5000))))
        });
    }
    if random.bool() {
        let (interval, deadline) = (random.u64(0..2000), random.u64(0..1000));
        let keepalive = Keepalive::OFF.interval(Duration::from_millis(interval));
        settings = settings.keepalive(keepalive.deadline(Duration::from_millis(deadline)));
    }
    settings.element_timeout(Duration::from_millis(random.u64(0..5000)))
}

fn any_value(random: &mut Rng) -> Value {
    match random.u8(0..12) {
        0..3 => Value::Number(f64::from(random.i32(-2..5))),
        3 => Value::Number(f64::NAN),
        4..8 => Value::from_bytes(any_message(random)),
        8 => Value::Text("ws://other:81/a?b".into()),
        9 => Value::Text("no address at all\r\n".into()),
        10 => Value::Text("".into()),
        _ => Value::Text("abc".into()),
    }
}

fn any_message(random: &mut Rng) -> Bytes {
    let mut message = Vec::new();
    for _ in 0..random.u8(0..3) {
        match random.u8(0..6) {
            0..2 => message.extend_from_slice(FIXED.as_bytes()),
            2 => message.extend_from_slice(b"1"),
            3 => message.push(0xff),
            _ => message.extend((0..random.u8(0..5)).map(|_| b"ok1 \xc3"[random.usize(0..5)])),
        }
    }
    Bytes::from(message)
}

fn any_answer(random: &mut Rng) -> HandshakeAnswer {
    HandshakeAnswer {
        status_line: "HTTP/1.1 101 Switching Protocols".to_owned(),
        body: any_message(random),
        compressed: random.bool(),
        retry_after: random.bool().then(|| Duration::from_secs(random.u64(0..400))),
        location: random.bool().then(|| "/elsewhere".to_owned()),
        asked: if random.bool() { vec![r#"Digest realm="r", nonce="n""#.to_owned()] } else { Vec::new() },
    }
}
