//! Where a connection leads: what the engine asks the shell to connect to.

use super::connection::Address;

/// Where to connect to, and how.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Destination {
    /// Whether the connection is TLS (`wss`, `https`).
    pub(crate) secure: bool,
    /// The host name or address; an IPv6 address without brackets.
    pub(crate) host: Box<str>,
    /// The TCP port.
    pub(crate) port: u16,
    /// The proxy that the session names (CONN-10, CONN-45, HTTP-43).
    pub(crate) proxy: Option<SessionProxy>,
    /// Whether the session asks for a client certificate (CONN-74, HTTP-42).
    pub(crate) certificate: bool,
}

/// The proxy that a session names, as it stands there.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct SessionProxy {
    /// Its address, which is not empty.
    pub(crate) server: String,
    /// Who asks it, where the session says so.
    pub(crate) credentials: Option<[String; 2]>,
}

impl Destination {
    /// The value of `Host` (RFC 9110, section 7.2): the port of the scheme is left out.
    pub(crate) fn host_line(&self) -> String {
        if self.port != Address::default_port(self.secure) {
            self.authority()
        } else if self.host.contains(':') {
            format!("[{}]", self.host)
        } else {
            self.host.to_string()
        }
    }

    /// Whether the other one leads to the same server (RFC 9110, section 4.3.1).
    pub(super) fn is_same_server(&self, other: &Self) -> bool {
        (self.secure, &self.host, self.port) == (other.secure, &other.host, other.port)
    }

    /// Host and port as a URL has them.
    pub(crate) fn authority(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }
}
