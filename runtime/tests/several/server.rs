//! The other end: a WebSocket, or an HTTP server by hand.

use std::net::SocketAddr;

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

pub(crate) struct Server {
    listener: TcpListener,
    pub(crate) address: SocketAddr,
}

pub(crate) type Socket = WebSocketStream<TcpStream>;

impl Server {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        Self { listener, address }
    }

    /// Accepts the next WebSocket.
    pub(crate) async fn accept(&self) -> Socket {
        let (stream, _) = self.listener.accept().await.unwrap();
        tokio_tungstenite::accept_async(stream).await.unwrap()
    }

    /// Answers the next HTTP request.
    pub(crate) async fn answer(&self, status_line: &str, body: &str) {
        let (mut stream, _) = self.listener.accept().await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        assert!(head.starts_with(b"GET /details HTTP/1.1\r\n"));
        let answer = format!("{status_line}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        stream.write_all(answer.as_bytes()).await.unwrap();
    }
}

pub(crate) async fn receive(socket: &mut Socket) -> String {
    socket.next().await.expect("a message").unwrap().into_text().unwrap().to_string()
}

pub(crate) async fn send(socket: &mut Socket, text: &str) {
    socket.send(Message::text(text)).await.unwrap();
}
