//! The bytes that come in. What came behind the 101 is read first; and while a peer sends more than one read takes, more
//! is read at once, since the calls of the system are a good part of what a message costs in a flood. The memory for that
//! is kept only as long as the flood goes on.

use std::future::ready;
use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};

use bytes::{Buf as _, Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt as _, ReadBuf};
use tokio::task::coop::cooperative;

use super::Io;

/// How many bytes one read takes in a flood.
const FLOOD_READ: usize = 32 << 10;

/// A connection that is read ahead of its reader in a flood.
pub(super) struct ReadAhead {
    io: Box<dyn Io>,
    /// What came in and is not handed on yet.
    ahead: BytesMut,
    /// Whether more may be there than one read takes: at the beginning, and once a read has left nothing of its room.
    flood: bool,
}

impl ReadAhead {
    /// `rest` came in already.
    pub(super) fn new(io: Box<dyn Io>, rest: Bytes) -> Self {
        Self { io, ahead: rest.into(), flood: true }
    }

    /// The connection itself, to write to, or to read what nobody wants to know.
    pub(super) fn io(&mut self) -> Pin<&mut Box<dyn Io>> {
        Pin::new(&mut self.io)
    }

    /// Reads what comes next. Nothing is the end of the stream, as `buf` has room.
    pub(super) fn poll_read(&mut self, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.ahead.is_empty() {
            if !self.flood || buf.remaining() >= FLOOD_READ {
                ready!(Pin::new(&mut self.io).poll_read(cx, buf))?;
                self.flood = buf.remaining() == 0;
                return Poll::Ready(Ok(()));
            }
            self.ahead.reserve(FLOOD_READ);
            let read = pin!(self.io.read_buf(&mut self.ahead)).poll(cx);
            if self.ahead.is_empty() {
                // The flood is over, or the connection is.
                self.flood = false;
                self.ahead = BytesMut::new();
                return read.map_ok(drop);
            }
        } else {
            // Only reads of the system end a turn of the element's task by themselves: let other tasks run in between.
            ready!(pin!(cooperative(ready(()))).poll(cx));
        }
        let len = self.ahead.len().min(buf.remaining());
        buf.put_slice(self.ahead.get(..len).unwrap_or_default());
        self.ahead.advance(len);
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use tokio::io::{AsyncWriteExt as _, duplex};

    use super::*;

    /// How much room tungstenite has.
    const ROOM: usize = 7 << 10;

    fn poll(ahead: &mut ReadAhead, cx: &mut Context<'_>) -> Poll<Vec<u8>> {
        let mut room = [0; ROOM];
        let mut buf = ReadBuf::new(&mut room);
        ahead.poll_read(cx, &mut buf).map(|read| {
            read.unwrap();
            buf.filled().to_vec()
        })
    }

    async fn read(ahead: &mut ReadAhead) -> Vec<u8> {
        poll_fn(|cx| poll(ahead, cx)).await
    }

    #[tokio::test]
    async fn a_flood_comes_whole_and_its_memory_goes_with_it() {
        let read_ahead = ROOM + FLOOD_READ;
        for len in [1, ROOM - 1, ROOM, ROOM + 1, read_ahead, read_ahead + 1, 200_000] {
            let (io, mut peer) = duplex(1 << 20);
            let mut ahead = ReadAhead::new(Box::new(io), Bytes::new());
            let sent: Vec<u8> = (0..len).map(|byte| (byte % 251) as u8).collect();
            peer.write_all(&sent).await.unwrap();
            let mut came = Vec::new();
            while came.len() < len {
                came.extend(read(&mut ahead).await);
            }
            assert!(came == sent, "{len} bytes");
            assert!(poll_fn(|cx| Poll::Ready(poll(&mut ahead, cx))).await.is_pending());
            assert_eq!(ahead.ahead.capacity(), 0, "nothing is kept when nothing comes, after {len} bytes");
            peer.write_all(b"more").await.unwrap();
            assert_eq!(read(&mut ahead).await, b"more");
            drop(peer);
            assert_eq!(read(&mut ahead).await, b"", "the end");
        }
    }

    #[tokio::test]
    async fn what_came_behind_the_101_comes_first() {
        let (io, mut peer) = duplex(1 << 20);
        let mut ahead = ReadAhead::new(Box::new(io), Bytes::from_static(b"first"));
        peer.write_all(b"second").await.unwrap();
        assert_eq!(read(&mut ahead).await, b"first");
        assert_eq!(read(&mut ahead).await, b"second");
    }

    /// What was read ahead costs no call of the system, which would end the task's turn after a while.
    #[tokio::test]
    async fn other_tasks_run_between_pieces() {
        let (io, _peer) = duplex(1);
        let mut ahead = ReadAhead::new(Box::new(io), vec![0; 1000 * ROOM].into());
        let mut pieces = 0;
        poll_fn(|cx| {
            while poll(&mut ahead, cx).is_ready() {
                pieces += 1;
            }
            Poll::Ready(())
        })
        .await;
        assert!((1..1000).contains(&pieces), "{pieces} pieces in one turn");
    }
}
