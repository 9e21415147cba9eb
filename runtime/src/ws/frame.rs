//! The head of a WebSocket frame (RFC 6455, section 5.2).

/// The longest head: two bytes, an extended length of eight, a mask of four.
pub(super) const MAX_HEAD: usize = 14;

/// The opcodes of messages.
pub(super) const CONTINUATION: u8 = 0x0;
pub(super) const TEXT: u8 = 0x1;
pub(super) const BINARY: u8 = 0x2;
/// The opcode of a close frame.
pub(super) const CLOSE: u8 = 0x8;

/// FIN, the first bit of a frame.
pub(super) const FIN: u8 = 0x80;
/// RSV1: the message is compressed (RFC 7692, section 6).
#[cfg(feature = "deflate")]
pub(super) const RSV1: u8 = 0x40;
/// RSV2 and RSV3: no extension here gives them a meaning.
#[cfg(feature = "deflate")]
pub(super) const RSV2_RSV3: u8 = 0x30;

/// A frame's head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FrameHead {
    /// FIN, the reserved bits and the opcode.
    pub(super) first: u8,
    /// Whether the payload is masked.
    pub(super) masked: bool,
    /// The length of the payload.
    pub(super) payload: u64,
}

impl FrameHead {
    /// How long the head is that begins with `bytes`, as far as they tell.
    pub(super) fn len(bytes: &[u8]) -> usize {
        let Some(second) = bytes.get(1) else { return 2 };
        let extended = match second & 0x7f {
            126 => 2,
            127 => 8,
            _ => 0,
        };
        let mask = if second & 0x80 == 0 { 0 } else { 4 };
        2 + extended + mask
    }

    /// Reads a complete head.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let (&[first, second], rest) = bytes.split_first_chunk()?;
        let payload = match second & 0x7f {
            126 => u64::from(u16::from_be_bytes(*rest.first_chunk()?)),
            127 => u64::from_be_bytes(*rest.first_chunk()?),
            short => u64::from(short),
        };
        Some(Self { first, masked: second & 0x80 != 0, payload })
    }

    /// The opcode.
    pub(super) fn opcode(self) -> u8 {
        self.first & 0x0f
    }

    /// Whether the frame is the last one of its message.
    pub(super) fn is_final(self) -> bool {
        self.first & FIN != 0
    }

    /// Whether the frame is a control frame (RFC 6455, section 5.5).
    pub(super) fn is_control(self) -> bool {
        self.opcode() & 0x08 != 0
    }
}
