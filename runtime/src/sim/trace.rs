//! The trace: what happened, one JSON object a line.

use std::fmt;
use std::time::SystemTime;

use genlock_spec::{MessageType, Spec};
use serde_json::{Map, Value as Json, json};

use super::value::to_json;
use crate::engine::header_line::HeaderLine;
use crate::engine::{
    ConnectionState, ElementState, Event, GroupState, LogLevel, Output, PairOutcome, RequestOutcome, StreamEntry,
    TrendPoint,
};
use crate::value::Value;

/// One line of a trace. Its text, by `Display`, is a JSON object with `at` and what happened.
#[derive(Clone, Debug, PartialEq)]
pub struct TraceLine {
    /// When, in milliseconds of virtual time.
    pub at: u64,
    /// What: `connect`, `send`, `close`, `param`, `trigger`, `action`, `qaction`, `group`, `pair`, `response`,
    /// `connection`, `element`, `http`, `alarm`, `information`, `trend`, `message`, `stream`, `counters`, `log` or
    /// `error`.
    pub what: &'static str,
    /// The details.
    pub details: Json,
}

impl TraceLine {
    /// The line for what a live element tells its listeners: the same as in a simulation, but that a `connect` has no
    /// headers.
    ///
    /// ```
    /// use genlock::sim::TraceLine;
    /// use genlock::{Event, Value};
    ///
    /// let event = Event::Param { pid: 7, value: Some(Value::Number(1.0)), change: true };
    /// assert_eq!(TraceLine::of_event(20, &event).to_string(), r#"{"at":20,"param":{"pid":7,"value":1,"event":true}}"#);
    /// ```
    pub fn of_event(at: u64, event: &Event) -> Self {
        let (what, details) = happened(event);
        Self { at, what, details }
    }

    /// The line for an entry of a live element's stream log.
    pub fn of_stream(at: u64, entry: &StreamEntry) -> Self {
        Self { at, what: "stream", details: stream(entry) }
    }
}

impl fmt::Display for TraceLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, r#"{{"at":{},"{}":{}}}"#, self.at, self.what, self.details)
    }
}

/// Headers whose values are credentials.
const SECRET_HEADERS: [&str; 3] = ["authorization", "cookie", "proxy-authorization"];
/// What stands for a secret.
const HIDDEN: &str = "(hidden)";

/// Makes lines of a trace of what the engine has for the outside.
#[derive(Debug, Default)]
pub(super) struct Tracer {
    /// Whether the next message holds a secret.
    is_hidden: bool,
}

impl Tracer {
    /// What an output of the engine is in a trace; nothing when it is no event.
    pub(super) fn line(&mut self, spec: &Spec<'_>, output: &Output) -> Option<(&'static str, Json)> {
        if let Output::Event(Event::Send { message, .. }) = output {
            self.is_hidden = message.is_none();
        }
        line(spec, output, self.is_hidden)
    }
}

fn line(spec: &Spec<'_>, output: &Output, hidden: bool) -> Option<(&'static str, Json)> {
    Some(match output {
        Output::Connect { connection, request, .. } => {
            let id = spec.connection(*connection).id;
            ("connect", json!({ "connection": id, "url": request.url(), "headers": headers(&request.headers) }))
        }
        Output::Send { connection, kind, data } => {
            let id = spec.connection(*connection).id;
            let text = match kind {
                _ if hidden => json!(HIDDEN),
                MessageType::Text => json!(String::from_utf8_lossy(data)),
                MessageType::Binary => json!(data_encoding::HEXLOWER.encode(data)),
            };
            let key = if *kind == MessageType::Text { "text" } else { "binary" };
            ("send", json!({ "connection": id, key: text }))
        }
        Output::Request { connection, index, request, .. } => {
            let row = spec.request(*index);
            let (url, body) = if request.secret {
                (request.url(), HIDDEN.into())
            } else {
                (request.full_url(), String::from_utf8_lossy(&request.body))
            };
            let details = json!({
                "session": row.session, "request": row.id, "connection": spec.connection(*connection).id,
                "verb": request.verb, "url": url, "headers": headers(&request.headers), "body": body,
            });
            ("http", details)
        }
        Output::EndRequests { connection } => {
            ("http", json!({ "connection": spec.connection(*connection).id, "state": "closed" }))
        }
        // A line `response` says the first, and outputs say more than the others.
        Output::Stream(StreamEntry::Matched { .. })
        | Output::Event(Event::Connect { .. } | Event::Send { .. } | Event::Request { .. }) => return None,
        Output::Stream(entry) => ("stream", stream(entry)),
        Output::Event(event) => happened(event),
        _ => return None,
    })
}

