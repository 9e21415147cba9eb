//! What goes out, and what comes back.

use std::fmt;

use bytes::Bytes;
use genlock_spec::{ConnectionIndex, Session};

use super::super::destination::Destination;
use super::super::header_line::HeaderLine;
use super::super::login::Asking;
use crate::error::Reason;

/// One request, ready to be written.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct HttpRequest {
    /// Where to.
    pub(crate) to: Destination,
    /// A word of letters (HTTP-07).
    pub(crate) verb: Box<str>,
    /// Path and query; begins with `/`, and holds nothing that breaks the request line (HTTP-09).
    pub(crate) target: Box<str>,
    /// All header lines, in order.
    pub(crate) headers: Vec<HeaderLine>,
    /// What it carries.
    pub(crate) body: Bytes,
    /// Whether path, query or body hold the value of a secret parameter.
    pub(crate) secret: bool,
}

/// The answer, unpacked (HTTP-12).
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct HttpAnswer {
    pub(crate) status: u16,
    /// For example `HTTP/1.1 200 OK` (HTTP-13).
    pub(crate) status_line: String,
    /// All header lines, in order.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(not(any(feature = "http", feature = "sim", test)), expect(dead_code, reason = "nobody sends requests"))]
pub(crate) enum RequestFailure {
    /// There was no connection, or no TLS: tried again (HTTP-18).
    Connect(Reason),
    /// The connection broke, or the answer was no HTTP, or too large: not tried again.
    Answer(Reason),
}

impl HttpRequest {
    /// As what may log in to its server.
    pub(super) fn asking<'a>(&'a self, connection: ConnectionIndex, session: &'a Session) -> Asking<'a> {
        let Self { to, headers, verb, target, .. } = self;
        Asking { connection, session, to, headers, verb, target }
    }

    /// The scheme, the host and the port.
    pub(super) fn origin(&self) -> String {
        let scheme = if self.to.secure { "https" } else { "http" };
        format!("{scheme}://{}", self.to.authority())
    }

    /// The whole address, with its query.
    pub(crate) fn full_url(&self) -> String {
        format!("{}{}", self.origin(), self.target)
    }

    /// The address. The query is left out: it may carry an access token. So is a path that may be a secret (PARAM-169).
    pub(crate) fn url(&self) -> String {
        let path = self.target.split('?').next().filter(|_| !self.secret).unwrap_or("/(hidden)");
        format!("{}{path}", self.origin())
    }
}

impl HttpAnswer {
    /// The values of the header lines called `name`, letter case ignored.
    pub(super) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

impl RequestFailure {
    /// What the parameter of the status line is told (HTTP-21).
    pub(super) fn short(&self) -> &'static str {
        match self {
            Self::Connect(Reason::Tls(_)) => "TLS failed",
            Self::Connect(Reason::Proxy(_)) => "proxy failed",
            Self::Connect(Reason::Unsupported(_)) => "not supported",
            Self::Connect(_) => "connect failed",
            Self::Answer(Reason::Network(_)) => "connection lost",
            Self::Answer(_) => "bad answer",
        }
    }

    pub(super) fn reason(&self) -> &Reason {
        match self {
            Self::Connect(reason) | Self::Answer(reason) => reason,
        }
    }

    /// HTTP-18
    pub(super) fn may_be_retried(&self) -> bool {
        matches!(self, Self::Connect(reason) if !matches!(reason, Reason::Unsupported(_)))
    }
}

impl fmt::Debug for HttpRequest {
    /// Header values and the body stay out: they may be credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest").field("verb", &self.verb).field("url", &self.url()).finish_non_exhaustive()
    }
}

impl fmt::Debug for HttpAnswer {
    /// Header values and the body stay out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpAnswer").field("status_line", &self.status_line).finish_non_exhaustive()
    }
}
