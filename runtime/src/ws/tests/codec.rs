//! Both directions of permessage-deflate, whole messages at a time.

use flate2::{Compress, Compression as Level, Decompress, FlushCompress, FlushDecompress};

use super::peer::{Peer, SMALL, answer, open_on, request};
use crate::ws::Socket;

/// An open WebSocket where `offer` was answered by `accepted`, and its peer.
pub(super) async fn deflating(offer: &str, accepted: &str) -> (Socket, Peer) {
    let offer = request(&[("Sec-WebSocket-Extensions", offer)]);
    let accepted = answer(&[("Sec-WebSocket-Extensions", accepted)]);
    let (opened, peer) = open_on(offer, &accepted, SMALL).await;
    let (socket, answer) = opened.unwrap();
    assert!(answer.compression.is_some());
    (socket, peer)
}

/// Compresses a message as RFC 7692, section 7.2.1 says.
pub(super) fn compress(deflate: &mut Compress, message: &[u8]) -> Vec<u8> {
    let mut data = Vec::with_capacity(message.len() * 2 + 100);
    deflate.compress_vec(message, &mut data, FlushCompress::Sync).unwrap();
    assert!(data.ends_with(&[0, 0, 0xff, 0xff]));
    data.truncate(data.len() - 4);
    data
}

/// A compressor with a window of 15 bits.
pub(super) fn compressor() -> Compress {
    Compress::new(Level::default(), false)
}

/// Inflates a message as RFC 7692, section 7.2.2 says, into `limit` bytes at most.
pub(super) fn inflate(inflate: &mut Decompress, data: &[u8], limit: usize) -> Vec<u8> {
    let mut message = Vec::with_capacity(limit);
    let data = [data, &[0, 0, 0xff, 0xff]].concat();
    inflate.decompress_vec(&data, &mut message, FlushDecompress::Sync).unwrap();
    message
}
