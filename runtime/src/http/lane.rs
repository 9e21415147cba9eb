//! One connection that requests go over.

use bytes::Bytes;
use http::header::CONTENT_ENCODING;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Body as _, Incoming};
use hyper::client::conn::http1::{Builder, SendRequest};
use hyper::ext::ReasonPhrase;
use hyper_util::rt::TokioIo;
use tokio::task::JoinHandle;

use super::unpack;
use crate::engine::HttpAnswer;
use crate::engine::destination::Destination;
use crate::error::Reason;
use crate::ws::Io;

/// The largest head of an answer, in bytes.
const HEAD_BYTES: usize = 64 << 10;

/// An open connection; it is closed when it is dropped.
pub(crate) struct Lane {
    to: Destination,
    sender: SendRequest<Full<Bytes>>,
    /// Reads and writes for `sender`.
    driver: JoinHandle<()>,
}

/// Why a request got no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum LaneError {
    /// The connection was closed before the answer was whole.
    #[error("the server closed the connection before its answer was whole")]
    Closed {
        /// Whether nothing of the request was written.
        unsent: bool,
    },
    /// The connection broke.
    #[error("the connection broke: {0}")]
    Broken(hyper::Error),
    /// What came is no answer.
    #[error("the server's answer can't be read: {0}")]
    Unreadable(String),
    /// The body is larger than is received.
    #[error("the body of the answer is larger than {0} bytes; `message_limit` of the connection raises that")]
    TooLarge(usize),
}

impl Lane {
    pub(super) async fn open(io: Box<dyn Io>, to: Destination) -> Result<Self, LaneError> {
        // Names in the letters of old: some devices know no others.
        let opened = Builder::new().title_case_headers(true).max_buf_size(HEAD_BYTES).handshake(TokioIo::new(io)).await;
        let (sender, connection) = opened.map_err(LaneError::Broken)?;
        let driver = tokio::spawn(async move {
            // Whoever waits for an answer is told by `sender`.
            let _ = connection.await;
        });
        Ok(Self { to, sender, driver })
    }

    /// Whether requests to `to` can go over it.
    pub(super) fn leads_to(&self, to: &Destination) -> bool {
        self.to == *to && !self.sender.is_closed()
    }

    /// Sends one request and takes its whole answer, of which the unpacked body has at most `limit` bytes.
    pub(super) async fn send(&mut self, request: Request<Full<Bytes>>, limit: usize) -> Result<HttpAnswer, LaneError> {
        self.sender.ready().await?;
        let response = self.sender.send_request(request).await?;
        answer(response, limit).await
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        self.driver.abort();
    }
}

async fn answer(response: Response<Incoming>, limit: usize) -> Result<HttpAnswer, LaneError> {
    let (head, body) = response.into_parts();
    // Nobody has to send what is not taken.
    if body.size_hint().lower() > u64::try_from(limit).unwrap_or(u64::MAX) {
        return Err(LaneError::TooLarge(limit));
    }
    let body = Limited::new(body, limit).collect().await.map_err(|error| {
        if error.is::<LengthLimitError>() {
            return LaneError::TooLarge(limit);
        }
        match error.downcast::<hyper::Error>() {
            Ok(error) => LaneError::from(*error),
            Err(error) => LaneError::Unreadable(error.to_string()),
        }
    })?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let encodings: Vec<String> =
        head.headers.get_all(CONTENT_ENCODING).iter().map(|value| text(value.as_bytes())).collect();
    let body = unpack::unpack(&encodings.join(","), body.to_bytes(), limit)?;
    // HTTP-13: the words of the server, not ours.
    let reason = match head.extensions.get::<ReasonPhrase>() {
        Some(reason) => text(reason.as_bytes()),
        None => head.status.canonical_reason().unwrap_or_default().to_owned(),
    };
    let status = head.status.as_u16();
    let status_line = format!("{:?} {status} {reason}", head.version).trim_end().to_owned();
    let headers = head.headers.iter().map(|(name, value)| (name.to_string(), text(value.as_bytes()))).collect();
    Ok(HttpAnswer { status, status_line, headers, body })
}

impl From<hyper::Error> for LaneError {
    fn from(error: hyper::Error) -> Self {
        if error.is_canceled() || error.is_closed() {
            Self::Closed { unsent: true }
        } else if error.is_incomplete_message() {
            Self::Closed { unsent: false }
        } else if error.is_parse() {
            Self::Unreadable(error.to_string())
        } else {
            Self::Broken(error)
        }
    }
}

impl From<LaneError> for Reason {
    fn from(error: LaneError) -> Self {
        match error {
            LaneError::Closed { .. } | LaneError::Broken(_) => Self::Network(error.to_string()),
            LaneError::Unreadable(_) | LaneError::TooLarge(_) => Self::Answer(error.to_string()),
        }
    }
}
