//! The operator's settings, as the engine needs them: nothing is missing any more.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use genlock_spec::{Connection, ConnectionIndex, PairIndex, ParamIndex, ResponseIndex, Table};

use crate::correlation::Correlation;
use crate::settings::{AlarmDelays, Compression, ConnectionSettings, Keepalive, LogLevels, Reconnect, WhileClosed};
use crate::value::Value;

/// How long an answer may take when nobody says (REL-32: never zero).
const TIMEOUT_TIME: Duration = Duration::from_millis(1500);
/// The limits of TimeoutTime (LIFE-50).
const TIMEOUT_TIME_RANGE: [Duration; 2] = [Duration::from_millis(10), Duration::from_secs(120)];
/// How often a command is sent again when nobody says (CONN-101), and the most that may be asked for.
const RETRIES: u32 = 3;
const RETRIES_LIMIT: u32 = 10;
/// How long a connection may be down before the element is in timeout, when nobody says.
pub(super) const TIMEOUT_TIME_ELEMENT: Duration = Duration::from_secs(30);

/// What one element runs with.
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) name: Arc<str>,
    pub(crate) connections: Table<ConnectionIndex, ConnectionOptions>,
    /// The seed of all randomness.
    pub(crate) seed: u64,
    /// Values that the operator presets; they win over saved and default ones.
    pub(crate) presets: Vec<(ParamIndex, Value)>,
    /// Values of saved parameters, by pid (LIFE-11).
    pub(crate) saved: Vec<(u32, Bytes)>,
    /// How long alarm levels last before they are told (ALM-16).
    pub(crate) alarm_delays: Vec<(ParamIndex, AlarmDelays)>,
    /// Which lines of hooks are logged (QA-48).
    pub(crate) log_levels: LogLevels,
    /// The operator's clock at the engine's beginning, since the Unix epoch, when points of trends are wanted.
    pub(crate) trends: Option<Duration>,
    /// The responses of which every message is an event (BEY-20).
    pub(crate) every_message: Vec<ResponseIndex>,
    /// What says of a message whether it answers a pair (BEY-23).
    pub(crate) correlations: Vec<(PairIndex, Correlation)>,
}

/// What one connection runs with.
#[derive(Clone, Debug)]
pub(crate) struct ConnectionOptions {
    pub(crate) host: Option<String>,
    pub(crate) port: Option<u16>,
    pub(crate) timeout: Duration,
    pub(crate) retries: u32,
    pub(crate) element_timeout: Duration,
    /// This connection's own time (BEY-15).
    pub(crate) own_element_timeout: Option<Duration>,
    /// Whether the element is in timeout when this connection is (LIFE-53).
    pub(crate) include_timeout: bool,
    /// Whether it follows the parameters of its handshake (BEY-11).
    pub(crate) reconnect_on_change: bool,
    pub(crate) reconnect: Reconnect,
    pub(crate) while_closed: WhileClosed,
    pub(crate) keepalive: Keepalive,
    pub(crate) follow_redirects: bool,
    pub(crate) compression: Compression,
}

impl ConnectionOptions {
    /// The operator's settings where given, else the connector file's, else the platform's (CONN-06).
    pub(crate) fn new(row: &Connection, settings: &ConnectionSettings, reconnect: Reconnect) -> Self {
        let declared = row.timeout_ms.map(|ms| Duration::from_millis(ms.into()));
        let timeout = settings.timeout.or(declared).filter(|timeout| !timeout.is_zero()).unwrap_or(TIMEOUT_TIME);
        let [shortest, longest] = TIMEOUT_TIME_RANGE;
        let reconnect = settings.reconnect.unwrap_or(reconnect);
        let keepalive = match reconnect {
            Reconnect::Automatic(_) => Keepalive::default(),
            Reconnect::Documented => Keepalive::OFF,
        };
        Self {
            host: settings.host.clone(),
            port: settings.port.or(row.port),
            timeout: timeout.clamp(shortest, longest),
            retries: settings.retries.or(row.retries).unwrap_or(RETRIES).min(RETRIES_LIMIT),
            element_timeout: settings.element_timeout.unwrap_or(TIMEOUT_TIME_ELEMENT),
            own_element_timeout: settings.own_element_timeout,
            include_timeout: settings.include_timeout.unwrap_or(true),
            reconnect_on_change: settings.reconnect_on_change.unwrap_or_default(),
            reconnect,
            while_closed: settings.while_closed.unwrap_or_default(),
            keepalive: settings.keepalive.unwrap_or(keepalive),
            follow_redirects: settings.follow_redirects.unwrap_or_default(),
            compression: settings.compression.unwrap_or_default(),
        }
    }
}