fn happened(event: &Event) -> (&'static str, Json) {
    match event {
        Event::Element { state } => ("element", json!({ "state": element_word(*state) })),
        Event::Connection { id, state, .. } => ("connection", json!({ "id": id, "state": connection_word(*state) })),
        Event::Param { pid, value, change } => {
            ("param", json!({ "pid": pid, "value": to_json(value.as_ref()), "event": change }))
        }
        Event::Trigger { id } => ("trigger", json!({ "id": id })),
        Event::Action { id } => ("action", json!({ "id": id })),
        Event::QAction { id, pid, inputs } if inputs.is_empty() => ("qaction", json!({ "id": id, "pid": pid })),
        Event::QAction { id, pid, inputs } => {
            let inputs: Vec<Json> = inputs.iter().map(|value| to_json(value.as_ref())).collect();
            ("qaction", json!({ "id": id, "pid": pid, "inputs": inputs }))
        }
        Event::Message { user, text } => ("message", json!({ "user": user, "text": text })),
        Event::QActionFailed { id, pid, error } => ("error", json!({ "qaction": id, "pid": pid, "text": error })),
        Event::Group { id, state } => ("group", json!({ "id": id, "state": group_word(*state) })),
        Event::Pair { id, outcome } => ("pair", json!({ "id": id, "state": pair_word(outcome) })),
        Event::Response { id, matched } => ("response", json!({ "id": id, "matched": matched })),
        Event::Close { id, code } => ("close", json!({ "connection": id, "code": code })),
        Event::Alarm { pid, level } => ("alarm", json!({ "pid": pid, "level": level.word() })),
        Event::Information { pid, value } => ("information", json!({ "pid": pid, "value": to_json(value.as_ref()) })),
        Event::Trend { pid, point } => ("trend", trend(*pid, point)),
        Event::Log { level, text } => ("log", json!({ "level": log_word(*level), "text": text })),
        Event::Answer { session, request, outcome } => ("http", answer(*session, *request, outcome)),
        Event::Request { session, request, connection, verb, url } => (
            "http",
            json!({ "session": session, "request": request, "connection": connection, "verb": verb, "url": url }),
        ),
        Event::Connect { id, url } => ("connect", json!({ "connection": id, "url": url })),
        Event::Send { id, message: None } => ("send", json!({ "connection": id, "text": HIDDEN })),
        Event::Send { id, message: Some(Value::Bytes(bytes)) } => {
            ("send", json!({ "connection": id, "binary": data_encoding::HEXLOWER.encode(bytes) }))
        }
        Event::Send { id, message: Some(message) } => {
            ("send", json!({ "connection": id, "text": message.to_text().as_str() }))
        }
    }
}

fn stream(entry: &StreamEntry) -> Json {
    let shown = |message: &Option<Value>| message.as_ref().map_or_else(|| json!(HIDDEN), |value| to_json(Some(value)));
    match entry {
        StreamEntry::Sent { connection, message } => json!({ "connection": connection, "sent": shown(message) }),
        StreamEntry::Received { connection, message } => {
            json!({ "connection": connection, "received": shown(message) })
        }
        StreamEntry::Unmatched { connection, candidates } => {
            let tried: Vec<String> = candidates.iter().map(ToString::to_string).collect();
            json!({ "connection": connection, "unmatched": tried })
        }
        StreamEntry::Matched { response } => json!({ "matched": response }),
        StreamEntry::Note { text } => json!({ "note": text }),
    }
}

fn trend(pid: u32, point: &TrendPoint) -> Json {
    match point {
        TrendPoint::Value { at, value } => {
            json!({ "pid": pid, "time": since_epoch(*at), "value": to_json(Some(value)) })
        }
        TrendPoint::Window(window) => json!({
            "pid": pid,
            "from": since_epoch(window.from),
            "to": since_epoch(window.to),
            "kept": window.kept,
            "average": window.average,
            "minimum": window.minimum,
            "maximum": window.maximum,
        }),
    }
}

/// In milliseconds.
fn since_epoch(time: SystemTime) -> u64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// What became of an HTTP request.
fn answer(session: u32, request: u32, outcome: &RequestOutcome) -> Json {
    match outcome {
        RequestOutcome::Answered { status } => {
            json!({ "session": session, "request": request, "state": "answered", "status": status })
        }
        RequestOutcome::Redirected { status } => {
            json!({ "session": session, "request": request, "state": "redirected", "status": status })
        }
        RequestOutcome::LoginAsked { status } => {
            json!({ "session": session, "request": request, "state": "login asked", "status": status })
        }
        RequestOutcome::Failed(text) => {
            json!({ "session": session, "request": request, "state": "failed", "text": text })
        }
    }
}

/// The header lines of a request; several of one name are joined as RFC 9110, 5.3 allows.
fn headers(request: &[HeaderLine]) -> Json {
    let mut lines = Map::new();
    for line in request {
        let name = &*line.name;
        let is_secret = line.secret || SECRET_HEADERS.contains(&name.to_ascii_lowercase().as_str());
        let value = if is_secret { HIDDEN } else { &*line.value };
        match lines.get_mut(name) {
            Some(Json::String(earlier)) => {
                earlier.push_str(", ");
                earlier.push_str(value);
            }
            _ => {
                lines.insert(name.to_owned(), json!(value));
            }
        }
    }
    Json::Object(lines)
}

fn element_word(state: ElementState) -> &'static str {
    match state {
        ElementState::Active => "active",
        ElementState::Timeout => "timeout",
        ElementState::Paused => "paused",
        ElementState::Stopped => "stopped",
    }
}

fn connection_word(state: ConnectionState) -> &'static str {
    match state {
        ConnectionState::Connecting { .. } => "connecting",
        ConnectionState::Open => "open",
        ConnectionState::Closing => "closing",
        ConnectionState::Backoff { .. } => "backoff",
        ConnectionState::Idle | ConnectionState::Stopped => "closed",
    }
}

fn group_word(state: GroupState) -> &'static str {
    match state {
        GroupState::Queued => "queued",
        GroupState::Started => "started",
        GroupState::Done => "done",
        GroupState::Skipped => "skipped",
    }
}

fn pair_word(outcome: &PairOutcome) -> &'static str {
    match outcome {
        PairOutcome::Queued => "queued",
        PairOutcome::Sent => "sent",
        PairOutcome::Succeeded => "succeeded",
        PairOutcome::Timeout => "timeout",
        PairOutcome::Failed(_) => "failed",
    }
}

fn log_word(level: LogLevel) -> &'static str {
    match level {
        LogLevel::Debug => "debug",
        LogLevel::Information => "information",
        LogLevel::Warning => "warning",
        LogLevel::Error => "error",
    }
}
