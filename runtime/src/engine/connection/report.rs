//! What a connection reports of its failures: the texts that triggers on communication wait for (TRG-25) and that
//! `NoTimeouts` names (LIFE-61). They are those of the library that the platform connects with, so that a connector that
//! names them works as it did.

use crate::error::Reason;

const TIMEOUT: &str = "Error : 12002. [ERROR_WINHTTP_TIMEOUT]";
const INVALID_URL: &str = "Error : 12005. [ERROR_WINHTTP_INVALID_URL]";
const UNRECOGNIZED_SCHEME: &str = "Error : 12006. [ERROR_WINHTTP_UNRECOGNIZED_SCHEME]";
const CANNOT_CONNECT: &str = "Error : 12029. [ERROR_WINHTTP_CANNOT_CONNECT]";
const CONNECTION_ERROR: &str = "Error : 12030. [ERROR_WINHTTP_CONNECTION_ERROR]";
const INVALID_SERVER_RESPONSE: &str = "Error : 12152. [ERROR_WINHTTP_INVALID_SERVER_RESPONSE]";
const SECURE_FAILURE: &str = "Error : 12175. [ERROR_WINHTTP_SECURE_FAILURE]";
const INVALID_HEADER: &str = "Error : 12153. [ERROR_WINHTTP_INVALID_HEADER]";

const REDIRECT_FAILED: &str = "Error : 12156. [ERROR_WINHTTP_REDIRECT_FAILED]";

/// The text for a request that got no answer; `was_open`: there was a connection for it.
pub(in crate::engine) fn of_request(reason: &Reason, was_open: bool) -> Option<&'static str> {
    match reason {
        Reason::RequestTimeout(_) => Some(TIMEOUT),
        Reason::Answer(_) => Some(INVALID_SERVER_RESPONSE),
        Reason::Redirect(_) => Some(REDIRECT_FAILED),
        reason => report(reason, was_open),
    }
}

/// The text for a connection that is down for `reason`; `was_open` tells one that was lost from one that was not made.
pub(super) fn report(reason: &Reason, was_open: bool) -> Option<&'static str> {
    Some(match reason {
        Reason::HandshakeTimeout(_) | Reason::PingTimeout(_) => TIMEOUT,
        Reason::Address(_) => INVALID_URL,
        Reason::Unsupported(_) => UNRECOGNIZED_SCHEME,
        Reason::Tls(_) => SECURE_FAILURE,
        Reason::Network(_) | Reason::Proxy(_) if !was_open => CANNOT_CONNECT,
        Reason::Network(_) | Reason::Proxy(_) | Reason::ClosedByPeer { .. } => CONNECTION_ERROR,
        Reason::Handshake(_) | Reason::Protocol { .. } => INVALID_SERVER_RESPONSE,
        Reason::Request(_) => INVALID_HEADER,
        _ => return None, // nobody failed
    })
}
