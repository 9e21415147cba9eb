//! One window of a trend: the values of five minutes (TRD-03, TRD-04).

use std::time::{Duration, SystemTime};

use genlock_spec::TrendKind;

/// How long a window lasts; windows are aligned to the clock.
const LENGTH: Duration = Duration::from_secs(300);

/// What is kept of a window that has ended.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct TrendWindow {
    /// Its first value.
    pub from: SystemTime,
    /// Its end.
    pub to: SystemTime,
    /// The one value that the connector file wants kept (`Display/Trending/Type`): by default the average.
    pub kept: f64,
    /// The average over time.
    pub average: f64,
    /// The smallest value.
    pub minimum: f64,
    /// The largest value.
    pub maximum: f64,
}

/// A window that is open. Times are since the Unix epoch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    from: Duration,
    /// When the last value came.
    since: Duration,
    last: f64,
    /// The values before the last one, each times the seconds that it lasted.
    area: f64,
    sum: f64,
    minimum: f64,
    maximum: f64,
}

/// The end of the window that `at` falls into.
pub(super) fn window_end(at: Duration) -> Duration {
    let windows = at.as_secs() / LENGTH.as_secs();
    Duration::from_secs((windows + 1).saturating_mul(LENGTH.as_secs()))
}

impl Window {
    /// The window begins at its first value.
    pub(super) fn new(number: f64, at: Duration) -> Self {
        Self { from: at, since: at, last: number, area: 0.0, sum: number, minimum: number, maximum: number }
    }

    pub(super) fn end(&self) -> Duration {
        window_end(self.from)
    }

    pub(super) fn add(&mut self, number: f64, at: Duration) {
        self.area += self.last * at.saturating_sub(self.since).as_secs_f64();
        self.since = at.max(self.since);
        self.last = number;
        self.sum += number;
        self.minimum = self.minimum.min(number);
        self.maximum = self.maximum.max(number);
    }

    /// The next window begins with the value that the last one ended with.
    pub(super) fn restart(&mut self, at: Duration) {
        *self = Self::new(self.last, at);
    }

    /// What is kept of it at its end.
    pub(super) fn closed(&self, kind: TrendKind) -> TrendWindow {
        let end = self.end();
        let area = self.area + self.last * end.saturating_sub(self.since).as_secs_f64();
        let average = area / end.saturating_sub(self.from).as_secs_f64();
        let kept = match kind {
            TrendKind::Average => average,
            TrendKind::Last => self.last,
            TrendKind::Sum => self.sum,
            TrendKind::Maximum => self.maximum,
            TrendKind::Minimum => self.minimum,
        };
        TrendWindow {
            from: SystemTime::UNIX_EPOCH + self.from,
            to: SystemTime::UNIX_EPOCH + end,
            kept,
            average,
            minimum: self.minimum,
            maximum: self.maximum,
        }
    }
}
