//! What an operator decides for an element: addresses, timeouts, reconnecting.

mod alarm_delays;
mod compression;
mod element_timeout;
mod handshake_changes;
mod log_levels;
mod proxy;
mod reconnect;
mod tls;

use std::time::Duration;

pub use self::alarm_delays::AlarmDelays;
pub use self::compression::Compression;
pub use self::log_levels::{LogLevels, LogType};
pub use self::proxy::Proxy;
#[cfg(feature = "tokio")]
pub(crate) use self::proxy::ProxyChoice;
pub use self::reconnect::{Backoff, Reconnect};
pub use self::tls::{Roots, Tls};

/// What becomes of a command whose connection is not open (BEY-04).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum WhileClosed {
    /// The pair fails at once and says that the connection is not open. The default.
    #[default]
    Reject,
    /// As the original: the command vanishes; a pair with a response runs into its timeout, one without counts as
    /// done (CONN-91, CONN-92).
    Drop,
    /// The command waits for the connection; the queue goes on meanwhile. When the connection opens, those that wait are
    /// sent first, in their order, but behind what its status parameter's change queues (BEY-10). One that has waited too
    /// long, or finds the line full, fails as with [`WhileClosed::Reject`], and each that is lost is
    /// [counted](crate::Counters::lost).
    Queue {
        /// How many commands may wait.
        messages: usize,
        /// How long each of them may wait.
        time: Duration,
    },
}

/// How a dead peer is noticed on a quiet connection (BEY-09): after `interval` without a message a ping is sent, and
/// when nothing has come `deadline` after that, the connection is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Keepalive {
    /// The silence before a ping; zero: never. A part of a message is no silence. Default: 30 s.
    pub interval: Duration,
    /// How long its answer may take. Default: 10 s.
    pub deadline: Duration,
}

impl Default for Keepalive {
    fn default() -> Self {
        Self { interval: Duration::from_secs(30), deadline: Duration::from_secs(10) }
    }
}

impl Keepalive {
    /// No pings at all, as in the original.
    pub const OFF: Self = Self { interval: Duration::ZERO, deadline: Duration::ZERO };

    /// Sets the silence before a ping; zero: never.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }

    /// Sets how long the answer to a ping may take.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }
}

/// The operator's settings of one connection; what is left out comes from the connector file (CONN-06).
///
/// ```
/// use std::time::Duration;
/// use genlock::{ConnectionSettings, Keepalive, Reconnect, WhileClosed};
///
/// /// What `.connection(connections::LINK, as_the_original)` sets.
/// fn as_the_original(link: ConnectionSettings) -> ConnectionSettings {
///     link.host("ws://127.0.0.1")
///         .port(8050)
///         .timeout(Duration::from_secs(2))
///         .reconnect(Reconnect::Documented)
///         .while_closed(WhileClosed::Drop)
///         .keepalive(Keepalive::OFF)
/// }
/// # let _ = as_the_original(ConnectionSettings::default());
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct ConnectionSettings {
    pub(crate) host: Option<String>,
    pub(crate) port: Option<u16>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) retries: Option<u32>,
    pub(crate) element_timeout: Option<Duration>,
    pub(crate) own_element_timeout: Option<Duration>,
    pub(crate) include_timeout: Option<bool>,
    pub(crate) reconnect_on_change: Option<bool>,
    pub(crate) reconnect: Option<Reconnect>,
    pub(crate) while_closed: Option<WhileClosed>,
    pub(crate) keepalive: Option<Keepalive>,
    pub(crate) compression: Option<Compression>,
    pub(crate) message_limit: Option<usize>,
    pub(crate) fragment_limit: Option<u32>,
    pub(crate) interface: Option<String>,
    pub(crate) bus_address: Option<String>,
    pub(crate) proxy: Option<Proxy>,
    pub(crate) tls: Option<Tls>,
    pub(crate) follow_redirects: Option<bool>,
}

