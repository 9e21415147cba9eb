//! What an element runs with, as a record has it: the operator's settings, the connector file's and the defaults, put
//! together.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use genlock_spec::{AlarmLevel, Connection, ConnectionIndex, PairIndex, ParamIndex, Spec, Table};
use serde::{Deserialize, Serialize};

use super::format::{Assignment, Header, VERSION};
use crate::correlation::Correlation;
use crate::engine::{ConnectionOptions, Options};
use crate::settings::{
    AlarmDelays, Backoff, Compression, ConnectionSettings, Keepalive, LogLevels, Reconnect, WhileClosed,
};
use crate::sim::hooks::{pair, param, response};

/// One connection.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LoggedConnection {
    id: u32,
    host: Option<String>,
    port: Option<u16>,
    timeout: Duration,
    retries: u32,
    element_timeout: Duration,
    #[serde(default)]
    own_element_timeout: Option<Duration>,
    #[serde(default)]
    exclude_timeout: bool,
    #[serde(default)]
    reconnect_on_change: bool,
    /// How it comes back by itself; without it, as documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    backoff: Option<LoggedBackoff>,
    #[serde(with = "WhileClosedForm")]
    while_closed: WhileClosed,
    ping_interval: Duration,
    ping_deadline: Duration,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    follow_redirects: bool,
    #[serde(default, with = "CompressionForm")]
    compression: Compression,
}

/// Whether messages may be compressed.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Compression", rename_all = "snake_case")]
enum CompressionForm {
    Declared,
    Offered,
    Off,
}

/// What becomes of commands while it is closed.
#[derive(Serialize, Deserialize)]
#[serde(remote = "WhileClosed", rename_all = "snake_case", deny_unknown_fields)]
enum WhileClosedForm {
    Reject,
    Drop,
    Queue { messages: usize, time: Duration },
}

/// What an earlier record does not have was as usual.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct LoggedBackoff {
    first: Duration,
    cap: Duration,
    jitter: f64,
    stable_after: Duration,
    later: Duration,
    longest_asked: Duration,
    give_up_after: u32,
}

impl Default for LoggedBackoff {
    fn default() -> Self {
        Self::from(Backoff::default())
    }
}

impl From<Backoff> for LoggedBackoff {
    fn from(backoff: Backoff) -> Self {
        let Backoff { first, cap, jitter, stable_after, later, longest_asked, give_up_after } = backoff;
        // JSON has no other numbers; the engine takes those for 0.
        let jitter = Some(jitter).filter(|jitter| jitter.is_finite()).unwrap_or_default();
        Self { first, cap, jitter, stable_after, later, longest_asked, give_up_after }
    }
}

impl From<&LoggedBackoff> for Backoff {
    fn from(logged: &LoggedBackoff) -> Self {
        let &LoggedBackoff { first, cap, jitter, stable_after, later, longest_asked, give_up_after } = logged;
        Self { first, cap, jitter, stable_after, later, longest_asked, give_up_after }
    }
}

/// The levels up to which lines of hooks are logged.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LoggedLevels {
    information: i8,
    error: i8,
    debug: i8,
}

/// How long the alarm levels of a parameter last before they are told, in the order of [`LEVELS`].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LoggedDelays {
    pid: u32,
    rising_to: Vec<Duration>,
    falling_from: Vec<Duration>,
}

const LEVELS: [AlarmLevel; 6] = [
    AlarmLevel::Undefined,
    AlarmLevel::Normal,
    AlarmLevel::Warning,
    AlarmLevel::Minor,
    AlarmLevel::Major,
    AlarmLevel::Critical,
];

impl LoggedDelays {
    fn new(spec: &Spec<'_>, param: ParamIndex, delays: &AlarmDelays) -> Self {
        Self {
            pid: spec.param(param).pid,
            rising_to: LEVELS.iter().map(|level| delays.before_rise(*level)).collect(),
            falling_from: LEVELS.iter().map(|level| delays.before_fall(*level)).collect(),
        }
    }

    fn read(&self, spec: &Spec<'_>) -> Result<(ParamIndex, AlarmDelays), String> {
        let rising = LEVELS.into_iter().zip(&self.rising_to);
        let falling = LEVELS.into_iter().zip(&self.falling_from);
        let delays = rising.fold(AlarmDelays::default(), |delays, (level, delay)| delays.rising_to(level, *delay));
        let delays = falling.fold(delays, |delays, (level, delay)| delays.falling_from(level, *delay));
        delays.of_param(spec, param(spec, self.pid)?)
    }
}

