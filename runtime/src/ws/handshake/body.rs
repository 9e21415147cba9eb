//! The body of a refusal, as far as it is kept (CONN-40).

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use tokio::io::AsyncReadExt as _;
use tokio::time::timeout;

use super::AnswerHead;
use crate::ws::Io;

/// How long a refusal's body is waited for. The refusal itself is known by then, and must not become a timeout.
const BODY_WAIT: Duration = Duration::from_secs(1);

/// Reads the body of a refusal, at most `limit` bytes of it. `rest` is what came with the head.
///
/// What cannot be read in time, or at all, is left out: the body only explains the refusal.
#[expect(clippy::disallowed_methods, reason = "the engine waits for the answer, and here it is already decided")]
pub(in crate::ws) async fn read_body(io: &mut Box<dyn Io>, head: &AnswerHead, rest: Bytes, limit: usize) -> Bytes {
    let mut body = Body::new(head, limit);
    body.receive(&rest);
    let mut chunk = vec![0; 4096];
    let read = async {
        while !body.complete {
            match io.read(&mut chunk).await {
                Ok(0) | Err(_) => return,
                Ok(len) => body.receive(chunk.get(..len).unwrap_or_default()),
            }
        }
    };
    // Whether it was in time is of no interest.
    let _ = timeout(BODY_WAIT, read).await;
    body.content.freeze()
}

/// A body that is being received (RFC 9112, section 6).
#[derive(Debug)]
pub(in crate::ws) struct Body {
    framing: Framing,
    content: BytesMut,
    limit: usize,
    complete: bool,
}

/// Where a body ends (RFC 9112, section 6.3).
#[derive(Debug)]
enum Framing {
    /// At the end of the connection.
    UntilClose,
    /// After so many more bytes.
    Length(u64),
    /// After the chunk of size 0 (RFC 9112, section 7.1).
    Chunked(Chunk),
}

/// Where in a chunked body the next byte belongs.
#[derive(Debug)]
enum Chunk {
    /// To the line with the chunk's size, of which these bytes were received.
    Size(BytesMut),
    /// To the chunk's data, of which so much is left.
    Data(u64),
    /// To the line end behind the data.
    DataEnd,
}

/// The longest line with a chunk's size, extensions included.
const MAX_SIZE_LINE: usize = 256;

impl Body {
    pub(in crate::ws) fn new(head: &AnswerHead, limit: usize) -> Self {
        let chunked = head.values("Transfer-Encoding").any(|value| value.to_ascii_lowercase().ends_with("chunked"));
        let length = head.values("Content-Length").next().and_then(|value| value.parse().ok());
        let framing = match length {
            // Transfer-Encoding overrides Content-Length (RFC 9112, section 6.3).
            _ if chunked => Framing::Chunked(Chunk::Size(BytesMut::new())),
            Some(length) => Framing::Length(length),
            None if matches!(head.status, 204 | 304) => Framing::Length(0),
            None => Framing::UntilClose,
        };
        let complete = limit == 0 || matches!(framing, Framing::Length(0));
        Self { framing, content: BytesMut::new(), limit, complete }
    }

    /// Takes the next bytes.
    pub(in crate::ws) fn receive(&mut self, mut bytes: &[u8]) {
        while !self.complete && !bytes.is_empty() {
            bytes = self.step(bytes);
            self.complete |= self.content.len() >= self.limit;
        }
    }

    /// Takes some of the bytes and gives back the others.
    fn step<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        match &mut self.framing {
            Framing::UntilClose => {
                keep(&mut self.content, self.limit, bytes);
                &[]
            }
            Framing::Length(left) => {
                let (data, rest) = split(bytes, left);
                keep(&mut self.content, self.limit, data);
                self.complete = *left == 0;
                rest
            }
            Framing::Chunked(chunk) => match chunk {
                Chunk::Size(line) => {
                    let Some((byte, rest)) = bytes.split_first() else { return &[] };
                    line.extend_from_slice(&[*byte]);
                    match httparse::parse_chunk_size(line) {
                        Ok(httparse::Status::Complete((_, 0))) => self.complete = true,
                        Ok(httparse::Status::Complete((_, size))) => *chunk = Chunk::Data(size),
                        Ok(httparse::Status::Partial) if line.len() < MAX_SIZE_LINE => {}
                        // What was received until here is all that can be read.
                        _ => self.complete = true,
                    }
                    rest
                }
                Chunk::Data(left) => {
                    let (data, rest) = split(bytes, left);
                    keep(&mut self.content, self.limit, data);
                    if *left == 0 {
                        *chunk = Chunk::DataEnd;
                    }
                    rest
                }
                Chunk::DataEnd => {
                    let Some((byte, rest)) = bytes.split_first() else { return &[] };
                    if *byte == b'\n' {
                        *chunk = Chunk::Size(BytesMut::new());
                    }
                    rest
                }
            },
        }
    }
}

