//! What can be wrong with the answer to the opening request.

use super::super::compression::ExtensionError;

/// Which rule of the opening handshake the answer breaks (CONN-21).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum HandshakeError {
    /// The bytes are no HTTP answer.
    #[error("the answer is not HTTP/1.1 ({0}): is there a WebSocket server at this address and port?")]
    NotHttp(httparse::Error),
    /// The head does not end within the limit.
    #[error("the head of the answer is larger than the limit of {limit} bytes")]
    HeadTooLarge {
        /// `Limits::head_bytes`.
        limit: usize,
    },
    /// The connection ended before the head did.
    #[error("the server ended the connection before its answer was complete")]
    Ended,
    /// Switching protocols is a feature of HTTP/1.1.
    #[error("the answer 101 is HTTP/1.0: RFC 6455, section 4.1 needs HTTP/1.1")]
    Version,
    /// `Upgrade` does not name the protocol.
    #[error("the answer's Upgrade does not name `websocket` (RFC 6455, section 4.1)")]
    Upgrade,
    /// `Connection` does not hold the token.
    #[error("the answer's Connection does not hold `Upgrade` (RFC 6455, section 4.1)")]
    Connection,
    /// There is no `Sec-WebSocket-Accept`, or more than one.
    #[error("the answer has {0} Sec-WebSocket-Accept headers, not one (RFC 6455, section 4.1)")]
    AcceptCount(usize),
    /// `Sec-WebSocket-Accept` was not made from our key.
    #[error("the answer's Sec-WebSocket-Accept does not match the key: a cache or a proxy may have answered instead")]
    AcceptMismatch,
    /// `Sec-WebSocket-Protocol` occurs more than once (RFC 6455, section 11.3.4).
    #[error("the answer has more than one Sec-WebSocket-Protocol")]
    SubprotocolRepeated,
    /// The server chose a subprotocol that is not in the request (CONN-28).
    #[error("the server chose the subprotocol `{0}`, which the request does not offer")]
    SubprotocolNotOffered(String),
    /// The answered extensions are not legal.
    #[error(transparent)]
    Extension(#[from] ExtensionError),
}
