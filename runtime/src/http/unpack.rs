//! Unpacking what a server has packed (HTTP-12; RFC 9110, section 8.4).

use std::io::{self, Read};

use bytes::Bytes;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::lane::LaneError;

/// The body without the encodings that `Content-Encoding` lists; it has at most `limit` bytes. One that was not asked
/// for, such as `br`, and what it covers, is left as it is.
pub(super) fn unpack(encodings: &str, mut body: Bytes, limit: usize) -> Result<Bytes, LaneError> {
    // The last one was applied last.
    for encoding in encodings.rsplit(',').map(str::trim) {
        let is = |name: &str| encoding.eq_ignore_ascii_case(name);
        body = if body.is_empty() || encoding.is_empty() || is("identity") {
            body
        } else if is("gzip") || is("x-gzip") {
            read(MultiGzDecoder::new(&*body), limit)?
        } else if is("deflate") {
            // It means zlib, but some servers leave its frame out.
            match read(ZlibDecoder::new(&*body), limit) {
                Err(LaneError::Unreadable(_)) => read(DeflateDecoder::new(&*body), limit)?,
                other => other?,
            }
        } else {
            return Ok(body);
        };
    }
    Ok(body)
}

fn read(packed: impl Read, limit: usize) -> Result<Bytes, LaneError> {
    let mut plain = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let wrong = |error: io::Error| LaneError::Unreadable(format!("its body can't be unpacked: {error}"));
    packed.take(most).read_to_end(&mut plain).map_err(wrong)?;
    if plain.len() > limit { Err(LaneError::TooLarge(limit)) } else { Ok(plain.into()) }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::default());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    }

    #[test]
    fn http_12_gzip_and_deflate_are_unpacked() {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(b"body").unwrap();
        let zlib = zlib.finish().unwrap();
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::default());
        raw.write_all(b"body").unwrap();
        let raw = raw.finish().unwrap();
        for (encodings, packed) in [
            ("", b"body".to_vec()),
            ("identity", b"body".to_vec()),
            ("gzip", gzip(b"body")),
            ("X-GZIP", gzip(b"body")),
            ("deflate", zlib.clone()),
            ("deflate", raw),
            ("deflate, gzip", gzip(&zlib)),
            ("br", b"body".to_vec()),
        ] {
            assert_eq!(&*unpack(encodings, packed.into(), 100).unwrap(), b"body", "{encodings}");
        }
    }

    #[test]
    fn a_body_that_unpacks_to_too_much_is_refused() {
        let bomb = Bytes::from(gzip(&vec![0; 1 << 20]));
        assert!(matches!(unpack("gzip", bomb, 1000), Err(LaneError::TooLarge(1000))));
    }

    #[test]
    fn a_body_that_is_not_packed_as_it_says_is_refused() {
        for encoding in ["gzip", "deflate"] {
            let result = unpack(encoding, Bytes::from_static(b"\xffplain"), 100);
            assert!(matches!(result, Err(LaneError::Unreadable(_))), "{encoding}");
        }
    }
}
