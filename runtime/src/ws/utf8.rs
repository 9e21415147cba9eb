//! Texts on their way up to tungstenite, which looks at a frame when it is complete. A text that has become wrong in
//! the middle of a large frame is refused at once, not when the rest has come (RFC 6455, section 8.1).

use super::close_frame::SeenClose;
use super::fragments::Fragments;
use super::frame::{self, FrameHead};
use super::lost::Violation;

/// The longest character without its last byte.
const MAX_PARTIAL: usize = 3;

/// Follows the frames in a stream of bytes, and looks at the texts that tungstenite can't see yet.
#[derive(Debug)]
pub(super) struct TextWatch {
    position: Position,
    head: PartialHead,
    /// Whether the message that is under way is a text.
    text: bool,
    partial: Partial,
    fragments: Fragments,
    close: SeenClose,
}

/// Where the next byte belongs.
#[derive(Debug)]
enum Position {
    /// To the head of a frame.
    Head,
    /// To a payload.
    Payload { left: u64, of: Of },
}

/// The beginning of a head whose other bytes have not come.
#[derive(Debug, Default)]
struct PartialHead {
    bytes: [u8; frame::MAX_HEAD],
    len: usize,
}

/// What a payload is looked at for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Text,
    Close,
    /// Nothing.
    Else,
}

/// The beginning of a character whose other bytes have not come.
#[derive(Clone, Copy, Debug, Default)]
struct Partial {
    bytes: [u8; MAX_PARTIAL + 1],
    len: usize,
}

impl TextWatch {
    /// `fragments` counts those of the stream.
    pub(super) fn new(fragments: Fragments) -> Self {
        Self {
            position: Position::Head,
            head: PartialHead::default(),
            text: false,
            partial: Partial::default(),
            fragments,
            close: SeenClose::default(),
        }
    }

    /// Takes the next bytes of the stream. An error means that no end of the message under way can make it right.
    pub(super) fn follow(&mut self, mut bytes: &[u8]) -> Result<(), Violation> {
        while !bytes.is_empty() {
            match &mut self.position {
                Position::Head => {
                    let Some((head, rest)) = self.head.take(bytes) else { break };
                    self.fragments.count(head)?;
                    bytes = self.begin(head, rest);
                }
                Position::Payload { left, of } => {
                    let len = usize::try_from(*left).unwrap_or(usize::MAX).min(bytes.len());
                    let (payload, rest) = bytes.split_at_checked(len).unwrap_or((bytes, &[]));
                    let of = *of;
                    *left -= len as u64;
                    if *left == 0 {
                        self.position = Position::Head;
                    }
                    bytes = rest;
                    match of {
                        Of::Text => self.partial.follow(payload)?,
                        Of::Close => self.close.take(payload, bytes.len()),
                        Of::Else => {}
                    }
                }
            }
        }
        Ok(())
    }

    /// The first close frame of the stream.
    pub(super) fn close(&mut self) -> &mut SeenClose {
        &mut self.close
    }

    /// Takes note of a frame, and gives back the bytes behind what tungstenite sees as a whole.
    fn begin<'b>(&mut self, head: FrameHead, bytes: &'b [u8]) -> &'b [u8] {
        match head.opcode() {
            frame::TEXT | frame::BINARY => {
                self.text = head.opcode() == frame::TEXT;
                self.partial = Partial::default();
            }
            _ => {}
        }
        let is_whole = head.is_final() && head.opcode() == frame::TEXT;
        // Nearly every message: it is here already, so tungstenite checks it in one go.
        if is_whole && let Some(rest) = usize::try_from(head.payload).ok().and_then(|len| bytes.get(len..)) {
            self.position = Position::Head;
            return rest;
        }
        let of = match head.opcode() {
            frame::CLOSE if self.close.begin(head) => Of::Close,
            _ if self.text && !head.is_control() => Of::Text,
            _ => Of::Else,
        };
        self.position = if head.payload == 0 { Position::Head } else { Position::Payload { left: head.payload, of } };
        bytes
    }
}

impl PartialHead {
    /// The head that `bytes` complete, and what is behind it; none when more of it has to come.
    fn take<'b>(&mut self, mut bytes: &'b [u8]) -> Option<(FrameHead, &'b [u8])> {
        // Nearly every head comes in one piece.
        if self.len == 0
            && let Some(rest) = bytes.get(FrameHead::len(bytes)..)
        {
            return FrameHead::read(bytes).map(|head| (head, rest));
        }
        while let Some((&byte, rest)) = bytes.split_first() {
            *self.bytes.get_mut(self.len)? = byte;
            self.len += 1;
            bytes = rest;
            let head = self.bytes.get(..self.len)?;
            if head.len() >= FrameHead::len(head) {
                let head = FrameHead::read(head);
                self.len = 0;
                return head.map(|head| (head, bytes));
            }
        }
        None
    }
}

