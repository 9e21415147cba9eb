//! A client for the tests, made by hand so that it can also break the rules.

use bytes::{BufMut, BytesMut};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};

const MASK: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

/// One masked frame whose first byte is `first`.
pub(crate) fn client_frame(first: u8, payload: &[u8]) -> BytesMut {
    let mut frame = BytesMut::new();
    frame.put_u8(first);
    match payload.len() {
        short @ 0..=125 => frame.put_u8(0x80 | short as u8),
        medium @ 126..=0xffff => {
            frame.put_u8(0xfe);
            frame.put_u16(medium as u16);
        }
        long => {
            frame.put_u8(0xff);
            frame.put_u64(long as u64);
        }
    }
    frame.put_slice(&MASK);
    frame.extend(payload.iter().zip(MASK.iter().cycle()).map(|(byte, key)| byte ^ key));
    frame
}

/// The client's end of a connection.
#[derive(Debug)]
pub(crate) struct Client(pub(crate) DuplexStream);

impl Client {
    /// Sends the opening request and reads the head of the answer.
    pub(crate) async fn open(mut stream: DuplexStream, extensions: &str) -> (Self, String) {
        let request = format!(
            "GET /x-nmos/events/ws HTTP/1.1\r\nHost: device\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n{extensions}\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        (Self(stream), String::from_utf8(head).unwrap())
    }

    pub(crate) async fn send(&mut self, first: u8, payload: &[u8]) {
        self.0.write_all(&client_frame(first, payload)).await.unwrap();
    }

    pub(crate) async fn send_text(&mut self, text: &str) {
        self.send(0x81, text.as_bytes()).await;
    }

    /// First byte and payload of the next frame; `None` at the end of the stream.
    pub(crate) async fn receive(&mut self) -> Option<(u8, Vec<u8>)> {
        let first = self.0.read_u8().await.ok()?;
        let length = match self.0.read_u8().await.unwrap() {
            126 => usize::from(self.0.read_u16().await.unwrap()),
            127 => self.0.read_u64().await.unwrap() as usize,
            short => usize::from(short),
        };
        let mut payload = vec![0; length];
        self.0.read_exact(&mut payload).await.unwrap();
        Some((first, payload))
    }

    pub(crate) async fn receive_text(&mut self) -> String {
        let (first, payload) = self.receive().await.expect("the stream ended");
        assert_eq!(first, 0x81, "{payload:x?}");
        String::from_utf8(payload).unwrap()
    }
}
