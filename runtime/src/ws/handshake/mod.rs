//! The opening handshake without I/O (RFC 6455, section 4.1): request bytes out, answer bytes in.

mod body;
mod error;
mod head;
mod retry_after;

use sha1::{Digest as _, Sha1};

pub(super) use body::read_body;
pub(crate) use error::HandshakeError;
pub(super) use head::{AnswerHead, AnswerReader};

use super::compression::{self, Compression};
use crate::engine::opening::OpeningRequest;

/// What the key is joined with before it is hashed (RFC 6455, section 1.3).
const KEY_SUFFIX: &[u8] = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// The opening request as it goes out. The engine made its lines and checked them (CONN-20, CONN-43).
pub(super) fn request_bytes(request: &OpeningRequest) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(512);
    for part in ["GET ", &request.path, " HTTP/1.1\r\n"] {
        bytes.extend_from_slice(part.as_bytes());
    }
    for line in &request.headers {
        for part in [&*line.name, ": ", &*line.value, "\r\n"] {
            bytes.extend_from_slice(part.as_bytes());
        }
    }
    bytes.extend_from_slice(b"\r\n");
    bytes
}

/// Checks an answer with status 101 against its request (CONN-21, CONN-28, CONN-41).
pub(super) fn check(head: &AnswerHead, request: &OpeningRequest) -> Result<Option<Compression>, HandshakeError> {
    if head.minor_version == 0 {
        return Err(HandshakeError::Version);
    }
    if !holds_token(head.values("Upgrade"), "websocket") {
        return Err(HandshakeError::Upgrade);
    }
    if !holds_token(head.values("Connection"), "upgrade") {
        return Err(HandshakeError::Connection);
    }
    let mut accepts = head.values("Sec-WebSocket-Accept");
    match (accepts.next(), accepts.count()) {
        (Some(accept), 0) if accept == accept_for(&request.key) => {}
        (Some(_), 0) => return Err(HandshakeError::AcceptMismatch),
        (first, more) => return Err(HandshakeError::AcceptCount(usize::from(first.is_some()) + more)),
    }
    check_subprotocol(head, request)?;
    let offered = request.header_values("Sec-WebSocket-Extensions");
    Ok(compression::negotiate(offered, head.values("Sec-WebSocket-Extensions"))?)
}

/// The server chooses one of the offered subprotocols or none (CONN-28).
fn check_subprotocol(head: &AnswerHead, request: &OpeningRequest) -> Result<(), HandshakeError> {
    // An empty value chooses none: some servers always write the header.
    let mut chosen = head.values("Sec-WebSocket-Protocol").filter(|choice| !choice.is_empty());
    let Some(choice) = chosen.next() else { return Ok(()) };
    if chosen.next().is_some() {
        return Err(HandshakeError::SubprotocolRepeated);
    }
    let mut offered = request.header_values("Sec-WebSocket-Protocol").flat_map(|value| value.split(',')).map(str::trim);
    if offered.any(|offer| offer == choice) {
        Ok(())
    } else {
        Err(HandshakeError::SubprotocolNotOffered(choice.to_owned()))
    }
}

/// Whether one of the lists holds the token, letter case ignored: `keep-alive, Upgrade` holds `upgrade`.
fn holds_token<'a>(mut values: impl Iterator<Item = &'a str>, token: &str) -> bool {
    values.any(|value| value.split(',').any(|part| part.trim().eq_ignore_ascii_case(token)))
}

/// The `Sec-WebSocket-Accept` that belongs to a key (RFC 6455, section 4.2.2).
pub(super) fn accept_for(key: &str) -> String {
    let mut hash = Sha1::new();
    hash.update(key.as_bytes());
    hash.update(KEY_SUFFIX);
    data_encoding::BASE64.encode(hash.finalize().as_slice())
}
