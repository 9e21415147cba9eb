//! The byte stream below tungstenite: what the handshake left over first, and inflated when that was agreed.

use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::task::coop::cooperative;

use super::close_frame::SeenClose;
use super::deflate::Inflater;
use super::fragments::Fragments;
use super::lost::Violation;
use super::read_ahead::ReadAhead;
use super::utf8::TextWatch;
use super::{Io, Limits};

/// How many bytes one read takes from a connection with compression.
const COMPRESSED_READ: usize = 8 << 10;

/// How far one call of the inflater came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// Bytes taken from the input.
    pub(super) consumed: usize,
    /// Bytes written to the output.
    pub(super) produced: usize,
}

/// A connection whose opening handshake is done.
pub(super) struct Wire {
    input: ReadAhead,
    inflating: Option<Inflating>,
    texts: TextWatch,
    /// What is wrong with the message whose beginning was read.
    violation: Option<Violation>,
    /// Whether the peer has sent anything since the last look.
    heard: bool,
}

struct Inflating {
    inflater: Inflater,
    /// What the last read brought, of which `start..end` is not inflated yet.
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
}

impl Wire {
    /// `rest` is what came behind the 101.
    pub(super) fn new(io: Box<dyn Io>, rest: Bytes, inflater: Option<Inflater>, limits: &Limits) -> Self {
        // What comes out of an inflater has fragments of its own, so that counts those that come in.
        let fragments = Fragments::new(if inflater.is_some() { u32::MAX } else { limits.message_fragments });
        let inflating =
            inflater.map(|inflater| Inflating { inflater, buffer: vec![0; COMPRESSED_READ].into(), start: 0, end: 0 });
        Self {
            input: ReadAhead::new(io, rest),
            inflating,
            texts: TextWatch::new(fragments),
            violation: None,
            heard: false,
        }
    }

    /// How many compressed messages came in.
    pub(super) fn compressed_messages(&self) -> u64 {
        self.inflating.as_ref().map_or(0, |inflating| inflating.inflater.messages())
    }

    /// The peer's close frame.
    pub(super) fn close_frame(&mut self) -> &mut SeenClose {
        self.texts.close()
    }

    /// Whether the peer has sent anything since the last call, be it a part of a message only.
    pub(super) fn take_heard(&mut self) -> bool {
        std::mem::take(&mut self.heard)
    }

    /// Reads into nowhere until the peer ends the connection.
    pub(super) fn poll_discard(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let mut nowhere = [0; 1024];
        loop {
            let mut buf = ReadBuf::new(&mut nowhere);
            let read = ready!(self.input.io().poll_read(cx, &mut buf));
            if read.is_err() || buf.filled().is_empty() {
                return Poll::Ready(());
            }
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let Self { input, inflating, texts, violation, heard } = self.get_mut();
        // Whoever reads on has taken all messages ahead of the text.
        if let Some(violation) = violation {
            return Poll::Ready(Err(violation.clone().into()));
        }
        if buf.remaining() == 0 {
            return Poll::Ready(Ok(()));
        }
        if let Some(rest) = texts.close().poll_rest(buf) {
            return rest.map(Ok); // whoever finds it pending queues the answer, and asks again
        }
        let read = buf.filled().len();
        match inflating {
            Some(inflating) => ready!(inflating.poll_read(input, cx, buf, heard))?,
            None => ready!(input.poll_read(cx, buf))?,
        }
        *heard |= buf.filled().len() > read;
        *violation = texts.follow(buf.filled().get(read..).unwrap_or_default()).err();
        let cut = texts.close().cut();
        if cut > 0 {
            buf.set_filled(buf.filled().len().saturating_sub(cut).max(read));
            if buf.filled().len() == read {
                return Poll::Pending; // nothing would mean the end of the stream
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl Inflating {
    fn poll_read(
        &mut self,
        source: &mut ReadAhead,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
        heard: &mut bool,
    ) -> Poll<io::Result<()>> {
        // A few bytes can inflate to a whole message without another read: let other tasks run in between.
        ready!(pin!(cooperative(std::future::ready(()))).poll(cx));
        loop {
            let input = self.buffer.get(self.start..self.end).unwrap_or_default();
            let step = self.inflater.step(input, buf.initialize_unfilled())?;
            self.start += step.consumed;
            if step.produced > 0 {
                buf.advance(step.produced);
                return Poll::Ready(Ok(()));
            }
            let mut input = ReadBuf::new(&mut self.buffer);
            ready!(source.poll_read(cx, &mut input))?;
            (self.start, self.end) = (0, input.filled().len());
            if self.end == 0 {
                return Poll::Ready(Ok(())); // the end of the stream
            }
            *heard = true; // also when nothing comes out of it yet
        }
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.input.io().poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.input.io().poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.input.io().poll_shutdown(cx)
    }
}
