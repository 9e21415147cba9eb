//! Bytes of a client to whole messages (RFC 6455 sections 5.4 to 5.6).

use bytes::{Buf, BytesMut};

use super::Violation;
use super::deflate::Inflater;
use super::frame::{Frame, Opcode, take_client_frame};

/// The largest message taken from a client, before and after decompression. A subscription to 1,000 sources has 39 KB.
pub(crate) const MESSAGE_LIMIT: usize = 256 * 1024;

/// What a client sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Incoming {
    Text(String),
    Ping(BytesMut),
    Pong,
    /// The client's close frame with its code, if it gave one.
    Close(Option<u16>),
}

#[derive(Debug)]
pub(crate) struct Decoder {
    inflater: Option<Inflater>,
    fragments: Option<Fragments>,
    pub(crate) compressed_messages: u64,
    pub(crate) plain_messages: u64,
}

/// The message whose final frame has not come yet.
#[derive(Debug)]
struct Fragments {
    compressed: bool,
    data: BytesMut,
}

impl Decoder {
    pub(crate) fn new(inflater: Option<Inflater>) -> Self {
        Self { inflater, fragments: None, compressed_messages: 0, plain_messages: 0 }
    }

    /// Takes the next message or control frame off the front of `buffer`; `None` until one is complete.
    pub(crate) fn decode(&mut self, buffer: &mut BytesMut) -> Result<Option<Incoming>, Violation> {
        while let Some(frame) = take_client_frame(buffer, MESSAGE_LIMIT)? {
            if let Some(incoming) = self.accept(frame)? {
                return Ok(Some(incoming));
            }
        }
        Ok(None)
    }

    fn accept(&mut self, frame: Frame) -> Result<Option<Incoming>, Violation> {
        let starts_message = matches!(frame.opcode, Opcode::Text | Opcode::Binary);
        if frame.compressed && !(starts_message && self.inflater.is_some()) {
            return Err(Violation::protocol("RSV1 is set where no compressed message starts"));
        }
        match frame.opcode {
            Opcode::Ping => return Ok(Some(Incoming::Ping(frame.payload))),
            Opcode::Pong => return Ok(Some(Incoming::Pong)),
            Opcode::Close => return close(frame.payload).map(Some),
            Opcode::Binary => return Err(Violation::unsupported("IS-07 commands are JSON in text messages")),
            Opcode::Text if self.fragments.is_some() => {
                return Err(Violation::protocol("a message starts inside another one"));
            }
            Opcode::Text => self.fragments = Some(Fragments { compressed: frame.compressed, data: frame.payload }),
            Opcode::Continuation => {
                let Some(fragments) = &mut self.fragments else {
                    return Err(Violation::protocol("a continuation frame without a message"));
                };
                if fragments.data.len() + frame.payload.len() > MESSAGE_LIMIT {
                    return Err(Violation::TOO_BIG);
                }
                fragments.data.unsplit(frame.payload);
            }
        }
        if !frame.is_final {
            return Ok(None);
        }
        self.fragments.take().map(|whole| self.finish(whole)).transpose()
    }

    fn finish(&mut self, whole: Fragments) -> Result<Incoming, Violation> {
        let bytes = match &mut self.inflater {
            Some(inflater) if whole.compressed => {
                self.compressed_messages += 1;
                inflater.inflate(&whole.data, MESSAGE_LIMIT)?
            }
            _ => {
                self.plain_messages += 1;
                whole.data.into()
            }
        };
        let text = String::from_utf8(bytes).map_err(|_| Violation::data("a text message is not UTF-8"))?;
        Ok(Incoming::Text(text))
    }
}

/// Reads a close frame (RFC 6455 sections 5.5.1 and 7.4).
fn close(mut payload: BytesMut) -> Result<Incoming, Violation> {
    if payload.is_empty() {
        return Ok(Incoming::Close(None));
    }
    let Ok(code) = payload.try_get_u16() else {
        return Err(Violation::protocol("a close frame with half a code"));
    };
    if !matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999) {
        return Err(Violation::protocol("a close code that must not be sent"));
    }
    if std::str::from_utf8(&payload).is_err() {
        return Err(Violation::data("a close reason is not UTF-8"));
    }
    Ok(Incoming::Close(Some(code)))
}

