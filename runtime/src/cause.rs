//! Stable words for reasons: what logs are filtered by and metrics are counted by.

use crate::error::Reason;

impl Reason {
    /// The reason's kind in one word that stays the same, whatever its text says: the field `cause` of
    /// [log events](crate::guide::observing) and the label of the same name of metrics.
    ///
    /// ```
    /// assert_eq!(genlock::Reason::PingTimeout(10_000).cause(), "ping_timeout");
    /// ```
    pub fn cause(&self) -> &'static str {
        self.row().0
    }

    /// The id of the rule by which the connection or the pair ended so, as `docs/reference/runtime.md` of the repository
    /// lists them; `None` for what is nobody's rule.
    ///
    /// ```
    /// assert_eq!(genlock::Reason::PingTimeout(10_000).rule(), Some("BEY-09"));
    /// ```
    pub fn rule(&self) -> Option<&'static str> {
        Some(self.row().1).filter(|rule| !rule.is_empty())
    }

    /// The word and the rule. A new reason must find its word here.
    fn row(&self) -> (&'static str, &'static str) {
        match self {
            Self::NotOpened => ("not_opened", ""),
            Self::Virtual => ("virtual", ""),
            Self::Requests => ("requests", ""),
            Self::Stopped => ("stopped", "LIFE-32"),
            Self::Paused => ("paused", "LIFE-31"),
            Self::Reconnecting => ("reconnect", "BEY-03"),
            Self::ClosedByAction => ("closed_by_action", "CONN-94"),
            Self::Address(_) => ("address", "CONN-60"),
            Self::Request(_) => ("request", "CONN-43"),
            Self::Unsupported(_) => ("unsupported", ""),
            Self::Network(_) => ("network", "CONN-88"),
            Self::Proxy(_) => ("proxy", "CONN-10"),
            Self::Tls(_) => ("tls", "CONN-71"),
            Self::HandshakeTimeout(_) => ("handshake_timeout", "CONN-100"),
            Self::RequestTimeout(_) => ("request_timeout", "HTTP-19"),
            Self::PingTimeout(_) => ("ping_timeout", "BEY-09"),
            Self::Handshake(_) => ("handshake", "CONN-21"),
            Self::Answer(_) => ("answer", "HTTP-16"),
            Self::Redirect(_) => ("redirect", "HTTP-17"),
            Self::ClosedByPeer { .. } => ("closed_by_peer", "CONN-89"),
            Self::GivenUp { .. } => ("given_up", "BEY-01"),
            Self::Command(_) => ("command", "CMD-17"),
            Self::Refused { .. } => ("refused", "RSP-09"),
            Self::TooManyWaiting(_) => ("too_many_waiting", "BEY-04"),
            Self::WaitedTooLong(_) => ("waited_too_long", "BEY-04"),
            Self::Protocol { .. } => ("protocol", "CONN-88"),
        }
    }
}
