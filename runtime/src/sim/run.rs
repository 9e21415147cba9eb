//! A run of a script.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use genlock_spec::{ConnectionIndex, ConnectionKind, OwnedSpec, ParamIndex, Spec, Table, ValueType};
use serde_json::{Value as Json, json};

use super::clockwork::Clockwork;
use super::error::SimulationError;
use super::hooks::{Stubs, connection, group, pair, param, trigger};
use super::peer::{self, Server};
use super::script::{FailWord, Http, Lines, Script, Serve, Start, Verb};
use super::start::{ReconnectWord, WhileClosedWord};
use super::trace::TraceLine;
use super::value::{from_json, message};
use crate::engine::{ConnectionOptions, HandshakeAnswer, HttpAnswer, Input, Options, RequestFailure, Until};
use crate::error::Reason;
use crate::settings::{AlarmDelays, ConnectionSettings, LogLevels, Reconnect, WhileClosed};
use crate::unserved;

/// What the element is called.
const NAME: &str = "simulated";

/// Runs the connector of `tables` by `script`, and hands every line of the trace to `trace` as it comes.
///
/// At one moment the lines of the script come first, in their order, then what is due. The run ends at `end`, or at the
/// script's last line.
///
/// # Errors
/// [`SimulationError`]: a line asks for what the connector does not have, or the element can't start. The trace up to
/// there has been handed over.
pub fn simulate(tables: &OwnedSpec, script: &Script, mut trace: impl FnMut(TraceLine)) -> Result<(), SimulationError> {
    let mut run = Run { spec: tables.view(), stubs: Stubs::new(&script.hooks), element: None };
    let mut lines = script.lines.iter().peekable();
    while let Some(line) = lines.next() {
        run.advance(line.at, &mut trace);
        let is_end = matches!(line.verb, Verb::End);
        if !is_end {
            run.carry_out(&line.verb, line.at, &mut trace).map_err(|reason| match reason {
                Refusal::Line(reason) => SimulationError::Script { line: line.number, reason },
                Refusal::Start(error) => error,
            })?;
        }
        if is_end || lines.peek().is_none_or(|next| next.at > line.at) {
            run.run_due(&mut trace);
        }
        if is_end {
            break;
        }
    }
    Ok(())
}

struct Run<'s, 'c> {
    spec: Spec<'s>,
    stubs: Stubs<'c>,
    /// The element since its last start; none before the first.
    element: Option<Clockwork<'s>>,
}

/// Why a line can't be carried out.
enum Refusal {
    Line(String),
    Start(SimulationError),
}

impl From<String> for Refusal {
    fn from(reason: String) -> Self {
        Self::Line(reason)
    }
}

impl Run<'_, '_> {
    fn advance(&mut self, at: u64, trace: &mut dyn FnMut(TraceLine)) {
        if let Some(element) = &mut self.element {
            element.advance(at, &mut self.stubs, trace);
        }
    }

    fn run_due(&mut self, trace: &mut dyn FnMut(TraceLine)) {
        if let Some(element) = &mut self.element {
            element.run_due(&mut self.stubs, trace);
        }
    }

    fn carry_out(&mut self, verb: &Verb, at: u64, trace: &mut dyn FnMut(TraceLine)) -> Result<(), Refusal> {
        if let Verb::Start(start) = verb {
            unserved::refuse(&self.spec, NAME).map_err(|error| Refusal::Start(error.into()))?;
            let options = self.options(start)?;
            let mut element = Clockwork::new(&self.spec, options, at).map_err(|error| Refusal::Start(error.into()))?;
            if start.options.stream {
                element.stream();
            }
            if let Some(earlier) = self.element.replace(element)
                && let Some(element) = &mut self.element
            {
                element.keep_peers(earlier);
            }
            self.stubs.forget_delayed();
            return self.input(Input::Start, at, trace);
        }
        if self.turn_peer(verb, trace)? {
            return Ok(());
        }
        if let Verb::Counters = verb {
            let element = self.element.as_ref().ok_or_else(not_started)?;
            let counted = element.engine().counters().named().filter(|(_, count)| *count > 0);
            let details = counted.map(|(name, count)| (name.to_owned(), count.into())).collect();
            trace(TraceLine { at, what: "counters", details: Json::Object(details) });
            return Ok(());
        }
        let input = self.input_of(verb)?;
        self.input(input, at, trace)
    }

