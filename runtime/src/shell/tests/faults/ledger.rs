//! What is known from outside of the element: its sockets, what the device got, what was wrong.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, DuplexStream, ReadBuf};
use tokio::time::Instant;

/// Shared by the element's hooks, its network and its device.
#[derive(Clone)]
pub(super) struct Ledger {
    entries: Arc<Mutex<Entries>>,
    start: Instant,
    /// Whether everything is printed.
    told: bool,
}

#[derive(Default)]
pub(super) struct Entries {
    /// How many sockets the element holds.
    pub(super) sockets: u32,
    pub(super) dialled: u64,
    pub(super) refused: u64,
    pub(super) spoilt: u64,
    /// How many connections the device has accepted.
    pub(super) sessions: u64,
    /// The sources that each subscription named.
    pub(super) subscriptions: Vec<String>,
    pub(super) violations: Vec<String>,
}

impl Ledger {
    pub(super) fn new(told: bool) -> Self {
        Self { entries: Arc::default(), start: Instant::now(), told }
    }

    pub(super) fn entries(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap()
    }

    /// Notes what must not be.
    pub(super) fn violation(&self, what: impl Into<String>) {
        let what = format!("at {:.3} s: {}", self.start.elapsed().as_secs_f64(), what.into());
        self.tell(|| format!("VIOLATION {what}"));
        self.entries().violations.push(what);
    }

    /// Prints a step of a schedule that runs alone.
    pub(super) fn tell(&self, what: impl FnOnce() -> String) {
        if self.told {
            println!("{:>10.3} s  {}", self.start.elapsed().as_secs_f64(), what());
        }
    }

    pub(super) fn elapsed(&self) -> std::time::Duration {
        self.start.elapsed()
    }

    /// A socket for the element, counted while it exists.
    pub(super) fn socket(&self, pipe: DuplexStream) -> Counted {
        self.entries().sockets += 1;
        Counted { pipe, ledger: self.clone() }
    }
}

/// The element's end of a pipe.
pub(super) struct Counted {
    pipe: DuplexStream,
    ledger: Ledger,
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.ledger.entries().sockets -= 1;
    }
}

impl AsyncRead for Counted {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.pipe).poll_read(cx, buf)
    }
}

impl AsyncWrite for Counted {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.pipe).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.pipe).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.pipe).poll_shutdown(cx)
    }
}
