//! What the start of a script says beyond addresses.

use std::collections::BTreeMap;
use std::time::Duration;

use genlock_spec::{ResponseIndex, Spec};
use serde::Deserialize;

use super::hooks::response;
use super::script::{Delays, LinkSettings, LogLevelsOf};
use crate::settings::{Backoff, Compression, ConnectionSettings};

/// What a start says beyond addresses.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StartOptions {
    #[serde(default)]
    pub(super) reconnect: ReconnectWord,
    /// How long the waits are when they come back by themselves; what is left out is as usual.
    #[serde(default)]
    pub(super) backoff: Waits,
    #[serde(default)]
    pub(super) while_closed: WhileClosedWord,
    #[serde(default)]
    pub(super) compression: CompressionWord,
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
    /// The ids of the responses of which every message is an event.
    #[serde(default)]
    pub(super) every_message: Vec<u32>,
}

/// The waits between attempts to connect, in milliseconds.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Waits {
    first: Option<u64>,
    cap: Option<u64>,
    jitter: Option<f64>,
    stable_after: Option<u64>,
    later: Option<u64>,
    longest_asked: Option<u64>,
    give_up_after: Option<u32>,
}

impl Waits {
    pub(super) fn read(self) -> Backoff {
        let usual = Backoff::default();
        let ms = |given: Option<u64>, usual| given.map_or(usual, Duration::from_millis);
        usual
            .first(ms(self.first, usual.first))
            .cap(ms(self.cap, usual.cap))
            .jitter(self.jitter.unwrap_or(usual.jitter))
            .stable_after(ms(self.stable_after, usual.stable_after))
            .later(ms(self.later, usual.later))
            .longest_asked(ms(self.longest_asked, usual.longest_asked))
            .give_up_after(self.give_up_after.unwrap_or(usual.give_up_after))
    }
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

/// Whether messages may be compressed.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum CompressionWord {
    #[default]
    Declared,
    Offered,
    Off,
}

impl From<CompressionWord> for Compression {
    fn from(word: CompressionWord) -> Self {
        match word {
            CompressionWord::Declared => Self::Declared,
            CompressionWord::Offered => Self::Offered,
            CompressionWord::Off => Self::Off,
        }
    }
}

/// How lost connections come back.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum ReconnectWord {
    Documented,
    #[default]
    Automatic,
}

impl StartOptions {
    pub(super) fn every_message(&self, spec: &Spec<'_>) -> Result<Vec<ResponseIndex>, String> {
        self.every_message.iter().map(|id| response(spec, *id)).collect()
    }
}

impl LinkSettings {
    /// `settings` with what is said here.
    pub(super) fn put_into(&self, settings: ConnectionSettings) -> ConnectionSettings {
        ConnectionSettings {
            host: self.host.clone(),
            port: self.port,
            element_timeout: self.element_timeout.map(Duration::from_millis),
            own_element_timeout: self.own_element_timeout.map(Duration::from_millis),
            include_timeout: self.include_timeout,
            reconnect_on_change: self.reconnect_on_change,
            follow_redirects: self.follow_redirects,
            ..settings
        }
    }
}
