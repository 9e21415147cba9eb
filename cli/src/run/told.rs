//! What an element tells, in words.

use genlock::{ElementState, Event, LogLevel, PairOutcome, RequestOutcome, StreamEntry, Value};

use super::sheet::{Sheet, alarm_word};
use super::visible::visible;

/// A line about something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) kind: Kind,
    pub(super) text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Sent,
    Received,
    Matched,
    Unmatched,
    Note,
    Element,
    Parameter,
    Alarm,
    Pair,
    Message,
    Log,
    Warning,
    Error,
}

impl Kind {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Received => "received",
            Self::Matched => "matched",
            Self::Unmatched => "unmatched",
            Self::Note => "note",
            Self::Element => "element",
            Self::Parameter => "parameter",
            Self::Alarm => "alarm",
            Self::Pair => "pair",
            Self::Message => "message",
            Self::Log => "log",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What an event says to people. Not all of them have something to say: connections say it in the log, messages in the
/// stream log.
pub(super) fn of_event(sheet: &Sheet, event: &Event) -> Option<Told> {
    let (kind, text) = match event {
        Event::Element { state } => (Kind::Element, element_word(*state).to_owned()),
        Event::Param { pid, value, change: true } => {
            (Kind::Parameter, format!("{} = {}", sheet.label(*pid), sheet.value(*pid, value.as_ref())))
        }
        Event::Alarm { pid, level } => (Kind::Alarm, format!("{}: {}", sheet.label(*pid), alarm_word(*level))),
        Event::Information { pid, value } => {
            (Kind::Alarm, format!("{}: information: {}", sheet.label(*pid), sheet.value(*pid, value.as_ref())))
        }
        Event::Pair { id, outcome: PairOutcome::Timeout } => (Kind::Pair, format!("pair {id}: no answer in time")),
        Event::Pair { id, outcome: PairOutcome::Failed(reason) } => {
            (Kind::Pair, format!("pair {id}: failed: {reason}"))
        }
        Event::Request { connection, verb, url, .. } => (Kind::Sent, format!("{connection}: {verb} {url}")),
        Event::Answer { session, request, outcome } => {
            (Kind::Received, format!("session {session}, request {request}: {}", outcome_text(outcome)))
        }
        Event::QActionFailed { id, pid, error } => {
            (Kind::Error, format!("QAction {id}, run by parameter {pid}, failed: {error}"))
        }
        Event::Message { text, .. } => (Kind::Message, text.clone()),
        Event::Log { level, text } => (kind_of(*level), text.clone()),
        _ => return None,
    };
    Some(Told { kind, text: visible(&text).into_owned() })
}

/// What a line of the stream log says to people.
pub(super) fn of_stream(sheet: &Sheet, entry: &StreamEntry) -> Told {
    let (kind, text) = match entry {
        StreamEntry::Sent { connection, message } => {
            (Kind::Sent, format!("{connection}: {}", message_text(message.as_ref())))
        }
        StreamEntry::Received { connection, message } => {
            (Kind::Received, format!("{connection}: {}", message_text(message.as_ref())))
        }
        StreamEntry::Matched { response } => (Kind::Matched, sheet.response(*response)),
        StreamEntry::Unmatched { connection, candidates } if candidates.is_empty() => {
            (Kind::Unmatched, format!("{connection}: no response was expected"))
        }
        StreamEntry::Unmatched { connection, candidates } => {
            let tried: Vec<String> = candidates.iter().map(ToString::to_string).collect();
            (Kind::Unmatched, format!("{connection}: {}", tried.join("; ")))
        }
        StreamEntry::Note { text } => (Kind::Note, text.clone()),
        other => (Kind::Note, format!("{other:?}")),
    };
    Told { kind, text: visible(&text).into_owned() }
}

/// So many of something were dropped, because they came faster than they could be shown.
pub(super) fn missed(count: u64, what: &str) -> Told {
    Told { kind: Kind::Warning, text: format!("{count} {what} came too fast to be shown") }
}

/// What became of an HTTP request.
pub(super) fn outcome_text(outcome: &RequestOutcome) -> String {
    match outcome {
        RequestOutcome::Answered { status } => format!("answered with {status}"),
        RequestOutcome::Redirected { status } => format!("redirected with {status}"),
        RequestOutcome::Failed(reason) => format!("failed: {reason}"),
        other => format!("{other:?}"),
    }
}

fn message_text(message: Option<&Value>) -> String {
    match message {
        None => "(hidden)".to_owned(), // it may hold a password
        Some(Value::Bytes(bytes)) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        Some(message) => message.to_text().to_string(),
    }
}

pub(super) fn element_word(state: ElementState) -> &'static str {
    match state {
        ElementState::Active => "active",
        ElementState::Timeout => "in timeout",
        ElementState::Paused => "paused",
        ElementState::Stopped => "stopped",
        _ => "in another state",
    }
}

fn kind_of(level: LogLevel) -> Kind {
    match level {
        LogLevel::Warning => Kind::Warning,
        LogLevel::Error => Kind::Error,
        _ => Kind::Log,
    }
}