impl ConnectionSettings {
    /// The host: a name, an address, or a URL with scheme and, if wanted, port and path (CONN-08, CONN-26).
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.host = Some(host.into());
        self
    }

    /// The port, unless the host is a URL with one (CONN-26). Default: that of the connector file, else that of the
    /// scheme.
    pub fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// How long an answer and the handshake may take (CONN-100), from 10 ms to 120 s; outside, the nearest of these.
    /// Default: `TimeoutTime` of the connector file, else 1500 ms.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How often a command is sent again when no answer comes, from 0 to 10 (PAIR-22); more are 10. Default: `Retries` of
    /// the connector file, else 3.
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = Some(retries);
        self
    }

    /// How long a connection may be down before the element is in timeout (LIFE-50). That of the first connection counts
    /// for all (LIFE-54) that have no [own one](Self::own_element_timeout). Default: 30 s.
    pub fn element_timeout(mut self, element_timeout: Duration) -> Self {
        self.element_timeout = Some(element_timeout);
        self
    }

    /// How this connection comes back, when it differs from the element's other ones. Default: as
    /// [`ElementBuilder::reconnect`](crate::ElementBuilder::reconnect) says.
    pub fn reconnect(mut self, reconnect: Reconnect) -> Self {
        self.reconnect = Some(reconnect);
        self
    }

    /// What becomes of commands while the connection is not open. Default: [`WhileClosed::Reject`].
    pub fn while_closed(mut self, policy: WhileClosed) -> Self {
        self.while_closed = Some(policy);
        self
    }

    /// How a dead peer is noticed. Default: [`Keepalive::default`], and [`Keepalive::OFF`] where the connection
    /// reconnects as documented.
    pub fn keepalive(mut self, keepalive: Keepalive) -> Self {
        self.keepalive = Some(keepalive);
        self
    }

    /// Whether messages may be compressed. Default: [`Compression::Declared`].
    pub fn compression(mut self, compression: Compression) -> Self {
        self.compression = Some(compression);
        self
    }

    /// The largest message that is received, in bytes, unpacked (CONN-85). Default: 16 MiB. A larger one closes the
    /// connection with 1009; of HTTP, a larger answer is none, and its request has failed.
    pub fn message_limit(mut self, bytes: usize) -> Self {
        self.message_limit = Some(bytes);
        self
    }

    /// The most fragments (frames) that a message may be received in (REL-03). Default: 262,144, so that a large message
    /// in small fragments comes through, and an endless one of empty fragments does not. More close the connection with
    /// 1009.
    pub fn fragment_limit(mut self, fragments: u32) -> Self {
        self.fragment_limit = Some(fragments);
        self
    }

    /// The network interface that the connection leaves by: its name, or one of its addresses (CONN-07). It is looked up
    /// with every attempt. Default: the one that the machine's routes lead to.
    pub fn interface(mut self, interface: impl Into<String>) -> Self {
        self.interface = Some(interface.into());
        self
    }

    /// The bus address, which a WebSocket knows one of: `bypassProxy`, in whichever letters, for no proxy (CONN-09). An
    /// empty one takes back what the connector file says.
    pub fn bus_address(mut self, bus_address: impl Into<String>) -> Self {
        self.bus_address = Some(bus_address.into());
        self
    }

    /// The proxy; it wins over the bus address. Default: [`Proxy::none`] where the bus address is `bypassProxy`, else
    /// [`Proxy::environment`] (CONN-10).
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.proxy = Some(proxy);
        self
    }

    /// Whether a WebSocket follows the redirects of its handshake, which the platform does not (HTTP-45): up to ten, none
    /// out of TLS, and to another server without logins, cookies and secrets. All of them together may take
    /// [`timeout`](Self::timeout). Default: no. HTTP requests follow theirs where the connector does not say
    /// `CustomRedirect`.
    pub fn follow_redirects(mut self, follow: bool) -> Self {
        self.follow_redirects = Some(follow);
        self
    }

    /// What is said here, and in `defaults` where nothing is. A setting that is new must find its place here: the list
    /// of the fields is complete.
    #[cfg_attr(not(feature = "tokio"), expect(dead_code, reason = "only elements have settings"))]
    pub(crate) fn or(self, defaults: &Self) -> Self {
        let Self {
            host,
            port,
            timeout,
            retries,
            element_timeout,
            own_element_timeout,
            include_timeout,
            reconnect_on_change,
            reconnect,
            while_closed,
            keepalive,
            compression,
            message_limit,
            fragment_limit,
            interface,
            bus_address,
            proxy,
            tls,
            follow_redirects,
        } = self;
        Self {
            host: host.or_else(|| defaults.host.clone()),
            port: port.or(defaults.port),
            timeout: timeout.or(defaults.timeout),
            retries: retries.or(defaults.retries),
            element_timeout: element_timeout.or(defaults.element_timeout),
            own_element_timeout: own_element_timeout.or(defaults.own_element_timeout),
            include_timeout: include_timeout.or(defaults.include_timeout),
            reconnect_on_change: reconnect_on_change.or(defaults.reconnect_on_change),
            reconnect: reconnect.or(defaults.reconnect),
            while_closed: while_closed.or(defaults.while_closed),
            keepalive: keepalive.or(defaults.keepalive),
            compression: compression.or(defaults.compression),
            message_limit: message_limit.or(defaults.message_limit),
            fragment_limit: fragment_limit.or(defaults.fragment_limit),
            interface: interface.or_else(|| defaults.interface.clone()),
            bus_address: bus_address.or_else(|| defaults.bus_address.clone()),
            proxy: proxy.or_else(|| defaults.proxy.clone()),
            tls: tls.or_else(|| defaults.tls.clone()),
            follow_redirects: follow_redirects.or(defaults.follow_redirects),
        }
    }

    /// Whom a `wss` connection trusts, and what proves to the server who connects.
    pub fn tls(mut self, tls: Tls) -> Self {
        self.tls = Some(tls);
        self
    }
}
