//! What the engine asks the shell to open: the address and the opening request, ready to be written.

use std::fmt;

use super::destination::Destination;
use super::header_line::HeaderLine;

/// One attempt to open a WebSocket: where to connect and which request to send (RFC 6455, section 4.1).
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct OpeningRequest {
    /// Where to.
    pub(crate) to: Destination,
    /// The request target: begins with `/`.
    pub(crate) path: Box<str>,
    /// Whether the path comes from a password parameter (PARAM-169).
    pub(crate) path_is_secret: bool,
    /// All header lines, in order.
    pub(crate) headers: Vec<HeaderLine>,
    /// The value of `Sec-WebSocket-Key`.
    pub(crate) key: Box<str>,
}

impl OpeningRequest {
    /// The address as a URL.
    ///
    /// The query is left out: it may carry an access token. So is a path that is a secret.
    pub(crate) fn url(&self) -> String {
        let scheme = if self.to.secure { "wss" } else { "ws" };
        let path = self.path.split('?').next().filter(|_| !self.path_is_secret).unwrap_or("/(hidden)");
        format!("{scheme}://{}{path}", self.to.authority())
    }

    /// The whole address, with its query.
    pub(crate) fn full_url(&self) -> String {
        let scheme = if self.to.secure { "wss" } else { "ws" };
        format!("{scheme}://{}{}", self.to.authority(), self.path)
    }

    /// The values of the header lines called `name`, letter case ignored.
    pub(crate) fn header_values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |line| line.is(name)).map(|line| &*line.value)
    }
}

impl fmt::Debug for OpeningRequest {
    /// Header values stay out: they may be credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpeningRequest")
            .field("url", &self.url())
            .field("headers", &self.headers)
            .finish_non_exhaustive()
    }
}