    /// Carries out a line that is about how a peer or the network is from now on. Answers whether it was one.
    fn turn_peer(&mut self, verb: &Verb, trace: &mut dyn FnMut(TraceLine)) -> Result<bool, String> {
        let of = |id: u32| connection(&self.spec, id);
        match verb {
            Verb::Fault(fault) => {
                let connection = of(fault.connection)?;
                let element = self.element.as_mut().ok_or_else(not_started)?;
                element.fault(connection, fault.is, &mut self.stubs, trace);
            }
            Verb::Server(server) => {
                let connection = of(server.connection)?;
                let element = self.element.as_mut().ok_or_else(not_started)?;
                let Serve { answers, after, status, retry_after, .. } = *server;
                let retry_after = retry_after.map(Duration::from_secs);
                element.serve(connection, Server { answers, after, status, retry_after });
            }
            Verb::Restart(restart) => {
                let connection = of(restart.connection)?;
                let element = self.element.as_mut().ok_or_else(not_started)?;
                element.restart(connection, restart.down, restart.code, &mut self.stubs, trace);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Hands in an input. What the engine refuses is a line of the trace.
    fn input(&mut self, input: Input, at: u64, trace: &mut dyn FnMut(TraceLine)) -> Result<(), Refusal> {
        let Some(element) = &mut self.element else { return Err(not_started().into()) };
        if let Err(error) = element.input(input, &mut self.stubs, trace) {
            trace(TraceLine { at, what: "error", details: json!({ "text": error.to_string() }) });
        }
        Ok(())
    }

    fn input_of(&self, verb: &Verb) -> Result<Input, String> {
        let Some(element) = &self.element else { return Err(not_started()) };
        let spec = &self.spec;
        let of = |id: u32| connection(spec, id).map(|connection| (connection, element.attempt(connection)));
        Ok(match verb {
            Verb::Accept(accept) => {
                let (connection, attempt) = of(accept.connection)?;
                // Of the headers, the engine needs to know this much; the others are the transport's.
                let compressed = accept.headers.iter().any(|(name, value)| {
                    name.eq_ignore_ascii_case("Sec-WebSocket-Extensions") && value.contains("permessage-deflate")
                });
                peer::accepted(connection, attempt, compressed)
            }
            Verb::Refuse(refuse) => {
                let (connection, attempt) = of(refuse.connection)?;
                let values = |name: &'static str| {
                    lines(&refuse.headers)
                        .filter(move |(key, _)| key.eq_ignore_ascii_case(name))
                        .map(|(_, value)| value)
                };
                let said = HandshakeAnswer {
                    body: Bytes::copy_from_slice(refuse.body.as_bytes()),
                    retry_after: refuse.retry_after.map(Duration::from_secs),
                    ..HandshakeAnswer::default()
                };
                let (location, asked) = (values("Location").next(), values("WWW-Authenticate").collect());
                let said = said.asking(refuse.status, location, asked);
                peer::refused(connection, attempt, refuse.status, said)
            }
            Verb::Receive(receive) => {
                let (connection, attempt) = of(receive.connection)?;
                let (kind, data) = message(receive.text.as_deref(), receive.binary.as_deref())?;
                peer::received(connection, attempt, kind, data)
            }
            // The transport answers a ping by itself; the engine only learns that the peer is alive.
            Verb::Ping(ping) => {
                let (connection, attempt) = of(ping.connection)?;
                Input::Pong { connection, attempt }
            }
            Verb::Set(set) => {
                let param = param(spec, set.pid)?;
                let value = from_json(&set.value, spec.param(param).value_type)?;
                match &set.user {
                    Some(user) => Input::SetBy { param, value, user: user.as_str().into() },
                    None => Input::Set { param, value },
                }
            }
            Verb::CheckTrigger(id) => Input::CheckTrigger { trigger: trigger(spec, *id)? },
            Verb::Reconnect(id) => Input::Reconnect { connection: connection(spec, *id)? },
            Verb::Execute(execute) => match (execute.group, execute.pair) {
                (Some(id), None) => Input::Queue { group: group(spec, id)? },
                (None, Some(id)) => {
                    Input::Execute { pair: pair(spec, id)?, fill: Vec::new(), ticket: 0, until: Until::Answered }
                }
                _ => return Err("what is executed is either a `group` or a `pair`".to_owned()),
            },
            Verb::Http(http) => http_input(http, element.pending_request(http.session))?,
            Verb::Close(close) => {
                let (connection, attempt) = of(close.connection)?;
                peer::closed(connection, attempt, close.code, &close.reason)
            }
            Verb::Drop(drop) => {
                let (connection, attempt) = of(drop.connection)?;
                peer::dropped(connection, attempt)
            }
            Verb::Pause => Input::Pause,
            Verb::Resume => Input::Resume,
            Verb::Stop => Input::Stop,
            Verb::Start(_) | Verb::Fault(_) | Verb::Server(_) | Verb::Restart(_) | Verb::Counters | Verb::End => {
                Input::Tick
            }
        })
    }

    /// The operator's settings, and what was saved before.
    fn options(&self, start: &Start) -> Result<Options, Refusal> {
        let spec = &self.spec;
        for id in start.connections.keys() {
            connection(spec, *id)?;
        }
        let reconnect = match start.options.reconnect {
            ReconnectWord::Documented => Reconnect::Documented,
            ReconnectWord::Automatic => Reconnect::Automatic(start.options.backoff.read()),
        };
        let while_closed = match start.options.while_closed {
            WhileClosedWord::Reject => WhileClosed::Reject,
            WhileClosedWord::Drop => WhileClosed::Drop,
            WhileClosedWord::Queue { messages, ms } => WhileClosed::Queue { messages, time: Duration::from_millis(ms) },
        };
        let mut saved = self.element.as_ref().map(|element| element.saved.clone()).unwrap_or_default();
        for (pid, value) in &start.saved {
            param(spec, *pid)?;
            saved.insert(*pid, from_json(value, ValueType::Text)?.to_bytes());
        }
        let settings = |index: ConnectionIndex| {
            let compression = start.options.compression.into();
            let settings = ConnectionSettings::default().while_closed(while_closed).compression(compression);
            match start.connections.get(&spec.connection(index).id) {
                Some(own) => own.put_into(settings),
                None => settings,
            }
        };
        for (index, row) in (0..).zip(spec.connections) {
            let has_address = row.dynamic_ip.is_some() || settings(ConnectionIndex(index)).host.is_some();
            if matches!(row.kind, ConnectionKind::WebSocket | ConnectionKind::Http) && !has_address {
                return Err(format!(
                    "connection {0} has no host: write `\"connections\":{{\"{0}\":{{\"host\":\"ws://…\",\"port\":…}}}}`",
                    row.id
                )
                .into());
            }
        }
        Ok(Options {
            name: NAME.into(),
            connections: Table::new(spec.connections.len(), |index| {
                ConnectionOptions::new(spec.connection(index), &settings(index), reconnect)
            }),
            seed: start.seed,
            presets: Vec::new(),
            saved: saved.into_iter().collect(),
            alarm_delays: self.alarm_delays(start)?,
            log_levels: log_levels(start),
            trends: start.options.trends.then_some(Duration::ZERO),
            every_message: start.options.every_message(spec)?,
            correlations: Vec::new(),
        })
    }
}

impl Run<'_, '_> {
    fn alarm_delays(&self, start: &Start) -> Result<Vec<(ParamIndex, AlarmDelays)>, String> {
        let delays = start.options.alarm_delays.iter().map(|(pid, delays)| {
            let [rising, falling] = [delays.rising, delays.falling].map(Duration::from_millis);
            let param = param(&self.spec, *pid)?;
            AlarmDelays::default().rising(rising).falling(falling).of_param(&self.spec, param)
        });
        delays.collect()
    }
}

/// What comes of the request that `pending` is the number of.
fn http_input(http: &Http, pending: Option<u64>) -> Result<Input, String> {
    let number = pending.ok_or_else(|| format!("session {} waits for no answer", http.session))?;
    let broken = |why: &str| Reason::Network(why.to_owned());
    match (http.status, http.fail) {
        (Some(status), None) => {
            Ok(Input::Answered { number, answer: answer(status, lines(&http.headers).collect(), &http.body)? })
        }
        (None, Some(FailWord::Connect)) => {
            Ok(Input::RequestFailed { number, failure: RequestFailure::Connect(broken("the server was not reached")) })
        }
        (None, Some(FailWord::Lost)) => {
            Ok(Input::RequestFailed { number, failure: RequestFailure::Answer(broken("the connection was lost")) })
        }
        _ => Err("an answer has either a `status` or `fail`".to_owned()),
    }
}

/// The header lines of an answer.
fn lines(headers: &BTreeMap<String, Lines>) -> impl Iterator<Item = (String, String)> {
    headers.iter().flat_map(|(name, lines)| {
        let lines = match lines {
            Lines::One(line) => std::slice::from_ref(line),
            Lines::Several(lines) => lines,
        };
        lines.iter().map(|line| (name.clone(), line.clone()))
    })
}

/// An answer as a transport hands it over.
pub(super) fn answer(status: u16, headers: Vec<(String, String)>, body: &str) -> Result<HttpAnswer, String> {
    let code = http::StatusCode::from_u16(status).map_err(|_| format!("{status} is no status: write 100 to 999"))?;
    let status_line = format!("HTTP/1.1 {status} {}", code.canonical_reason().unwrap_or_default());
    let status_line = status_line.trim_end().to_owned();
    Ok(HttpAnswer { status, status_line, headers, body: Bytes::copy_from_slice(body.as_bytes()) })
}

fn log_levels(start: &Start) -> LogLevels {
    let mut levels = LogLevels::default();
    if let Some(wanted) = &start.options.log_levels {
        levels = wanted.information.map_or(levels, |level| levels.information(level));
        levels = wanted.error.map_or(levels, |level| levels.error(level));
        levels = wanted.debug.map_or(levels, |level| levels.debug(level));
    }
    levels
}

fn not_started() -> String {
    "the element has not started: a `start` comes first".to_owned()
}
