//! Doors for the fuzz targets, which are crates of their own.

use super::compression::Compression;
use super::deflate::codecs;
use super::handshake::{AnswerReader, check};
use crate::engine::opening::OpeningRequest;

/// The answer to a request that offers `extensions`, in two pieces.
pub fn handshake(extensions: &str, answer: &[u8], split: usize) {
    let request = OpeningRequest {
        secure: false,
        host: "fuzz".into(),
        port: 80,
        path: "/".into(),
        headers: vec![("Sec-WebSocket-Extensions".into(), extensions.into())],
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

/// A server's frames, taken in pieces of `input` bytes and given in pieces of `output` bytes. Gives back what came out,
/// which must not depend on the pieces, and whether the stream was faulty.
pub fn inflate(server_no_context_takeover: bool, wire: &[u8], input: usize, output: usize) -> (Vec<u8>, bool) {
    let compression =
        Compression { server_no_context_takeover, client_no_context_takeover: false, client_window_bits: 15 };
    let (Some(mut inflater), _) = codecs(Some(compression), 1 << 16) else { return (Vec::new(), false) };
    let mut out = Vec::new();
    let mut room = vec![0; output.max(1)];
    for mut piece in wire.chunks(input.max(1)) {
        loop {
            let Ok(step) = inflater.step(piece, &mut room) else { return (out, true) };
            out.extend_from_slice(&room[..step.produced]);
            piece = &piece[step.consumed..];
            if step.produced == 0 || out.len() > 1 << 24 {
                break;
            }
        }
    }
    (out, false)
}
