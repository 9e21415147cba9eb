//! WebSocket frames as a server sees them (RFC 6455 section 5.2).

use bytes::{Buf, BufMut, BytesMut};

use super::Violation;

/// Largest payload of a control frame (RFC 6455 section 5.5).
const CONTROL_LIMIT: usize = 125;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opcode {
    Continuation,
    Text,
    Binary,
    Close,
    Ping,
    Pong,
}

impl Opcode {
    fn from_bits(bits: u8) -> Option<Self> {
        Some(match bits {
            0x0 => Self::Continuation,
            0x1 => Self::Text,
            0x2 => Self::Binary,
            0x8 => Self::Close,
            0x9 => Self::Ping,
            0xa => Self::Pong,
            _ => return None,
        })
    }

    fn bits(self) -> u8 {
        match self {
            Self::Continuation => 0x0,
            Self::Text => 0x1,
            Self::Binary => 0x2,
            Self::Close => 0x8,
            Self::Ping => 0x9,
            Self::Pong => 0xa,
        }
    }

    pub(crate) fn is_control(self) -> bool {
        matches!(self, Self::Close | Self::Ping | Self::Pong)
    }
}

/// A client's frame with its payload unmasked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) is_final: bool,
    /// RSV1: the message is compressed (RFC 7692 section 6).
    pub(crate) compressed: bool,
    pub(crate) opcode: Opcode,
    pub(crate) payload: BytesMut,
}

/// Takes one frame off the front of `buffer`; `None` until it is complete.
pub(crate) fn take_client_frame(buffer: &mut BytesMut, limit: usize) -> Result<Option<Frame>, Violation> {
    let mut header = buffer.as_ref();
    let (Ok(first), Ok(second)) = (header.try_get_u8(), header.try_get_u8()) else { return Ok(None) };

    if first & 0x30 != 0 {
        return Err(Violation::protocol("RSV2 or RSV3 is set, but no extension uses them"));
    }
    let Some(opcode) = Opcode::from_bits(first & 0x0f) else { return Err(Violation::protocol("reserved opcode")) };
    if second & 0x80 == 0 {
        return Err(Violation::protocol("a client's frame must be masked (RFC 6455 section 5.1)"));
    }
    let is_final = first & 0x80 != 0;
    let length = match second & 0x7f {
        126 => header.try_get_u16().map(u64::from),
        127 => header.try_get_u64(),
        short => Ok(u64::from(short)),
    };
    let Ok(length) = length else { return Ok(None) };
    let length = usize::try_from(length).ok().filter(|length| *length <= limit).ok_or(Violation::TOO_BIG)?;
    if opcode.is_control() && (!is_final || length > CONTROL_LIMIT) {
        return Err(Violation::protocol("a control frame is fragmented or longer than 125 bytes"));
    }
    let Ok(mask) = header.try_get_u32() else { return Ok(None) };
    if header.remaining() < length {
        return Ok(None);
    }

    buffer.advance(buffer.len() - header.remaining());
    let mut payload = buffer.split_to(length);
    for (byte, key) in payload.iter_mut().zip(mask.to_be_bytes().iter().cycle()) {
        *byte ^= key;
    }
    Ok(Some(Frame { is_final, compressed: first & 0x40 != 0, opcode, payload }))
}

/// Appends one unfragmented server frame to `out`; server frames are not masked.
pub(crate) fn put_server_frame(out: &mut BytesMut, opcode: Opcode, compressed: bool, payload: &[u8]) {
    out.put_u8(0x80 | if compressed { 0x40 } else { 0 } | opcode.bits());
    let length = payload.len();
    match (u8::try_from(length), u16::try_from(length)) {
        (Ok(short @ 0..=125), _) => out.put_u8(short),
        (_, Ok(medium)) => {
            out.put_u8(126);
            out.put_u16(medium);
        }
        _ => {
            out.put_u8(127);
            out.put_u64(length as u64);
        }
    }
    out.put_slice(payload);
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: usize = 70_000;

    fn masked(first: u8, payload: &[u8]) -> BytesMut {
        crate::device::websocket::testing::client_frame(first, payload)
    }

    #[test]
    fn a_frame_is_taken_only_when_its_last_byte_is_there() {
        for length in [0, 1, 125, 126, 65_535, 65_536] {
            let payload: Vec<u8> = (0..251).cycle().take(length).collect();
            let whole = masked(0x81, &payload);
            let mut buffer = BytesMut::from(&whole[..whole.len() - 1]);
            assert_eq!(take_client_frame(&mut buffer, LIMIT), Ok(None), "{length}");
            buffer.extend_from_slice(&whole[whole.len() - 1..]);
            buffer.extend_from_slice(b"next");
            let frame = take_client_frame(&mut buffer, LIMIT).unwrap().unwrap();
            assert_eq!(frame.payload, payload, "{length}");
            assert_eq!(&buffer[..], b"next");
        }
    }

    #[test]
    fn illegal_frames_are_refused_with_their_close_code() {
        let unmasked = BytesMut::from(&[0x81, 0x01, b'x'][..]);
        let huge = BytesMut::from(&[0x82, 0xff, 0, 0, 0, 1, 0, 0, 0, 0][..]);
        let long_ping = masked(0x89, &[0; 126]);
        for (name, mut bytes, code) in [
            ("unmasked", unmasked, 1002),
            ("RSV2", masked(0xa1, b""), 1002),
            ("reserved opcode", masked(0x83, b""), 1002),
            ("fragmented ping", masked(0x09, b""), 1002),
            ("long ping", long_ping, 1002),
            ("over the limit", huge, 1009),
        ] {
            assert_eq!(take_client_frame(&mut bytes, LIMIT).unwrap_err().code, code, "{name}");
        }
    }

    #[test]
    fn server_frames_carry_the_shortest_length() {
        for (length, header) in
            [(125, &[0x81, 125][..]), (126, &[0x81, 126, 0, 126]), (65_536, &[0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0])]
        {
            let mut out = BytesMut::new();
            put_server_frame(&mut out, Opcode::Text, false, &vec![b'x'; length]);
            assert_eq!(&out[..header.len()], header);
            assert_eq!(out.len(), header.len() + length);
        }
        let mut out = BytesMut::new();
        put_server_frame(&mut out, Opcode::Text, true, b"");
        assert_eq!(&out[..], [0xc1, 0]);
    }
}
