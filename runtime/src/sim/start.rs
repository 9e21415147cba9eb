//! What the start of a script says beyond addresses.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::script::{Delays, LogLevelsOf};

/// What a start says beyond addresses.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StartOptions {
    #[serde(default)]
    pub(super) reconnect: ReconnectWord,
    #[serde(default)]
    pub(super) while_closed: WhileClosedWord,
    /// How long alarm levels last before they are told, by parameter.
    #[serde(default)]
    pub(super) alarm_delays: BTreeMap<u32, Delays>,
    /// Whether points of trends are told; the script's time is that of the clock, since the Unix epoch.
    #[serde(default)]
    pub(super) trends: bool,
    /// Whether the stream log is told.
    #[serde(default)]
    pub(super) stream: bool,
    /// Which lines of hooks are logged.
    pub(super) log_levels: Option<LogLevelsOf>,
}

/// What becomes of commands whose connection is not open.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum WhileClosedWord {
    #[default]
    Reject,
    Drop,
    Queue {
        messages: usize,
        ms: u64,
    },
}

/// How lost connections come back.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum ReconnectWord {
    Documented,
    #[default]
    Automatic,
}
