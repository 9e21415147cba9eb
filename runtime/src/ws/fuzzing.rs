//! Doors for the fuzz targets, which are crates of their own.

use super::Limits;
use super::compression::Compression;
use super::deflate::codecs;
use super::handshake::{AnswerReader, check};
use crate::engine::destination::Destination;
use crate::engine::header_line::HeaderLine;
use crate::engine::opening::OpeningRequest;

/// Reads the answer to a request that offers `extensions`. The answer comes in two pieces.
pub fn handshake(extensions: &str, answer: &[u8], split: usize) {
    let request = OpeningRequest {
        to: Destination { secure: false, host: "fuzz".into(), port: 80, proxy: None, certificate: false },
        path: "/".into(),
        path_is_secret: false,
        headers: vec![HeaderLine::new("Sec-WebSocket-Extensions", extensions)],
        key: "dGhlIHNhbXBsZSBub25jZQ==".into(),
    };
    let (first, second) = answer.split_at(split.min(answer.len()));
    let mut reader = AnswerReader::new(4096);
    for piece in [first, second] {
        match reader.receive(piece) {
            Ok(None) => {}
            Ok(Some(head)) => return drop(check(&head, &request)),
            Err(_) => return,
        }
    }
}

/// Inflates a server's frames, taken in pieces of `taken` bytes and given in pieces of `given` bytes. Gives back what
/// came out and whether the stream is faulty.
pub fn inflate(server_no_context_takeover: bool, wire: &[u8], taken: usize, given: usize) -> (Vec<u8>, bool) {
    let compression =
        Compression { server_no_context_takeover, client_no_context_takeover: false, client_window_bits: 15 };
    let limits = Limits { message_bytes: 1 << 16, ..Limits::default() };
    let (Some(mut inflater), _) = codecs(Some(compression), &limits) else { return (Vec::new(), false) };
    let mut out = Vec::new();
    let mut room = vec![0; given.max(1)];
    for mut piece in wire.chunks(taken.max(1)) {
        loop {
            let Ok(step) = inflater.step(piece, &mut room) else { return (out, true) };
            out.extend(room.iter().take(step.produced));
            piece = piece.get(step.consumed..).unwrap_or_default();
            if step.produced == 0 {
                break;
            }
        }
    }
    (out, false)
}

/// The plain frames that came out, fragments of data joined. What is left at the end stays as it is.
pub fn joined(mut frames: &[u8]) -> Vec<(u8, Vec<u8>)> {
    let mut joined: Vec<(u8, Vec<u8>)> = Vec::new();
    let mut open = None;
    while let [first, second, rest @ ..] = frames {
        let (head, len) = match (second, rest) {
            (126, [high, low, ..]) => (2, u64::from(u16::from_be_bytes([*high, *low]))),
            (127, _) => match rest.first_chunk() {
                Some(bytes) => (8, u64::from_be_bytes(*bytes)),
                None => break,
            },
            (short, _) => (0, u64::from(*short)),
        };
        let payload = rest.get(head..).unwrap_or_default();
        let payload = payload.get(..usize::try_from(len).unwrap_or(usize::MAX)).unwrap_or(payload);
        frames = rest.get(head + payload.len()..).unwrap_or_default();
        let is_data = first & 0x08 == 0;
        match open.and_then(|position: usize| joined.get_mut(position)) {
            Some((_, message)) if is_data => message.extend_from_slice(payload),
            _ => {
                if is_data {
                    open = Some(joined.len());
                }
                joined.push((first & 0x7f, payload.to_vec()));
            }
        }
        if is_data && first & 0x80 != 0 {
            open = None;
        }
    }
    joined
}
