//! What is known from outside of the element: its sockets, what the devices got, what was wrong.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, DuplexStream, ReadBuf};
use tokio::time::Instant;

use super::ticks::{Tick, Ticks};
use super::waits::Waits;

/// Shared by the element's hooks, its networks and its devices.
#[derive(Clone)]
pub(super) struct Ledger {
    violations: Arc<Mutex<Vec<String>>>,
    start: Instant,
    /// Whether everything is printed.
    told: bool,
}

impl Ledger {
    pub(super) fn new(told: bool) -> Self {
        Self { violations: Arc::default(), start: Instant::now(), told }
    }

    /// Notes what must not be.
    pub(super) fn violation(&self, what: impl Into<String>) {
        let what = format!("at {:.3} s: {}", self.start.elapsed().as_secs_f64(), what.into());
        self.tell(|| format!("VIOLATION {what}"));
        self.violations.lock().unwrap().push(what);
    }

    pub(super) fn check(&self, what: Result<(), String>) {
        if let Err(what) = what {
            self.violation(what);
        }
    }

    pub(super) fn take_violations(&self) -> Vec<String> {
        std::mem::take(&mut self.violations.lock().unwrap())
    }

    /// Prints a step of a schedule that runs alone.
    pub(super) fn tell(&self, what: impl FnOnce() -> String) {
        if self.told {
            println!("{:>10.3} s  {}", self.start.elapsed().as_secs_f64(), what());
        }
    }

    pub(super) fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }
}

/// What is known of one connection of the element.
#[derive(Clone)]
pub(super) struct Line {
    pub(super) ledger: Ledger,
    pub(super) name: &'static str,
    entries: Arc<Mutex<Entries>>,
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
    /// What the element has told the device: the values of its subscriptions, or of its sets.
    pub(super) said: Vec<String>,
    /// How many commands, or requests, were answered as they are when all is well.
    pub(super) exchanged: u64,
    /// How often the network has ended all connections.
    pub(super) ends: u64,
    /// When it did so last, and whether it told nobody.
    pub(super) last_end: Option<Duration>,
    pub(super) is_silent: bool,
    /// How often somebody has asked the element for another connection, or for none.
    pub(super) asked: u64,
    /// Whether nothing goes wrong any more.
    pub(super) is_healed: bool,
    /// The last connection that the device has accepted.
    pub(super) accepted: Accepted,
    pub(super) ticks: Ticks,
    /// Of a WebSocket.
    pub(super) waits: Option<Waits>,
}

/// A connection that the device has accepted.
#[derive(Clone, Copy, Default)]
pub(super) struct Accepted {
    pub(super) number: u64,
    /// How many messages the device has sent on it unasked.
    pub(super) ticks: u64,
    ends: u64,
    is_spoilt: bool,
    is_garbled: bool,
}

impl Line {
    pub(super) fn new(name: &'static str, ledger: &Ledger, waits: Option<Waits>) -> Self {
        let entries = Entries { waits, ..Entries::default() };
        Self { ledger: ledger.clone(), name, entries: Arc::new(entries.into()) }
    }

    pub(super) fn entries(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap()
    }

    pub(super) fn violation(&self, what: impl std::fmt::Display) {
        self.ledger.violation(format!("{}: {what}", self.name));
    }

    pub(super) fn check(&self, what: Result<(), String>) {
        if let Err(what) = what {
            self.violation(what);
        }
    }

    pub(super) fn tell(&self, what: impl FnOnce() -> String) {
        self.ledger.tell(|| format!("{}: {}", self.name, what()));
    }

    /// Lets `request` ask the element for another connection, or for none.
    pub(super) async fn ask<T>(&self, request: impl Future<Output = T>) -> T {
        self.asked();
        let answer = request.await;
        if let Some(waits) = &mut self.entries().waits {
            waits.has_asked();
        }
        answer
    }

    /// Somebody asks for another connection, or for none.
    pub(super) fn asked(&self) {
        let now = self.ledger.elapsed();
        let mut entries = self.entries();
        entries.asked += 1;
        if let Some(waits) = &mut entries.waits {
            waits.asked(now);
        }
    }

    /// Looks whether the element has missed the time of its next attempt.
    pub(super) fn overdue(&self) {
        let now = self.ledger.elapsed();
        let result = self.entries().waits.as_mut().map_or(Ok(()), |waits| waits.overdue(now));
        self.check(result);
    }

