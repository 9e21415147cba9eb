//! Why an open WebSocket is gone, and how tungstenite's errors translate into that.

use std::borrow::Cow;
use std::io;

use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::error::{CapacityError, ProtocolError};

/// Why a WebSocket is gone (CONN-88).
#[derive(Debug, thiserror::Error)]
pub(crate) enum Lost {
    /// The closing handshake is complete (RFC 6455, section 7.1.4).
    #[error("the WebSocket is closed")]
    Closed,
    /// The peer ended the connection without a close frame (code 1006 of RFC 6455, section 7.1.5).
    #[error("the peer ended the connection without a closing handshake")]
    Dropped,
    /// The connection broke.
    #[error("the connection broke: {0}")]
    Io(io::Error),
    /// The peer broke a rule or a limit; it was told so by a close frame.
    #[error("the connection was failed with code {code}: {reason}")]
    Protocol {
        /// The status code that was sent: 1002, 1007 or 1009 (RFC 6455, section 7.4.1).
        code: u16,
        /// Which rule or limit.
        reason: String,
    },
}

/// A rule of RFC 6455 or RFC 7692, or a limit, that the peer broke below tungstenite. Travels up inside an
/// [`io::Error`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub(super) struct Violation {
    /// The status code to close with.
    pub(super) code: u16,
    /// Which rule or limit.
    pub(super) reason: Cow<'static, str>,
}

impl From<Violation> for io::Error {
    fn from(violation: Violation) -> Self {
        Self::new(io::ErrorKind::InvalidData, violation)
    }
}

impl From<Error> for Lost {
    fn from(error: Error) -> Self {
        let (code, reason) = match error {
            // Data behind the peer's close frame is of no interest any more (RFC 6455, section 5.5.1).
            Error::ConnectionClosed
            | Error::AlreadyClosed
            | Error::Protocol(ProtocolError::ReceivedAfterClosing | ProtocolError::SendAfterClosing) => {
                return Self::Closed;
            }
            Error::Protocol(ProtocolError::ResetWithoutClosingHandshake) => return Self::Dropped,
            Error::Io(error) => match error.downcast::<Violation>() {
                Ok(violation) => (violation.code, violation.reason.into_owned()),
                Err(error) => return Self::Io(error),
            },
            Error::Capacity(CapacityError::MessageTooLong { max_size, .. }) => {
                (1009, format!("a message is larger than the limit of {max_size} bytes")) // CONN-85
            }
            Error::Utf8(detail) => (1007, format!("a text is not UTF-8: {detail}")), // RFC 6455, section 8.1
            Error::Protocol(error) => (1002, error.to_string()),
            other => return Self::Io(io::Error::other(other)),
        };
        Self::Protocol { code, reason }
    }
}