impl Partial {
    /// Takes the next bytes of a text.
    fn follow(&mut self, mut text: &[u8]) -> Result<(), Violation> {
        while self.len > 0 {
            let Some((&byte, rest)) = text.split_first() else { return Ok(()) };
            if let Some(slot) = self.bytes.get_mut(self.len) {
                *slot = byte;
                self.len += 1;
            }
            text = rest;
            match std::str::from_utf8(self.bytes.get(..self.len).unwrap_or_default()) {
                Ok(_) => self.len = 0,
                Err(error) if error.error_len().is_none() => {}
                Err(_) => return Err(not_utf8()),
            }
        }
        let Err(error) = std::str::from_utf8(text) else { return Ok(()) };
        if error.error_len().is_some() {
            return Err(not_utf8());
        }
        let partial = text.get(error.valid_up_to()..).unwrap_or_default();
        for (slot, byte) in self.bytes.iter_mut().zip(partial) {
            *slot = *byte;
        }
        self.len = partial.len();
        Ok(())
    }
}

fn not_utf8() -> Violation {
    Violation { code: 1007, reason: "a text is not UTF-8: the bytes that have come begin no text".into() }
}

#[cfg(test)]
mod tests {
    use super::super::frame;
    use super::*;

    /// A frame as a server sends it.
    fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
        let len = u16::try_from(payload.len()).unwrap();
        let head = if len < 126 { vec![first, len as u8] } else { [&[first, 126][..], &len.to_be_bytes()].concat() };
        [head, payload.to_vec()].concat()
    }

    /// After how many bytes the watch knows that a text is wrong, when the bytes come in pieces of this size.
    fn refused_after(wire: &[u8], piece: usize) -> Option<usize> {
        let mut watch = TextWatch::new(Fragments::new(u32::MAX));
        let mut taken = 0;
        for piece in wire.chunks(piece) {
            taken += piece.len();
            if watch.follow(piece).is_err() {
                return Some(taken);
            }
        }
        None
    }

    const FIN_TEXT: u8 = frame::FIN | frame::TEXT;

    #[test]
    fn rfc_6455_8_1_a_text_is_refused_at_the_byte_that_no_text_has_there() {
        let texts: [(&[u8], Option<usize>); 8] = [
            (b"all of it is right, \xce\xba\xe1\xbd\xb9\xf0\x9f\x90\xbb", None),
            (b"\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5\xf4\x90\x80\x80edited", Some(13)), // as case 6.4.3
            (b"\xff-", Some(1)),
            (b"ab\xed\xa0\x80", Some(4)), // a surrogate
            (b"ab\xc0\xaf", Some(3)),     // longer than it needs to be
            (b"ab\xe1\xbdc", Some(5)),
            (b"ab\xe1", None), // its end may come
            (b"", None),
        ];
        for (text, wrong) in texts {
            let head = 2;
            let wire = frame(FIN_TEXT, text);
            assert_eq!(refused_after(&wire, 1), wrong.map(|byte| byte + head), "{text:x?}");
            assert_eq!(refused_after(&wire, usize::MAX), None, "tungstenite sees it as a whole");
            for cut in 1..=text.len() {
                let (first, second) = text.split_at(cut);
                let fragments = [frame(frame::TEXT, first), frame(0x89, b"\xff"), frame(frame::FIN, second)].concat();
                let refused = wrong.map(|byte| byte + head + if byte > cut { 5 } else { 0 });
                assert_eq!(refused_after(&fragments, 1), refused, "{text:x?} cut at {cut}");
            }
        }
    }

    #[test]
    fn rfc_6455_8_1_bytes_that_are_no_text_may_be_anything() {
        let large = vec![0xff; 1000];
        let wire = [
            frame(frame::FIN | frame::BINARY, &large),
            frame(frame::BINARY, &large),
            frame(0x8a, &[0xff; 9]),
            frame(frame::FIN, &large),
            frame(FIN_TEXT, "\u{1f43b}".repeat(100).as_bytes()),
        ]
        .concat();
        for piece in 1..20 {
            assert_eq!(refused_after(&wire, piece), None, "pieces of {piece}");
        }
        let wire = [wire, frame(FIN_TEXT, b"\xff")].concat();
        assert_eq!(refused_after(&wire, 1), Some(wire.len()));
    }
}
