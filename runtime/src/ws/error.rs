//! Why a WebSocket could not be opened.

use std::io;
use std::net::SocketAddr;

use super::OpeningAnswer;
use super::handshake::HandshakeError;
use super::proxy::ProxyError;
use super::tls::{self, TlsError};

/// Why a connect failed. Every text says what happened and, where it is known, what to do.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenError {
    /// The host name could not be resolved (CONN-97).
    #[error("cannot resolve the host `{host}`: {source}")]
    Resolve {
        /// The host of the request.
        host: Box<str>,
        /// What the resolver said.
        source: io::Error,
    },
    /// No address of the host accepted the connection.
    #[error("cannot connect to {host}:{port}: {}", Attempts(.host, .attempts))]
    Connect {
        /// The host of the request.
        host: Box<str>,
        /// The port of the request.
        port: u16,
        /// Every address that was tried, and what came of it.
        attempts: Vec<(SocketAddr, io::Error)>,
    },
    /// The interface that the connection is to leave by is not there.
    #[error("this machine has no interface `{name}` with an address; it has {known}")]
    Interface {
        /// As the settings name it.
        name: Box<str>,
        /// The ones that are there.
        known: String,
    },
    /// The proxy is of no help.
    #[error(transparent)]
    Proxy(#[from] ProxyError),
    /// The session of the handshake names a proxy.
    #[cfg(not(feature = "proxy"))]
    #[error("the session names a proxy, which this build of genlock leaves out: build it with the feature `proxy`")]
    ProxyNotBuiltIn,
    /// The request asks for TLS.
    #[error(
        "wss:// and https:// need TLS, which this build of genlock leaves out: build it with the feature `rustls`, or use \
         a ws:// or http:// address"
    )]
    TlsNotBuiltIn,
    /// TLS could not be set up (CONN-70 to CONN-74).
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The connection broke during the handshake.
    #[error("the connection broke during the opening handshake: {0}")]
    Io(io::Error),
    /// The server answered, but not with 101 (CONN-21).
    #[error("the server refused the WebSocket with `{}`: check {}", .0.status_line, suspects(.0.status))]
    Refused(OpeningAnswer),
    /// The server's answer breaks a rule of the opening handshake.
    #[error(transparent)]
    Handshake(#[from] HandshakeError),
}

impl From<io::Error> for OpenError {
    fn from(error: io::Error) -> Self {
        tls::explain(error).map_or_else(Self::Io, Self::Tls)
    }
}

/// What may be wrong with a request that is answered with this status (RFC 9110, section 15.5).
fn suspects(status: u16) -> &'static str {
    match status {
        401 => "the name and the password of the handshake's session, or its headers",
        _ => "the path, the headers and the credentials of the request",
    }
}

/// Lists the failed attempts of [`OpenError::Connect`].
struct Attempts<'a>(&'a str, &'a [(SocketAddr, io::Error)]);

impl std::fmt::Display for Attempts<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self(host, attempts) = *self;
        match attempts {
            [] => return f.write_str("the host has no address"),
            // The host is the address: it is named already.
            [(address, error)] if address.ip().to_string() == host => return error.fmt(f),
            _ => {}
        }
        for (position, (address, error)) in attempts.iter().enumerate() {
            let separator = if position == 0 { "" } else { "; " };
            write!(f, "{separator}{address}: {error}")?;
        }
        Ok(())
    }
}
