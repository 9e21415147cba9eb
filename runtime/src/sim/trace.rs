//! The trace: what happened, one JSON object a line.

use std::fmt;
use std::time::SystemTime;

use genlock_spec::{AlarmLevel, ConnectionIndex, MessageType, Source, Spec};
use serde_json::{Map, Value as Json, json};

use super::value::to_json;
use crate::engine::opening::OpeningRequest;
use crate::engine::{
    ConnectionState, ElementState, Event, GroupState, HttpRequest, LogLevel, Output, PairOutcome, RequestOutcome,
    StreamEntry, TrendPoint,
};
use crate::value::Value;

/// One line of a trace. Its text, by `Display`, is a JSON object with `at` and what happened.
#[derive(Clone, Debug, PartialEq)]
pub struct TraceLine {
    /// When, in milliseconds of virtual time.
    pub at: u64,
    /// What: `connect`, `send`, `close`, `param`, `trigger`, `action`, `qaction`, `group`, `pair`, `response`,
    /// `connection`, `element`, `http`, `alarm`, `information`, `trend`, `message`, `counters`, `log` or `error`.
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
            (
                "connect",
                json!({ "connection": id, "url": request.url(), "headers": headers(spec, *connection, request) }),
            )
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
                "verb": request.verb, "url": url, "headers": request_headers(request), "body": body,
            });
            ("http", details)
        }
        Output::EndRequests { connection } => {
            ("http", json!({ "connection": spec.connection(*connection).id, "state": "closed" }))
        }
        // A line `response` says it.
        Output::Stream(StreamEntry::Matched { .. }) => return None,
        Output::Stream(entry) => ("stream", stream(entry)),
        // Their outputs say more.
        Output::Event(Event::Connect { .. } | Event::Send { .. } | Event::Request { .. }) => return None,
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
        Event::Alarm { pid, level } => ("alarm", json!({ "pid": pid, "level": alarm_word(*level) })),
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
        RequestOutcome::Failed(text) => {
            json!({ "session": session, "request": request, "state": "failed", "text": text })
        }
    }
}

/// The header lines of an opening request.
fn headers(spec: &Spec<'_>, connection: ConnectionIndex, request: &OpeningRequest) -> Json {
    joined(request.headers.iter().map(|(name, value)| {
        let is_secret = is_from_secret(spec, connection, name);
        (&**name, if is_secret { HIDDEN } else { &**value })
    }))
}

/// The header lines of an HTTP request.
fn request_headers(request: &HttpRequest) -> Json {
    joined(request.headers.iter().map(|line| (&*line.name, if line.secret { HIDDEN } else { &*line.value })))
}

/// Several lines of one name are joined as RFC 9110, 5.3 allows.
fn joined<'a>(headers: impl Iterator<Item = (&'a str, &'a str)>) -> Json {
    let mut lines = Map::new();
    for (name, value) in headers {
        let value = if SECRET_HEADERS.contains(&name.to_ascii_lowercase().as_str()) { HIDDEN } else { value };
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

/// Whether the value of a header line comes from a secret parameter (PARAM-169).
fn is_from_secret(spec: &Spec<'_>, connection: ConnectionIndex, name: &str) -> bool {
    let session = spec.connection(connection).handshake.map(|request| spec.request(request));
    let lines = session.into_iter().flat_map(|request| spec.headers_of(request.headers));
    lines.filter(|line| spec.text(line.key).eq_ignore_ascii_case(name)).any(|line| match line.value {
        Source::Param(param) => spec.param(param).secret,
        Source::None | Source::Literal(_) => false,
    })
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

fn alarm_word(level: AlarmLevel) -> String {
    format!("{level:?}").to_lowercase()
}

fn log_word(level: LogLevel) -> &'static str {
    match level {
        LogLevel::Debug => "debug",
        LogLevel::Information => "information",
        LogLevel::Warning => "warning",
        LogLevel::Error => "error",
    }
}
