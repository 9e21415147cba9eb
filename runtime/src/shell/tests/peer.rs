//! The other end of the pipes: a WebSocket server that does what a test tells it.

use std::future::Future;
use std::io;
use std::sync::Arc;

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::DuplexStream;
use tokio::sync::mpsc;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{Callback, ErrorResponse, Request, Response};

use crate::engine::destination::Destination;
use crate::shell::Dial;
use crate::ws::{Io, OpenError};

/// How many bytes a pipe holds.
pub(super) const PIPE: usize = 64 * 1024;

/// The server's ends of the pipes that the element dials, in order.
pub(super) struct Peer {
    pipes: mpsc::UnboundedReceiver<(Destination, DuplexStream)>,
}

/// A dial for an element, and the peer that it reaches.
pub(super) fn peer() -> (Dial, Peer) {
    let (sender, pipes) = mpsc::unbounded_channel();
    let dial: Dial = Arc::new(move |to| {
        let sender = sender.clone();
        Box::pin(async move {
            let (ours, theirs) = tokio::io::duplex(PIPE);
            let gone = |_| OpenError::Io(io::Error::from(io::ErrorKind::ConnectionRefused));
            sender.send((to, theirs)).map_err(gone)?;
            let ours: Box<dyn Io> = Box::new(ours);
            Ok(ours)
        })
    });
    (dial, Peer { pipes })
}

impl Peer {
    /// The next pipe that the element dialled, not answered yet.
    pub(super) async fn pipe(&mut self) -> (Destination, DuplexStream) {
        self.pipes.recv().await.expect("the element dials")
    }

    /// The next pipe; none when the element has ended.
    pub(super) async fn next_pipe(&mut self) -> Option<DuplexStream> {
        self.pipes.recv().await.map(|(_, pipe)| pipe)
    }

    /// Accepts the next handshake.
    pub(super) async fn accept(&mut self) -> Session {
        self.accept_request().await.0
    }

    /// Accepts the next handshake; the path that was asked for comes with it.
    pub(super) async fn accept_request(&mut self) -> (Session, String) {
        let (_, pipe) = self.pipe().await;
        let mut asked = String::new();
        let socket = tokio_tungstenite::accept_hdr_async(pipe, Note(&mut asked)).await.expect("a legal handshake");
        (Session(socket), asked)
    }

    /// Whether the element has dialled again.
    pub(super) fn was_dialled(&mut self) -> bool {
        self.pipes.try_recv().is_ok()
    }
}

/// Notes the path of a request.
struct Note<'a>(&'a mut String);

impl Callback for Note<'_> {
    fn on_request(self, request: &Request, response: Response) -> Result<Response, ErrorResponse> {
        request.uri().path().clone_into(self.0);
        Ok(response)
    }
}

/// The server's side of one open WebSocket. Dropped, it is gone without a close frame.
pub(super) struct Session(pub(super) WebSocketStream<DuplexStream>);

impl Session {
    pub(super) async fn send(&mut self, text: &str) {
        self.0.send(Message::text(text)).await.expect("the element reads");
    }

    /// The next message of the element.
    pub(super) async fn receive(&mut self) -> Message {
        self.0.next().await.expect("a message").expect("a legal message")
    }

    pub(super) async fn receive_text(&mut self) -> String {
        self.receive().await.into_text().expect("a text").to_string()
    }
}

/// Waits for `future` with a bound that no test comes near, so that a fault is no hang.
pub(super) async fn soon<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(std::time::Duration::from_secs(3600), future).await.expect("it happens within an hour")
}