impl Header {
    pub(super) fn new(spec: &Spec<'_>, options: &Options) -> Self {
        let (connections, delays) = (options.connections.iter(), options.alarm_delays.iter());
        let LogLevels { information, error, debug } = options.log_levels;
        Self {
            record: VERSION,
            genlock: env!("CARGO_PKG_VERSION").to_owned(),
            protocol: spec.text(spec.name).to_owned(),
            version: spec.text(spec.version).to_owned(),
            element: options.name.to_string(),
            seed: options.seed,
            connections: connections.map(|(index, row)| LoggedConnection::new(spec, index, row)).collect(),
            presets: options.presets.iter().map(|(param, value)| Assignment::new(spec, *param, value)).collect(),
            saved: options.saved.iter().map(|(pid, value)| Assignment::saved(spec, *pid, value)).collect(),
            alarm_delays: delays.map(|(param, delays)| LoggedDelays::new(spec, *param, delays)).collect(),
            log_levels: LoggedLevels { information, error, debug },
            trends: options.trends,
            every_message: options.every_message.iter().map(|response| spec.response(*response).id).collect(),
            correlated: options.correlations.iter().map(|(pair, _)| spec.pair(*pair).id).collect(),
        }
    }

    /// What the element is to run with; `is_answer` has what the driver's functions say of a message. An error says which
    /// part the connector does not have.
    pub(super) fn options(&self, spec: &Spec<'_>, is_answer: &Arc<AtomicBool>) -> Result<Options, String> {
        if self.record != VERSION {
            return Err(format!(
                "this is version {} of the format, written by genlock {}; this genlock reads version {VERSION}",
                self.record, self.genlock
            ));
        }
        let LoggedLevels { information, error, debug } = self.log_levels;
        Ok(Options {
            name: self.element.as_str().into(),
            connections: Table::new(spec.connections.len(), |index| self.connection(spec.connection(index))),
            seed: self.seed,
            presets: self.presets.iter().map(|preset| preset.read(spec)).collect::<Result<_, _>>()?,
            saved: self.saved.iter().map(|saved| saved.read_saved(spec)).collect::<Result<_, _>>()?,
            alarm_delays: self.alarm_delays.iter().map(|delays| delays.read(spec)).collect::<Result<_, _>>()?,
            log_levels: LogLevels { information, error, debug },
            trends: self.trends,
            every_message: self.every_message.iter().map(|id| response(spec, *id)).collect::<Result<_, _>>()?,
            correlations: self.correlations(spec, is_answer)?,
        })
    }

    fn correlations(
        &self,
        spec: &Spec<'_>,
        is_answer: &Arc<AtomicBool>,
    ) -> Result<Vec<(PairIndex, Correlation)>, String> {
        let correlation = |id: &u32| {
            let said = Arc::clone(is_answer);
            Ok((pair(spec, *id)?, Correlation::new(move |_| said.load(Ordering::Relaxed))))
        };
        self.correlated.iter().map(correlation).collect()
    }

    /// A connection that the connector did not have then gets what its file says.
    fn connection(&self, row: &Connection) -> ConnectionOptions {
        let known = self.connections.iter().find(|connection| connection.id == row.id);
        known.map_or_else(
            || ConnectionOptions::new(row, &ConnectionSettings::default(), Reconnect::default()),
            LoggedConnection::options,
        )
    }
}

impl LoggedConnection {
    fn new(spec: &Spec<'_>, index: ConnectionIndex, options: &ConnectionOptions) -> Self {
        let backoff = match options.reconnect {
            Reconnect::Automatic(backoff) => Some(backoff.into()),
            Reconnect::Documented => None,
        };
        Self {
            id: spec.connection(index).id,
            host: options.host.clone(),
            port: options.port,
            timeout: options.timeout,
            retries: options.retries,
            element_timeout: options.element_timeout,
            own_element_timeout: options.own_element_timeout,
            exclude_timeout: !options.include_timeout,
            reconnect_on_change: options.reconnect_on_change,
            backoff,
            while_closed: options.while_closed,
            ping_interval: options.keepalive.interval,
            ping_deadline: options.keepalive.deadline,
            follow_redirects: options.follow_redirects,
            compression: options.compression,
        }
    }

    fn options(&self) -> ConnectionOptions {
        let backoff = self.backoff.as_ref();
        let reconnect = backoff.map_or(Reconnect::Documented, |backoff| Reconnect::Automatic(backoff.into()));
        ConnectionOptions {
            host: self.host.clone(),
            port: self.port,
            timeout: self.timeout,
            retries: self.retries,
            element_timeout: self.element_timeout,
            own_element_timeout: self.own_element_timeout,
            include_timeout: !self.exclude_timeout,
            reconnect_on_change: self.reconnect_on_change,
            reconnect,
            while_closed: self.while_closed,
            keepalive: Keepalive { interval: self.ping_interval, deadline: self.ping_deadline },
            follow_redirects: self.follow_redirects,
            compression: self.compression,
        }
    }
}
