//! Why a proxy is of no help.

use super::super::OpenError;
use super::super::handshake::HandshakeError;

/// Why a proxy is of no help. Every text names the proxy; user and password are in none.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProxyError {
    /// Its address cannot be used.
    #[error("the proxy `{address}` cannot be used: {why}")]
    Address {
        /// The address, without user and password.
        address: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The variable that names it holds no usable address.
    #[error("{variable}: {error}")]
    Variable {
        /// The variable of the environment.
        variable: &'static str,
        /// What is wrong with its value.
        error: Box<Self>,
    },
    /// It cannot be connected to.
    #[error("the proxy {proxy} cannot be reached: {error}")]
    Unreachable {
        /// Which one.
        proxy: String,
        /// Why.
        error: Box<OpenError>,
    },
    /// It wants to know who asks.
    #[error("the proxy {proxy} wants a user and a password: set them, or put them before its host as `user:password@`")]
    CredentialsWanted {
        /// Which one.
        proxy: String,
    },
    /// It does not accept who asks.
    #[error("the proxy {proxy} does not accept the user and the password")]
    CredentialsRefused {
        /// Which one.
        proxy: String,
    },
    /// It wants to know who asks by a scheme other than Basic.
    #[error("the proxy {proxy} wants authentication by {schemes}, which genlock does not speak: let it accept Basic")]
    SchemeNotSupported {
        /// Which one.
        proxy: String,
        /// What it wants.
        schemes: String,
    },
    /// It does not open the way to the device.
    #[error("the proxy {proxy} does not connect to {target}: {why}")]
    Refused {
        /// Which one.
        proxy: String,
        /// The device.
        target: String,
        /// What it said.
        why: String,
    },
    /// What it answers is not HTTP.
    #[error("the proxy {proxy} did not answer as an HTTP proxy does: {error}")]
    Answer {
        /// Which one.
        proxy: String,
        /// What is wrong.
        error: HandshakeError,
    },
    /// It answers more than it may.
    #[error("the proxy {proxy} sent data before the device could")]
    Data {
        /// Which one.
        proxy: String,
    },
    /// The connection to it broke.
    #[error("the connection to the proxy {proxy} broke: {error}")]
    Io {
        /// Which one.
        proxy: String,
        /// What happened.
        error: std::io::Error,
    },
}
