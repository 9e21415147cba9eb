//! Time as the engine knows it: a number that is handed in.

use std::ops::Add;
use std::time::Duration;

/// A moment, in microseconds since the element was created.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Time(u64);

impl Time {
    /// The moment `milliseconds` after the element was created.
    #[cfg(any(test, feature = "sim"))]
    pub(crate) const fn from_millis(milliseconds: u64) -> Self {
        Self(milliseconds.saturating_mul(1000))
    }

    /// The moment that lies `elapsed` after the element was created.
    pub(crate) fn after_creation(elapsed: Duration) -> Self {
        Self(u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX))
    }

    /// How long after the element was created this is.
    pub(crate) fn since_creation(self) -> Duration {
        Duration::from_micros(self.0)
    }
}

impl Add<Duration> for Time {
    type Output = Self;

    /// A sum past the last moment is the last moment (TMR-17).
    fn add(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)))
    }
}
