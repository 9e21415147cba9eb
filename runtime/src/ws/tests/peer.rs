//! The other end: writes any bytes and reads frames.

use std::future::poll_fn;
use std::io::Write as _;

use bytes::Bytes;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream, duplex};

use crate::engine::destination::Destination;
use crate::engine::header_line::HeaderLine;
use crate::engine::opening::OpeningRequest;
use crate::ws::{Incoming, Limits, Lost, OpenError, OpeningAnswer, Outgoing, Socket, open};

/// The key of RFC 6455, section 1.3, and what belongs to it.
pub(super) const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";
pub(super) const ACCEPT: &str = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

pub(super) const TEXT: u8 = 0x81;
pub(super) const BINARY: u8 = 0x82;
pub(super) const CLOSE: u8 = 0x88;
pub(super) const PING: u8 = 0x89;
pub(super) const PONG: u8 = 0x8a;
pub(super) const RSV1: u8 = 0x40;

pub(super) const SMALL: Limits =
    Limits { message_bytes: 16 << 20, message_fragments: 256 << 10, head_bytes: 2000, body_bytes: 100 };

/// A request with these header lines besides the standard ones.
pub(super) fn request(extra: &[(&str, &str)]) -> OpeningRequest {
    let standard =
        [("Host", "example:8050"), ("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Key", KEY)];
    OpeningRequest {
        to: Destination { secure: false, host: "example".into(), port: 8050, proxy: None, certificate: false },
        path: "/x-nmos/events/ws".into(),
        path_is_secret: false,
        headers: standard.iter().chain(extra).map(|&(name, value)| HeaderLine::new(name, value)).collect(),
        key: KEY.into(),
    }
}

/// A good answer with these header lines besides the standard ones.
pub(super) fn answer(extra: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = format!(
        "HTTP/1.1 101 Switching Protocols\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Accept: {ACCEPT}\r\n"
    )
    .into_bytes();
    for (name, value) in extra {
        write!(bytes, "{name}: {value}\r\n").unwrap();
    }
    bytes.extend_from_slice(b"\r\n");
    bytes
}

/// A frame as a server sends it; `first` holds FIN, RSV1 to RSV3 and the opcode.
pub(super) fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![first];
    match payload.len() {
        len @ 0..126 => bytes.push(u8::try_from(len).unwrap()),
        len @ 126..65536 => {
            bytes.push(126);
            bytes.extend_from_slice(&u16::try_from(len).unwrap().to_be_bytes());
        }
        len => {
            bytes.push(127);
            bytes.extend_from_slice(&(len as u64).to_be_bytes());
        }
    }
    bytes.extend_from_slice(payload);
    bytes
}

/// The payload of a close frame.
pub(super) fn close_payload(code: u16, reason: &str) -> Vec<u8> {
    [&code.to_be_bytes(), reason.as_bytes()].concat()
}

/// The server's end of a connection.
pub(super) struct Peer {
    pub(super) io: DuplexStream,
}

/// A frame from the client, unmasked.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ClientFrame {
    pub(super) first: u8,
    pub(super) payload: Vec<u8>,
}

impl Peer {
    pub(super) async fn write(&mut self, bytes: &[u8]) {
        self.io.write_all(bytes).await.unwrap();
    }

    /// Reads the opening request.
    pub(super) async fn read_request(&mut self) -> String {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(self.io.read_u8().await.unwrap());
        }
        String::from_utf8(head).unwrap()
    }

    /// Reads a frame, which must be masked (RFC 6455, section 5.1).
    pub(super) async fn read_frame(&mut self) -> ClientFrame {
        let first = self.io.read_u8().await.unwrap();
        let second = self.io.read_u8().await.unwrap();
        assert_eq!(second & 0x80, 0x80, "a client's frames are masked");
        let len = match second & 0x7f {
            126 => u64::from(self.io.read_u16().await.unwrap()),
            127 => self.io.read_u64().await.unwrap(),
            short => u64::from(short),
        };
        let mut mask = [0; 4];
        self.io.read_exact(&mut mask).await.unwrap();
        let mut payload = vec![0; usize::try_from(len).unwrap()];
        self.io.read_exact(&mut payload).await.unwrap();
        for (position, byte) in payload.iter_mut().enumerate() {
            *byte ^= mask[position % 4];
        }
        ClientFrame { first, payload }
    }

    /// Reads a close frame and gives back its code.
    pub(super) async fn read_close(&mut self) -> u16 {
        let ClientFrame { first, payload } = self.read_frame().await;
        assert_eq!(first, CLOSE);
        u16::from_be_bytes([payload[0], payload[1]])
    }
}

/// Opens a WebSocket on a server that answers with these bytes in one piece.
pub(super) async fn open_on(
    request: OpeningRequest,
    answer: &[u8],
    limits: Limits,
) -> (Result<(Socket, OpeningAnswer), OpenError>, Peer) {
    let (ours, theirs) = duplex(64 << 10);
    let mut peer = Peer { io: theirs };
    let opening = async { open(Box::new(ours), &request, &limits).await };
    let serving = async {
        peer.read_request().await;
        peer.write(answer).await;
    };
    let (opened, ()) = tokio::join!(opening, serving);
    (opened, peer)
}

/// An open WebSocket without compression, and its peer.
pub(super) async fn plain() -> (Socket, Peer) {
    let (opened, peer) = open_on(request(&[]), &answer(&[]), SMALL).await;
    (opened.unwrap().0, peer)
}

pub(super) async fn receive(socket: &mut Socket) -> Result<Incoming, Lost> {
    poll_fn(|cx| socket.poll_receive(cx)).await
}

/// Receives a message, text or binary.
pub(super) async fn receive_data(socket: &mut Socket) -> Bytes {
    match receive(socket).await.unwrap() {
        Incoming::Text(text) => text.into_bytes(),
        Incoming::Binary(data) => data,
        other => panic!("not a message: {other:?}"),
    }
}

/// Receives until the connection is lost, which must be by a fault of the peer.
pub(super) async fn receive_fault(socket: &mut Socket) -> (u16, String) {
    match receive(socket).await {
        Err(Lost::Protocol { code, reason }) => (code, reason),
        other => panic!("not a fault: {other:?}"),
    }
}

pub(super) async fn send(socket: &mut Socket, message: Outgoing) {
    poll_fn(|cx| socket.poll_ready(cx)).await.unwrap();
    socket.start_send(message).unwrap();
    flush(socket).await;
}

pub(super) async fn flush(socket: &mut Socket) {
    poll_fn(|cx| socket.poll_flush(cx)).await.unwrap();
}