#[cfg(test)]
mod tests {
    use super::super::deflate::Deflater;
    use super::super::extension::accept_offer;
    use super::super::testing::client_frame;
    use super::*;

    fn decode_all(decoder: &mut Decoder, frames: &[(u8, &[u8])]) -> Result<Vec<Incoming>, Violation> {
        let mut buffer = BytesMut::new();
        let mut all = Vec::new();
        for (first, payload) in frames {
            buffer.extend_from_slice(&client_frame(*first, payload));
            while let Some(incoming) = decoder.decode(&mut buffer)? {
                all.push(incoming);
            }
        }
        Ok(all)
    }

    #[test]
    fn fragments_are_joined_around_a_ping() {
        let all = decode_all(&mut Decoder::new(None), &[(0x01, b"Hel"), (0x89, b"?"), (0x00, b"l"), (0x80, b"o")]);
        let expected = vec![Incoming::Ping(BytesMut::from(&b"?"[..])), Incoming::Text("Hello".to_owned())];
        assert_eq!(all, Ok(expected));
    }

    #[test]
    fn a_code_point_may_be_split_between_fragments() {
        let all = decode_all(&mut Decoder::new(None), &[(0x01, &[0xc3]), (0x80, &[0xa9])]);
        assert_eq!(all, Ok(vec![Incoming::Text("é".to_owned())]));
    }

    #[test]
    fn compressed_and_plain_messages_mix() {
        let agreed = accept_offer("permessage-deflate").unwrap();
        let mut deflater = Deflater::new(agreed);
        let first = deflater.deflate(b"tally tally tally").unwrap();
        let second = deflater.deflate(b"tally tally tally").unwrap();
        let (head, tail) = second.split_at(1);
        let mut decoder = Decoder::new(Some(Inflater::new(agreed)));
        let all = decode_all(&mut decoder, &[(0xc1, &first), (0x81, b"plain"), (0x41, head), (0x80, tail)]).unwrap();
        let texts = ["tally tally tally", "plain", "tally tally tally"].map(|text| Incoming::Text(text.to_owned()));
        assert_eq!(all, texts);
        assert_eq!((decoder.compressed_messages, decoder.plain_messages), (2, 1));
    }

    #[test]
    fn illegal_sequences_end_with_their_close_code() {
        let long = vec![b'x'; 200_000];
        for (name, frames, code) in [
            ("continuation first", &[(0x80, &b"x"[..])][..], 1002),
            ("text inside text", &[(0x01, b"x"), (0x81, b"y")], 1002),
            ("RSV1 without extension", &[(0xc1, b"x")], 1002),
            ("binary", &[(0x82, b"x")], 1003),
            ("not UTF-8", &[(0x81, &[0xff])], 1007),
            ("half a code point", &[(0x81, &[0xc3])], 1007),
            ("close with one byte", &[(0x88, &[3])], 1002),
            ("close with 1005", &[(0x88, &[0x03, 0xed])], 1002),
            ("close reason not UTF-8", &[(0x88, &[0x03, 0xe8, 0xff])], 1007),
            ("too long in sum", &[(0x01, &long), (0x80, &long)], 1009),
        ] {
            assert_eq!(decode_all(&mut Decoder::new(None), frames).unwrap_err().code, code, "{name}");
        }
        let mut decoder = Decoder::new(accept_offer("permessage-deflate").map(Inflater::new));
        assert_eq!(decode_all(&mut decoder, &[(0xc9, b"")]).unwrap_err().code, 1002, "RSV1 on a ping");
    }

    #[test]
    fn close_frames_are_read() {
        for (payload, code) in [(&b""[..], None), (&[0x03, 0xe8], Some(1000)), (b"\x03\xe9bye", Some(1001))] {
            assert_eq!(decode_all(&mut Decoder::new(None), &[(0x88, payload)]), Ok(vec![Incoming::Close(code)]));
        }
    }
}
