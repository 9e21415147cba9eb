//! What happens in an element, as lines for a browser.

use serde_json::{Value as Json, json};

use super::value;
use crate::engine::{Event, GroupState, LogLevel, PairOutcome, StreamEntry};
use crate::value::Value;

/// How much of a message the stream log has.
const SHOWN: usize = 2048;

/// What runs: triggers, actions, QActions, groups, pairs, responses. None for anything else.
pub(super) fn activity(event: &Event, at: u64) -> Option<Json> {
    let line = |kind: &str, id: i64, state: &str| json!({ "at": at, "kind": kind, "id": id, "state": state });
    Some(match event {
        Event::Trigger { id } => line("trigger", i64::from(*id), ""),
        Event::Action { id } => line("action", i64::from(*id), ""),
        Event::QAction { id, pid, .. } => line("qaction", i64::from(*id), &format!("by parameter {pid}")),
        Event::QActionFailed { id, error, .. } => line("qaction", i64::from(*id), &format!("failed: {error}")),
        Event::Group { id, state } => line("group", *id, group(*state)),
        Event::Pair { id, outcome } => line("pair", i64::from(*id), &pair(outcome)),
        Event::Response { id, matched: true } => line("response", i64::from(*id), "matched"),
        _ => return None,
    })
}

const fn group(state: GroupState) -> &'static str {
    match state {
        GroupState::Queued => "queued",
        GroupState::Started => "started",
        GroupState::Done => "done",
        GroupState::Skipped => "skipped",
    }
}

fn pair(outcome: &PairOutcome) -> String {
    match outcome {
        PairOutcome::Queued => "queued".to_owned(),
        PairOutcome::Sent => "sent".to_owned(),
        PairOutcome::Succeeded => "succeeded".to_owned(),
        PairOutcome::Timeout => "timeout".to_owned(),
        PairOutcome::Failed(why) => format!("failed: {why}"),
    }
}

/// A line of the element's log. None for anything else.
pub(super) fn log(event: &Event, at: u64) -> Option<Json> {
    Some(match event {
        Event::Log { level, text } => json!({ "at": at, "level": level_word(*level), "text": value::cut(text, SHOWN) }),
        Event::Message { user, text } => {
            json!({ "at": at, "level": "message", "text": value::cut(text, SHOWN), "user": user })
        }
        Event::Information { pid, value } => {
            json!({ "at": at, "level": "information", "pid": pid, "value": value::value(value.as_ref()) })
        }
        _ => return None,
    })
}

const fn level_word(level: LogLevel) -> &'static str {
    match level {
        LogLevel::Debug => "debug",
        LogLevel::Information => "information",
        LogLevel::Warning => "warning",
        LogLevel::Error => "error",
    }
}

/// A change of a connection. None for anything else.
pub(super) fn connection(event: &Event, at: u64) -> Option<Json> {
    Some(match event {
        Event::Connection { id, state, reason } => {
            json!({ "at": at, "id": id, "state": value::connection(state), "text": state.to_string(), "reason": reason })
        }
        Event::Connect { id, url } => json!({ "at": at, "id": id, "url": url }),
        Event::Close { id, code } => json!({ "at": at, "id": id, "closed": code }),
        _ => return None,
    })
}

/// A line of the stream log; what is said of the message before is put to it by [`amend`].
pub(super) fn stream(entry: &StreamEntry, at: u64) -> Option<Json> {
    Some(match entry {
        StreamEntry::Sent { connection, message } => message_line(at, "sent", *connection, message.as_ref()),
        StreamEntry::Received { connection, message } => message_line(at, "received", *connection, message.as_ref()),
        StreamEntry::Note { text } => json!({ "at": at, "way": "note", "text": value::cut(text, SHOWN) }),
        StreamEntry::Matched { .. } | StreamEntry::Unmatched { .. } => return None,
    })
}

/// Puts what became of a message to its line.
pub(super) fn amend(line: &mut Json, entry: &StreamEntry) {
    let Some(line) = line.as_object_mut() else { return };
    match entry {
        StreamEntry::Matched { response } => {
            line.insert("response".to_owned(), json!(response));
        }
        StreamEntry::Unmatched { candidates, .. } => {
            let tried: Vec<String> = candidates.iter().map(ToString::to_string).collect();
            line.insert("unmatched".to_owned(), json!(tried));
        }
        _ => {}
    }
}

fn message_line(at: u64, way: &str, connection: u32, message: Option<&Value>) -> Json {
    match message {
        None => json!({ "at": at, "way": way, "connection": connection, "hidden": true }),
        Some(Value::Bytes(bytes)) => {
            let shown = bytes.get(..SHOWN / 4).unwrap_or(bytes);
            let hex = data_encoding::HEXLOWER.encode(shown);
            json!({ "at": at, "way": way, "connection": connection, "bytes": bytes.len(), "hex": hex })
        }
        Some(message) => {
            let text = message.to_text();
            let shown = value::cut(&text, SHOWN);
            json!({ "at": at, "way": way, "connection": connection, "bytes": text.len(), "text": shown })
        }
    }
}
