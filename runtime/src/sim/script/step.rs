//! Steps of stubs: what a QAction does.

use serde::Deserialize;
use serde_json::Value as Json;

use crate::settings::LogType;

/// One step of a stub.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(in crate::sim) enum Step {
    Set(Set),
    SetAt(SetAt),
    SetBinary(SetBinary),
    Clear(u32),
    Copy(Copy),
    CheckTrigger(u32),
    Reconnect(u32),
    Fail(String),
    Panic(String),
    /// A line of the log.
    Log(LogLine),
    /// A note in the stream log.
    StreamNote(String),
    /// A message to the operator whose set is the cause.
    Message(String),
    /// Sets a parameter to the name of the operator whose set is the cause.
    User(u32),
    /// Sets a parameter to the value before the event, or clears it when there was none.
    Old(u32),
    /// Sets a parameter to the value of the event, or clears it when there is none.
    New(u32),
    /// Waits, in milliseconds; queued QActions only.
    Delay(u64),
}

keys! {
    Set {
        pid: u32,
        value: Json,
    }
    /// A value of the past; `time` is in milliseconds since the Unix epoch.
    SetAt {
        pid: u32,
        value: Json,
        time: u64,
    }
    SetBinary {
        pid: u32,
        hex: String,
    }
    Copy {
        from: u32,
        to: u32,
    }
    LogLine {
        #[serde(default, rename = "type")]
        kind: LogWord,
        #[serde(default = "developers_level")]
        level: i8,
        text: String,
    }
    Hook {
        qaction: u32,
        #[serde(rename = "do")]
        steps: Vec<Step>,
    }
}

/// The type of a line.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::sim) enum LogWord {
    Information,
    Error,
    Debug,
    #[default]
    Always,
}

impl From<LogWord> for LogType {
    fn from(word: LogWord) -> Self {
        match word {
            LogWord::Information => Self::Information,
            LogWord::Error => Self::Error,
            LogWord::Debug => Self::Debug,
            LogWord::Always => Self::Always,
        }
    }
}

/// QA-48
const fn developers_level() -> i8 {
    -1
}