    /// The element begins an attempt.
    pub(super) fn dialled(&self) -> Attempt {
        let (number, ends, asked, result) = {
            let mut entries = self.entries();
            entries.dialled += 1;
            let result = entries.waits.as_mut().map_or(Ok(()), |waits| waits.dialled(self.ledger.elapsed()));
            (entries.dialled, entries.ends, entries.asked, result)
        };
        self.check(result);
        Attempt { number, ends, asked, is_carried: false, is_spoilt: false, is_garbled: false, line: self.clone() }
    }

    /// A message that the device has sent unasked has come through.
    pub(super) fn ticked(&self, text: &str) -> Option<Tick> {
        let mut entries = self.entries();
        let accepted = entries.accepted;
        if accepted.is_garbled {
            return None; // it may be what nobody has sent
        }
        let tick: Result<Tick, String> = text.parse();
        let result = tick.clone().and_then(|tick| {
            let is_well = tick.connection == accepted.number && !accepted.is_spoilt && accepted.ends == entries.ends;
            entries.ticks.received(tick, self.ledger.elapsed(), is_well)
        });
        drop(entries);
        self.check(result);
        tick.ok()
    }
}

/// One attempt of the element to connect, and the connection that it makes.
#[derive(Clone)]
pub(super) struct Attempt {
    pub(super) line: Line,
    /// Counted from 1.
    pub(super) number: u64,
    ends: u64,
    asked: u64,
    is_carried: bool,
    /// Whether anything is to go wrong on its way.
    pub(super) is_spoilt: bool,
    /// Whether bytes come out of it that nobody sent.
    pub(super) is_garbled: bool,
}

impl Attempt {
    /// Whether nothing has gone wrong on its way.
    pub(super) fn is_well(&self) -> bool {
        !self.is_spoilt && self.line.entries().ends == self.ends
    }

    /// How long nothing went wrong on its way, where that is known.
    fn well_until(&self) -> Option<Duration> {
        let entries = self.line.entries();
        match entries.ends - self.ends {
            _ if self.is_spoilt => None,
            0 => Some(self.line.ledger.elapsed()),
            1 => entries.last_end,
            _ => None,
        }
    }

    /// The network carries it from now on.
    pub(super) fn carried(&mut self) {
        self.ends = self.line.entries().ends;
        self.is_carried = true;
    }

    /// For how long the network has not carried it any more, and how long it may be kept then.
    fn is_dead_for(&self) -> Option<(Duration, Duration)> {
        let entries = self.line.entries();
        let is_known = self.is_carried && !self.is_spoilt && entries.ends == self.ends + 1;
        let end = entries.last_end.filter(|_| is_known)?;
        Some((self.line.ledger.elapsed().saturating_sub(end), DEAD[usize::from(entries.is_silent)]))
    }

    /// Whether nobody has asked the element for another connection since.
    pub(super) fn is_wanted(&self) -> bool {
        self.line.entries().asked == self.asked
    }

    /// The device has accepted the handshake.
    pub(super) fn accepted(&self) {
        let now = self.line.ledger.elapsed();
        let mut entries = self.line.entries();
        entries.sessions += 1;
        let Self { number, ends, is_spoilt, is_garbled, .. } = *self;
        entries.accepted = Accepted { number, ticks: 0, ends, is_spoilt, is_garbled };
        if let Some(waits) = &mut entries.waits {
            waits.accepted(now);
        }
    }
}

/// How long a connection may be dead before the element lets go of it: two intervals and the deadline of the keepalive, and
/// longer while a message waits to be written; where the end is told, only a close handshake of ours may be in between.
const DEAD: [Duration; 2] = [Duration::from_secs(2), Duration::from_secs(151)];

/// The element's hold on an attempt: while this exists, it has not given it up.
pub(super) struct Held(pub(super) Attempt);

impl Drop for Held {
    fn drop(&mut self) {
        let Held(attempt) = self;
        let (now, well_until) = (attempt.line.ledger.elapsed(), attempt.well_until());
        let result = attempt.line.entries().waits.as_mut().map_or(Ok(()), |waits| waits.ended(now, well_until));
        attempt.line.check(result);
        if let Some((dead, longest)) = attempt.is_dead_for().filter(|(dead, longest)| dead > longest) {
            attempt.line.violation(format!("a dead connection is kept for {dead:?}, of {longest:?}")); // BEY-09
        }
    }
}

/// The element's end of a pipe, counted while it exists.
pub(super) struct Counted {
    pipe: DuplexStream,
    held: Held,
}

impl Counted {
    pub(super) fn new(pipe: DuplexStream, held: Held) -> Self {
        held.0.line.entries().sockets += 1;
        Self { pipe, held }
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.held.0.line.entries().sockets -= 1;
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
