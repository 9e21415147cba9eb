//! The head of the server's answer: status line and header lines.

use bytes::{Bytes, BytesMut};

use super::super::{Compression, OpeningAnswer};
use super::HandshakeError;

/// The largest number of header lines in an answer.
const MAX_HEADERS: usize = 128;

/// A complete head.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::ws) struct AnswerHead {
    /// The `x` of `HTTP/1.x`.
    pub(in crate::ws) minor_version: u8,
    /// The status code.
    pub(in crate::ws) status: u16,
    status_line: String,
    headers: Vec<(String, String)>,
}

impl AnswerHead {
    /// The status line as received, without its line end.
    #[cfg(feature = "proxy")]
    pub(in crate::ws) fn status_line(&self) -> &str {
        &self.status_line
    }

    /// The values of the header lines called `name`, letter case ignored.
    pub(in crate::ws) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Completes the head to what the engine sees.
    pub(in crate::ws) fn into_answer(self, body: Bytes, compression: Option<Compression>) -> OpeningAnswer {
        OpeningAnswer { status: self.status, status_line: self.status_line, headers: self.headers, body, compression }
    }
}

/// Collects the answer's bytes until its head is complete.
#[derive(Debug)]
pub(in crate::ws) struct AnswerReader {
    received: BytesMut,
    /// How many bytes of interim answers were taken off already.
    interim: usize,
    limit: usize,
}

impl AnswerReader {
    /// A reader for a head of at most `limit` bytes, interim answers included.
    pub(in crate::ws) fn new(limit: usize) -> Self {
        Self { received: BytesMut::new(), interim: 0, limit }
    }

    /// Takes the next bytes; none at all mean that the connection ended. `None`: the head is not complete yet.
    pub(in crate::ws) fn receive(&mut self, bytes: &[u8]) -> Result<Option<AnswerHead>, HandshakeError> {
        if bytes.is_empty() {
            return Err(HandshakeError::Ended);
        }
        self.received.extend_from_slice(bytes);
        // A head can only become complete by a line end: this keeps byte-wise answers from being parsed byte by byte.
        if !bytes.contains(&b'\n') {
            return self.incomplete();
        }
        loop {
            let Some((head, len)) = parse(&self.received)? else { return self.incomplete() };
            if self.interim + len > self.limit {
                return Err(HandshakeError::HeadTooLarge { limit: self.limit });
            }
            let _ = self.received.split_to(len);
            // Interim answers such as 103 may precede the final one (RFC 9110, section 15.2).
            if !(100..200).contains(&head.status) || head.status == 101 {
                return Ok(Some(head));
            }
            self.interim += len;
        }
    }

    /// The bytes behind the head. Behind a 101 they are the beginning of the first frames.
    pub(in crate::ws) fn into_rest(self) -> Bytes {
        self.received.freeze()
    }

    fn incomplete(&self) -> Result<Option<AnswerHead>, HandshakeError> {
        if self.interim + self.received.len() > self.limit {
            return Err(HandshakeError::HeadTooLarge { limit: self.limit });
        }
        Ok(None)
    }
}

/// Reads one head and its length, if it is complete.
fn parse(received: &[u8]) -> Result<Option<(AnswerHead, usize)>, HandshakeError> {
    let mut lines = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut response = httparse::Response::new(&mut lines);
    let httparse::Status::Complete(len) = response.parse(received).map_err(HandshakeError::NotHttp)? else {
        return Ok(None);
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    // httparse skips empty lines ahead of the status line, and drops a reason phrase that is not ASCII.
    let first_line = received.trim_ascii_start().split(|&byte| byte == b'\n').next().unwrap_or_default();
    let head = AnswerHead {
        minor_version: response.version.unwrap_or_default(),
        status: response.code.unwrap_or_default(),
        status_line: text(first_line),
        headers: response.headers.iter().map(|line| (line.name.to_owned(), text(line.value))).collect(),
    };
    Ok(Some((head, len)))
}
