//! The opening handshake, the server's side (RFC 6455 section 4.2): request bytes in, answer bytes out.

use data_encoding::BASE64;
use httparse::Header;
use sha1::{Digest, Sha1};

use super::extension::{Compression, accept_offer};

/// A request head longer than this is refused.
const HEAD_LIMIT: usize = 16 * 1024;
const HEADER_LIMIT: usize = 64;

/// The text that RFC 6455 section 1.3 appends to the key.
const ACCEPT_GUID: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// What the device opens a WebSocket for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms<'t> {
    /// The one path that is served, with its leading slash.
    pub(crate) path: &'t str,
    /// Whether an offer of permessage-deflate is accepted.
    pub(crate) deflate: bool,
}

/// What to do about the bytes read so far.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The head is not complete.
    Incomplete,
    /// Send `answer`; the WebSocket begins after `head_length` bytes.
    Accepted { head_length: usize, answer: String, compression: Option<Compression> },
    /// Send `answer` and close.
    Refused { reason: &'static str, answer: String },
}

pub(crate) fn judge(bytes: &[u8], terms: Terms<'_>) -> Verdict {
    let mut headers = [httparse::EMPTY_HEADER; HEADER_LIMIT];
    let mut request = httparse::Request::new(&mut headers);
    let head_length = match request.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) if bytes.len() < HEAD_LIMIT => return Verdict::Incomplete,
        Ok(httparse::Status::Partial) => return refuse("431 Request Header Fields Too Large", "the head is too long"),
        Err(_) => return refuse("400 Bad Request", "not an HTTP request"),
    };

    let headers = &*request.headers;

    if request.version != Some(1) {
        return refuse("505 HTTP Version Not Supported", "not HTTP/1.1");
    }
    let path = request.path.unwrap_or_default();
    if path.split('?').next() != Some(terms.path) {
        return refuse("404 Not Found", "no events on this path");
    }
    if request.method != Some("GET") {
        return refuse("405 Method Not Allowed", "not GET");
    }
    if !has_token(headers, "Upgrade", "websocket") || !has_token(headers, "Connection", "upgrade") {
        return refuse("426 Upgrade Required", "not a WebSocket upgrade");
    }
    if single(headers, "Sec-WebSocket-Version") != Some("13") {
        return refuse("426 Upgrade Required", "not WebSocket version 13");
    }
    if single(headers, "Host").is_none() {
        return refuse("400 Bad Request", "no Host header");
    }
    let Some(key) = single(headers, "Sec-WebSocket-Key").filter(|key| is_key(key)) else {
        return refuse("400 Bad Request", "no Sec-WebSocket-Key of 16 bytes");
    };

    let compression =
        if terms.deflate { values(headers, "Sec-WebSocket-Extensions").find_map(accept_offer) } else { None };
    let extension = compression.map_or_else(String::new, |agreed| format!("Sec-WebSocket-Extensions: {agreed}\r\n"));
    let answer = format!(
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Accept: {}\r\n{extension}\r\n",
        accept_key(key)
    );
    Verdict::Accepted { head_length, answer, compression }
}

fn refuse(status: &str, reason: &'static str) -> Verdict {
    let answer = format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Content-Type: text/plain\r\nContent-Length: {}\r\n\r\n{reason}",
        reason.len()
    );
    Verdict::Refused { reason, answer }
}

/// `Sec-WebSocket-Accept` for a key (RFC 6455 section 4.2.2).
fn accept_key(key: &str) -> String {
    BASE64.encode(&Sha1::new().chain_update(key).chain_update(ACCEPT_GUID).finalize())
}

fn is_key(key: &str) -> bool {
    BASE64.decode(key.as_bytes()).is_ok_and(|nonce| nonce.len() == 16)
}

fn values<'h>(headers: &'h [Header<'_>], name: &str) -> impl Iterator<Item = &'h str> {
    let named = headers.iter().filter(move |header| header.name.eq_ignore_ascii_case(name));
    named.filter_map(|header| std::str::from_utf8(header.value).ok()).map(str::trim)
}

/// The value of a header that must stand there exactly once.
fn single<'h>(headers: &'h [Header<'_>], name: &str) -> Option<&'h str> {
    let mut values = values(headers, name);
    values.next().filter(|_| values.next().is_none())
}

fn has_token(headers: &[Header<'_>], name: &str, token: &str) -> bool {
    values(headers, name).flat_map(|value| value.split(',')).any(|word| word.trim().eq_ignore_ascii_case(token))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TERMS: Terms<'_> = Terms { path: "/x-nmos/events/ws", deflate: true };
    const REQUEST: &str = "GET /x-nmos/events/ws HTTP/1.1\r\nHost: 127.0.0.1:8050\r\nUpgrade: websocket\r\n\
         Connection: keep-alive, Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n";

    fn answer(request: &str, terms: Terms<'_>) -> String {
        match judge(request.as_bytes(), terms) {
            Verdict::Accepted { answer, .. } | Verdict::Refused { answer, .. } => answer,
            Verdict::Incomplete => "incomplete".to_owned(),
        }
    }

    #[test]
    fn rfc_6455_1_3_accept_key_of_the_example() {
        assert_eq!(accept_key("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    #[test]
    fn the_reference_request_is_accepted() {
        let accepted = answer(REQUEST, TERMS);
        assert!(accepted.starts_with("HTTP/1.1 101 "));
        assert!(accepted.contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
        assert!(accepted.contains("\r\nSec-WebSocket-Extensions: permessage-deflate\r\n"));
        let plain = answer(REQUEST, Terms { deflate: false, ..TERMS });
        assert!(plain.starts_with("HTTP/1.1 101 ") && !plain.contains("Extensions"));
    }

    #[test]
    fn the_head_may_come_in_pieces_and_frames_may_follow_it() {
        for end in 0..REQUEST.len() {
            assert_eq!(judge(&REQUEST.as_bytes()[..end], TERMS), Verdict::Incomplete, "{end}");
        }
        let Verdict::Accepted { head_length, .. } = judge(format!("{REQUEST}frame").as_bytes(), TERMS) else {
            panic!("refused");
        };
        assert_eq!(head_length, REQUEST.len());
    }

    #[test]
    fn other_requests_are_refused_with_a_status() {
        let endless = format!("GET /x-nmos/events/ws HTTP/1.1\r\nX: {}", "x".repeat(HEAD_LIMIT));
        for (from, to, status) in [
            ("GET", "POST", "405"),
            ("/x-nmos/events/ws", "/x-nmos/events/v1.0", "404"),
            ("HTTP/1.1", "HTTP/1.0", "505"),
            ("Upgrade: websocket", "Upgrade: h2c", "426"),
            ("keep-alive, Upgrade", "keep-alive", "426"),
            ("Version: 13", "Version: 8", "426"),
            ("Host: 127.0.0.1:8050\r\n", "", "400"),
            ("dGhlIHNhbXBsZSBub25jZQ==", "c2hvcnQ=", "400"),
            ("GET /", "\u{1}\u{2}", "400"),
            (REQUEST, &endless, "431"),
        ] {
            let refused = answer(&REQUEST.replace(from, to), TERMS);
            assert!(refused.starts_with(&format!("HTTP/1.1 {status} ")), "{from:?} -> {to:?}: {refused}");
        }
    }
}
