//! The lines of a record.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::reason::LoggedReason;
use super::settings::{LoggedConnection, LoggedDelays, LoggedLevels};
use super::value::LoggedValue;
use crate::settings::LogType;

/// The version of the format.
pub(super) const VERSION: u32 = 1;

macro_rules! lines {
    ($($(#[$doc:meta])* $name:ident { $($(#[$attribute:meta])* $key:ident: $value:ty,)* })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name {
            $($(#[$attribute])* pub(super) $key: $value,)*
        }
    )+};
}

lines! {
    /// The first line: what the element ran with.
    Header {
        /// The version of the format.
        record: u32,
        /// The version of genlock that wrote it.
        genlock: String,
        /// The connector's Name.
        protocol: String,
        /// The connector's Version.
        version: String,
        /// The element's name.
        element: String,
        seed: u64,
        connections: Vec<LoggedConnection>,
        /// Values that the operator preset.
        presets: Vec<Assignment>,
        /// What the store had.
        saved: Vec<Assignment>,
        alarm_delays: Vec<LoggedDelays>,
        log_levels: LoggedLevels,
        /// The time of day at which the element was made, since the Unix epoch, when points of trends are told.
        trends: Option<Duration>,
        /// The responses of which every message is an event.
        #[serde(default)]
        every_message: Vec<u32>,
        /// The pairs whose answers a function of the driver knows.
        #[serde(default)]
        correlated: Vec<u32>,
    }
    /// One input.
    Entry {
        us: u64,
        input: LoggedInput,
        /// What a queued hook did in the element just before, if this is the tick that ends it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        inside: Option<Inside>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        runs: Vec<HookRun>,
        /// What that function said of the message that came.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        is_answer: Option<bool>,
        /// One object a line of the trace.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        trace: Vec<Map<String, Json>>,
    }
    Inside {
        us: u64,
        #[serde(rename = "do")]
        steps: Vec<LoggedStep>,
    }
    /// One run of a hook.
    HookRun {
        qaction: u32,
        pid: u32,
        #[serde(rename = "do")]
        steps: Vec<LoggedStep>,
        /// The text of the error that it returned, or of its panic.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fail: Option<String>,
    }
    Assignment {
        pid: u32,
        value: LoggedValue,
    }
    /// What a run of a hook is told about its cause.
    LoggedCall {
        qaction: u32,
        pid: u32,
        by_operator: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        user: Option<String>,
    }
    /// The server's answer to the opening request.
    LoggedAnswer {
        status_line: String,
        /// In hexadecimal digits.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        body: String,
        compressed: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<Duration>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        location: Option<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        asked: Vec<String>,
    }
}

/// What the engine was told. A connection's `attempt` is the one that the input belongs to.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum LoggedInput {
    Start,
    Stop,
    Pause,
    Resume,
    Opened {
        connection: u32,
        attempt: u32,
        answer: LoggedAnswer,
    },
    OpenFailed {
        connection: u32,
        attempt: u32,
        reason: LoggedReason,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<LoggedAnswer>,
    },
    Received {
        connection: u32,
        attempt: u32,
        /// A text message.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        /// A binary message, in hexadecimal digits.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        binary: Option<String>,
    },
    Sent {
        connection: u32,
        attempt: u32,
    },
    Pong {
        connection: u32,
        attempt: u32,
    },
    Lost {
        connection: u32,
        attempt: u32,
        reason: LoggedReason,
    },
    Answered {
        number: u64,
        status: u16,
        status_line: String,
        headers: Vec<(String, String)>,
        body: String,
    },
    RequestFailed {
        number: u64,
        connected: bool,
        reason: LoggedReason,
    },
    Set(Assignment),
    /// A set by an operator with a name.
    SetBy {
        set: Assignment,
        user: String,
    },
    /// A run of a queued hook is over.
    QueuedEnded {
        call: LoggedCall,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        error: Option<String>,
    },
    CheckTrigger(u32),
    Reconnect(u32),
    /// A group's id.
    Queue(i64),
    Execute {
        pair: u32,
        fill: Vec<Assignment>,
        ticket: u64,
        /// Whether the caller waits for the answer, not for the command to be sent only.
        answered: bool,
    },
    Tick,
}

/// What a hook did.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum LoggedStep {
    Set(Assignment),
    Clear(u32),
    CheckTrigger(u32),
    Reconnect(u32),
    /// `since_epoch`: the time of the value.
    SetAt {
        set: Assignment,
        since_epoch: Duration,
    },
    /// The bytes, without an event.
    SetBinary(Assignment),
    Log {
        #[serde(with = "LogTypeForm")]
        kind: LogType,
        level: i8,
        line: String,
    },
    /// A message to the operator who is the cause.
    Message {
        call: LoggedCall,
        text: String,
    },
    /// It held the element for so long.
    Slow {
        call: LoggedCall,
        took: Duration,
    },
    /// It said that it has no function.
    Unhandled(LoggedCall),
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(remote = "LogType", rename_all = "snake_case")]
enum LogTypeForm {
    Information,
    Error,
    Debug,
    Always,
}
