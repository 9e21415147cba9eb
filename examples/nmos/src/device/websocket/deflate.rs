//! permessage-deflate (RFC 7692 section 7.2): whole messages in, whole messages out.

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use super::Violation;
use super::extension::Compression as Agreed;

/// What every compressed message ends with and what the wire leaves out (RFC 7692 section 7.2.1).
const TAIL: [u8; 4] = [0x00, 0x00, 0xff, 0xff];

/// Room for the output grows by this many bytes at a time.
const CHUNK: usize = 4096;

/// Compresses what the device sends.
#[derive(Debug)]
pub(crate) struct Deflater {
    compress: Compress,
    keep_context: bool,
}

impl Deflater {
    pub(crate) fn new(agreed: Agreed) -> Self {
        let compress = Compress::new_with_window_bits(Compression::default(), false, agreed.server_window_bits);
        Self { compress, keep_context: !agreed.server_no_context_takeover }
    }

    /// The payload of the compressed message; `None` if the compressor fails, and the message has to go plain.
    pub(crate) fn deflate(&mut self, message: &[u8]) -> Option<Vec<u8>> {
        let mut out = Vec::with_capacity(message.len() + CHUNK);
        let mut rest = message;
        loop {
            let before = self.compress.total_in();
            let status = self.compress.compress_vec(rest, &mut out, FlushCompress::Sync).ok()?;
            let taken = usize::try_from(self.compress.total_in() - before).ok()?;
            rest = rest.get(taken..)?;
            // Room left over means that the flush is complete.
            if rest.is_empty() && (out.len() < out.capacity() || status == Status::BufError) {
                break;
            }
            out.reserve(CHUNK);
        }
        if !self.keep_context {
            self.compress.reset();
        }
        out.truncate(out.strip_suffix(&TAIL)?.len());
        Some(out)
    }
}

/// Decompresses what a client sends.
#[derive(Debug)]
pub(crate) struct Inflater {
    decompress: Decompress,
    keep_context: bool,
}

impl Inflater {
    pub(crate) fn new(agreed: Agreed) -> Self {
        // The largest window reads every smaller one.
        Self { decompress: Decompress::new(false), keep_context: !agreed.client_no_context_takeover }
    }

    /// The message behind a compressed payload, at most `limit` bytes.
    pub(crate) fn inflate(&mut self, payload: &[u8], limit: usize) -> Result<Vec<u8>, Violation> {
        let mut out = Vec::with_capacity(payload.len().saturating_mul(2).min(limit).saturating_add(1));
        for mut rest in [payload, &TAIL] {
            loop {
                let before = self.decompress.total_in();
                let status = self
                    .decompress
                    .decompress_vec(rest, &mut out, FlushDecompress::Sync)
                    .map_err(|_| Violation::data("the compressed data is not DEFLATE"))?;
                if out.len() > limit {
                    return Err(Violation::TOO_BIG);
                }
                let taken = usize::try_from(self.decompress.total_in() - before).unwrap_or(usize::MAX);
                rest = rest.get(taken..).unwrap_or_default();
                if status == Status::StreamEnd {
                    // A block with BFINAL set ends the stream; what follows starts a new one (RFC 7692 section 7.2.3.4).
                    self.decompress.reset(false);
                } else if out.len() < out.capacity() && taken == 0 {
                    break;
                }
                if rest.is_empty() && out.len() < out.capacity() {
                    break;
                }
                if out.len() == out.capacity() {
                    out.reserve(CHUNK);
                }
            }
        }
        if !self.keep_context {
            self.decompress.reset(false);
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: usize = 1 << 20;

    fn agreed(no_takeover: bool, window_bits: u8) -> Agreed {
        Agreed {
            server_no_context_takeover: no_takeover,
            client_no_context_takeover: no_takeover,
            server_window_bits: window_bits,
        }
    }

    fn noise(length: usize) -> Vec<u8> {
        let mut state = 1_u32;
        (0..length)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            })
            .collect()
    }

    #[test]
    fn messages_survive_in_every_mode() {
        let messages = [Vec::new(), b"Hello".to_vec(), vec![0; 300_000], noise(100_000), b"Hello".to_vec()];
        for (no_takeover, window_bits) in [(false, 15), (true, 15), (false, 9), (true, 9)] {
            let agreed = agreed(no_takeover, window_bits);
            let (mut deflater, mut inflater) = (Deflater::new(agreed), Inflater::new(agreed));
            for message in &messages {
                let payload = deflater.deflate(message).unwrap();
                assert!(!payload.ends_with(&TAIL));
                assert_eq!(&inflater.inflate(&payload, LIMIT).unwrap(), message, "{agreed:?} {}", message.len());
            }
        }
    }

    #[test]
    fn rfc_7692_7_2_3_2_kept_context_makes_a_repeat_shorter() {
        let mut deflater = Deflater::new(agreed(false, 15));
        let first = deflater.deflate(b"Hello Hello Hello world").unwrap();
        let second = deflater.deflate(b"Hello Hello Hello world").unwrap();
        assert!(second.len() < first.len());
        let mut forgetful = Deflater::new(agreed(true, 15));
        assert_eq!(forgetful.deflate(b"Hello Hello").unwrap(), forgetful.deflate(b"Hello Hello").unwrap());
    }

    #[test]
    fn rfc_7692_7_2_3_examples_are_read() {
        let hello: [&[u8]; 4] = [
            &[0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00],
            &[0xf2, 0x00, 0x11, 0x00, 0x00],
            &[0x00, 0x05, 0x00, 0xfa, 0xff, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x00],
            &[0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00],
        ];
        let mut inflater = Inflater::new(agreed(false, 15));
        for payload in hello {
            assert_eq!(inflater.inflate(payload, LIMIT).unwrap(), b"Hello", "{payload:x?}");
        }
        assert_eq!(inflater.inflate(&[0x02, 0x00], LIMIT).unwrap(), b"x".repeat(0), "an empty message");
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let mut deflater = Deflater::new(agreed(true, 15));
        let bomb = deflater.deflate(&vec![0; 4 * LIMIT]).unwrap();
        assert!(bomb.len() < 10_000);
        let mut inflater = Inflater::new(agreed(true, 15));
        assert_eq!(inflater.inflate(&bomb, LIMIT).unwrap_err().code, 1009);
    }

    #[test]
    fn garbage_is_refused() {
        let mut inflater = Inflater::new(agreed(false, 15));
        assert_eq!(inflater.inflate(&[0xff; 20], LIMIT).unwrap_err().code, 1007);
    }
}
