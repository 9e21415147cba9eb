//! The end of a connection that the peer spoilt: our close frame has to reach it.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_util::Sink as _;
use tokio::io::AsyncWrite as _;
use tokio::time::{Sleep, sleep};
use tokio_tungstenite::WebSocketStream;

use super::lost::Lost;
use super::wire::Wire;

/// How long a peer that broke a rule may take to end the connection.
const LINGER: Duration = Duration::from_secs(1);

/// Sends the close frame and reads on into nowhere until the peer ends the connection.
///
/// A socket that is dropped while data waits in it is reset, and a reset can take our close frame from the peer. So a
/// flood beyond the message limit must be read on for a moment, or nobody learns of the 1009 (REL-03).
pub(super) struct Linger {
    lost: Option<Lost>,
    sent: bool,
    deadline: Pin<Box<Sleep>>,
}

impl Linger {
    /// Lingers after `lost`; the close frame is queued already.
    #[expect(clippy::disallowed_methods, reason = "the engine learns of the loss when it is over")]
    pub(super) fn new(lost: Lost) -> Self {
        Self { lost: Some(lost), sent: false, deadline: Box::pin(sleep(LINGER)) }
    }

    /// Gives back why the connection was lost when it is at its end.
    pub(super) fn poll(&mut self, stream: &mut WebSocketStream<Wire>, cx: &mut Context<'_>) -> Poll<Lost> {
        if self.deadline.as_mut().poll(cx).is_pending() {
            ready!(self.poll_end(stream, cx));
        }
        Poll::Ready(self.lost.take().unwrap_or(Lost::Closed))
    }

    fn poll_end(&mut self, stream: &mut WebSocketStream<Wire>, cx: &mut Context<'_>) -> Poll<()> {
        if !self.sent {
            let flushed = ready!(Pin::new(&mut *stream).poll_flush(cx));
            let shut = ready!(Pin::new(stream.get_mut()).poll_shutdown(cx));
            if flushed.is_err() || shut.is_err() {
                return Poll::Ready(());
            }
            self.sent = true;
        }
        stream.get_mut().poll_discard(cx)
    }
}
