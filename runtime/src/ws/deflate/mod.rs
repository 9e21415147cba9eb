//! permessage-deflate (RFC 7692): the two codecs that an agreed [`Compression`] asks for.

mod compress;
mod flow;
mod inflate;

pub(super) use compress::Deflater;
pub(super) use inflate::Inflater;

use super::Limits;
use super::compression::Compression;

/// What ends a message's deflate data, and is left out on the wire (RFC 7692, section 7.2.1).
const TAIL: [u8; 4] = [0x00, 0x00, 0xff, 0xff];

/// The codecs of a connection. The limits are those on messages that come in.
pub(super) fn codecs(compression: Option<Compression>, limits: &Limits) -> (Option<Inflater>, Option<Deflater>) {
    match compression {
        None => (None, None),
        Some(compression) => (Some(Inflater::new(compression, limits)), Deflater::new(compression)),
    }
}
