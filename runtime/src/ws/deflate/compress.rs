//! Compresses what we send (RFC 7692, section 7.2.1).

use std::io;

use flate2::{Compress, Compression as Level, FlushCompress};

use super::{Compression, TAIL};

/// Messages below this many bytes go out plain: deflate gains little on them, and nothing without a shared window.
const MIN_MESSAGE: usize = 64;

/// What deflate adds at most to a small message: the block's head and the flush. Only a first guess.
const OVERHEAD: usize = 64;

/// The smallest room that a call of the compressor is given.
const MIN_ROOM: usize = 1024;

/// The compressor of a connection.
#[derive(Debug)]
pub(in crate::ws) struct Deflater {
    /// None before the first message that is compressed: it takes 380 KB with the largest window, and most connections
    /// only listen.
    deflate: Option<Compress>,
    bits: u8,
    /// `client_no_context_takeover`: every message begins with an empty window.
    reset: bool,
}

impl Deflater {
    /// The compressor, or none when all messages have to go out plain: zlib cannot keep to a window of 8 bits, and
    /// compressing is never a duty (RFC 7692, section 6.1).
    pub(in crate::ws) fn new(compression: Compression) -> Option<Self> {
        let bits = compression.client_window_bits;
        (9..=15).contains(&bits).then(|| Self { deflate: None, bits, reset: compression.client_no_context_takeover })
    }

    /// Compresses one message. `None`: it goes out plain.
    pub(in crate::ws) fn compress(&mut self, message: &[u8]) -> io::Result<Option<Vec<u8>>> {
        if message.len() < MIN_MESSAGE {
            return Ok(None);
        }
        let bits = self.bits;
        let deflate = self.deflate.get_or_insert_with(|| Compress::new_with_window_bits(Level::default(), false, bits));
        if self.reset {
            deflate.reset();
        }
        let mut data = Vec::with_capacity(message.len() / 2 + OVERHEAD);
        let mut rest = message;
        loop {
            if data.capacity() - data.len() < MIN_ROOM {
                data.reserve(MIN_ROOM.max(rest.len() / 2));
            }
            let taken = deflate.total_in();
            deflate.compress_vec(rest, &mut data, FlushCompress::Sync).map_err(io::Error::other)?;
            let taken = usize::try_from(deflate.total_in() - taken).unwrap_or(usize::MAX);
            rest = rest.get(taken..).unwrap_or_default();
            // Room that is left means that the flush is complete.
            if rest.is_empty() && data.len() < data.capacity() {
                break;
            }
        }
        if data.ends_with(&TAIL) {
            data.truncate(data.len() - TAIL.len());
        }
        // Without a shared window nothing depends on this message, so the shorter form may be chosen.
        Ok((!self.reset || data.len() < message.len()).then_some(data))
    }
}