/// The first `left` bytes, which are taken off `left`, and the others.
fn split<'a>(bytes: &'a [u8], left: &mut u64) -> (&'a [u8], &'a [u8]) {
    let len = usize::try_from(*left).unwrap_or(usize::MAX).min(bytes.len());
    *left -= len as u64;
    bytes.split_at_checked(len).unwrap_or((bytes, &[]))
}

/// Keeps `data` as far as the limit allows.
fn keep(content: &mut BytesMut, limit: usize, data: &[u8]) {
    let len = data.len().min(limit.saturating_sub(content.len()));
    content.extend_from_slice(data.get(..len).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::super::AnswerReader;
    use super::*;

    fn body_of(header: &str, received: &[u8], limit: usize) -> (String, bool) {
        body_with(403, header, received, limit)
    }

    fn body_with(status: u16, header: &str, received: &[u8], limit: usize) -> (String, bool) {
        let head = format!("HTTP/1.1 {status} X\r\n{header}\r\n");
        let head = AnswerReader::new(1000).receive(head.as_bytes()).unwrap().unwrap();
        let mut whole = Body::new(&head, limit);
        whole.receive(received);
        let mut bytewise = Body::new(&head, limit);
        for byte in received {
            bytewise.receive(&[*byte]);
        }
        assert_eq!((&whole.content, whole.complete), (&bytewise.content, bytewise.complete));
        (String::from_utf8(whole.content.to_vec()).unwrap(), whole.complete)
    }

    #[test]
    fn conn_40_body_of_a_refusal_ends_where_its_framing_says() {
        let chunked = "Transfer-Encoding: chunked\r\n";
        let cases: &[(&str, &str, usize, &str, bool)] = &[
            ("Content-Length: 2\r\n", "no", 10, "no", true),
            ("Content-Length: 2\r\n", "nobody", 10, "no", true),
            ("Content-Length: 9\r\n", "no", 10, "no", false),
            ("Content-Length: 0\r\n", "no", 10, "", true),
            ("Content-Length: x\r\n", "no", 10, "no", false),
            ("Content-Length: 18446744073709551615\r\n", "no", 10, "no", false),
            ("", "nobody", 10, "nobody", false),
            ("", "nobody", 3, "nob", true),
            ("", "nobody", 0, "", true),
            (chunked, "2\r\nno\r\n4;x=y\r\nbody\r\n0\r\n\r\n", 10, "nobody", true),
            (chunked, "2\r\nno\r\n4\r\nbo", 10, "nobo", false),
            (chunked, "6\r\nnobody\r\n", 4, "nobo", true),
            (chunked, "2\r\nno\r\nzz\r\nbody", 10, "no", true),
            (chunked, "FFFFFFFFFFFFFFFF\r\nno", 10, "no", false),
            ("Content-Length: 1\r\nTransfer-Encoding: gzip, Chunked\r\n", "2\r\nno\r\n0\r\n", 10, "no", true),
        ];
        for &(header, received, limit, body, complete) in cases {
            assert_eq!(body_of(header, received.as_bytes(), limit), (body.to_owned(), complete), "{header}{received}");
        }
    }

    #[test]
    fn conn_40_a_refusal_that_has_no_body_is_not_waited_for() {
        for (status, complete) in [(200, false), (204, true), (304, true), (404, false)] {
            assert_eq!(body_with(status, "", b"", 10), (String::new(), complete), "{status}");
        }
    }

    #[test]
    fn conn_40_endless_chunk_size_line_ends_the_body() {
        let line = format!("2;{}", "x".repeat(1000));
        assert_eq!(body_of("Transfer-Encoding: chunked\r\n", line.as_bytes(), 10), (String::new(), true));
    }
}
