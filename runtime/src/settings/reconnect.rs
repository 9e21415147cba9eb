//! How a connection comes back: [`Reconnect`] and [`Backoff`].

use std::time::Duration;

/// How a connection comes back after it was lost.
///
/// ```
/// use std::time::Duration;
/// use genlock::{Backoff, Reconnect};
///
/// let patient = Reconnect::Automatic(Backoff::default().first(Duration::from_secs(5)).cap(Duration::from_secs(300)));
/// assert_ne!(patient, Reconnect::default());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Reconnect {
    /// By itself, in all four use cases (BEY-01, BEY-02). The default.
    Automatic(Backoff),
    /// As the original: only when the dynamic-ip parameter is written, the element restarts, or `reconnect` is called
    /// (CONN-93).
    Documented,
}

impl Default for Reconnect {
    fn default() -> Self {
        Self::Automatic(Backoff::default())
    }
}

/// The waits between attempts to connect: each one up to twice the one before, up to a cap, and anything up to that by
/// chance, so that many elements do not come back at the same moment (BEY-01).
///
/// What the server says is heeded. One that restarts (close code 1012) or is too busy (1013) is given
/// [`later`](Self::later). One that refuses with `Retry-After` is left alone for as long as it asks, within
/// [`longest_asked`](Self::longest_asked). One that closes because of *what* it is sent or asked, which another attempt
/// would not change, is tried [`give_up_after`](Self::give_up_after) times in a row: 1003 (unsupported data), 1007
/// (invalid payload), 1008 (policy violation), 1009 (message too big), 1010 (missing extension), 3000 (unauthorized) and
/// 3003 (forbidden). Then the connection stays closed with [`Reason::GivenUp`](crate::Reason::GivenUp), until
/// [`Element::reconnect`](crate::Element::reconnect), a write of its address or a restart of the element.
///
/// ```
/// use std::time::Duration;
/// use genlock::{Backoff, Reconnect};
///
/// let stubborn = Backoff::default().give_up_after(0).longest_asked(Duration::ZERO);
/// let polite = Backoff::default().later(Duration::from_secs(60)).give_up_after(3);
/// assert_ne!(Reconnect::Automatic(stubborn), Reconnect::Automatic(polite));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Backoff {
    /// The longest first wait. Default: 1 s.
    pub first: Duration,
    /// No wait is longer, but one that the server asks for. Default: 60 s.
    pub cap: Duration,
    /// The part of a wait, from 0 to 1, that is random. Default: 1, so a first wait is anything up to 1 s.
    pub jitter: f64,
    /// A connection that stayed open this long starts again from `first`. Default: 10 s.
    pub stable_after: Duration,
    /// The longest first wait after a server that restarts or is too busy (close codes 1012 and 1013); a sixth of it is
    /// waited in any case. Default: 30 s, so 5 s to 30 s, as the registry of close codes recommends.
    pub later: Duration,
    /// The longest wait that a server may ask for by `Retry-After`; one that asks for more gets this. A wait of the usual
    /// kind comes on top, so that those who were told the same time do not come at the same time. Zero: it is not
    /// heeded. Default: 5 min.
    pub longest_asked: Duration,
    /// How many times in a row, without having been stable in between, a server may close for a reason that another
    /// attempt does not change, until nothing more is tried. Zero: it is tried for ever. Default: 10, which takes up to
    /// four minutes.
    pub give_up_after: u32,
}

impl Default for Backoff {
    fn default() -> Self {
        Self {
            first: Duration::from_secs(1),
            cap: Duration::from_secs(60),
            jitter: 1.0,
            stable_after: Duration::from_secs(10),
            later: Duration::from_secs(30),
            longest_asked: Duration::from_secs(300),
            give_up_after: 10,
        }
    }
}

impl Backoff {
    /// Sets the longest first wait.
    pub fn first(mut self, first: Duration) -> Self {
        self.first = first;
        self
    }

    /// Sets the longest wait.
    pub fn cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }

    /// Sets the random part of a wait, from 0 to 1.
    pub fn jitter(mut self, jitter: f64) -> Self {
        self.jitter = jitter;
        self
    }

    /// Sets how long a connection must stay open to start again from the first wait.
    pub fn stable_after(mut self, stable_after: Duration) -> Self {
        self.stable_after = stable_after;
        self
    }

    /// Sets the longest first wait after a server that restarts or is too busy.
    pub fn later(mut self, later: Duration) -> Self {
        self.later = later;
        self
    }

    /// Sets the longest wait that a server may ask for; zero: what it asks for is not heeded.
    pub fn longest_asked(mut self, longest_asked: Duration) -> Self {
        self.longest_asked = longest_asked;
        self
    }

    /// Sets after how many refusals in a row nothing more is tried; zero: it is tried for ever.
    pub fn give_up_after(mut self, refusals: u32) -> Self {
        self.give_up_after = refusals;
        self
    }
}
