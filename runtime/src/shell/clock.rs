//! The engine's time: how long the element has existed.

use std::time::Duration;

use tokio::time::Instant;

use crate::engine::Time;

/// How many inputs share one reading of the clock while they come faster than [`SLOW`]: a reading costs about as much
/// as the handling of a short message.
const BATCH: u32 = 8;

/// A batch that takes longer is one of slow hooks: then every input gets a reading of its own.
const SLOW: Duration = Duration::from_millis(1);

/// A hook that holds the element longer is reported (BEY-33).
pub(crate) const SLOW_HOOK: Duration = Duration::from_millis(100);

/// Reads the clock for the engine.
#[derive(Debug)]
pub(crate) struct Clock {
    epoch: Instant,
    now: Time,
    /// How many inputs may still be handled at `now`.
    left: u32,
    /// What the coarse clock said when either was last read: it costs a quarter of the other, which would be as much as
    /// the handling of a short message, and a few ms more or less say as well that a hook was slow.
    read: coarsetime::Instant,
}

impl Clock {
    pub(super) fn new() -> Self {
        let epoch = Instant::now();
        Self { epoch, now: Time::default(), left: 0, read: coarsetime::Instant::now_without_cache_update() }
    }

    /// The time for the next input.
    pub(super) fn now(&mut self) -> Time {
        if self.left > 0 {
            self.left -= 1;
            return self.now;
        }
        self.read = coarsetime::Instant::now_without_cache_update();
        let now = Time::after_creation(self.epoch.elapsed());
        let fast = now.since_creation().saturating_sub(self.now.since_creation()) < SLOW;
        self.left = if fast { BATCH - 1 } else { 0 };
        self.now = now;
        now
    }

    /// How long ago the clock was last read, by the engine or by this, to a few ms: a hook that has just run took that
    /// long at most, as nothing waits in between.
    pub(crate) fn lap(&mut self) -> Duration {
        let now = coarsetime::Instant::now_without_cache_update();
        now.duration_since(std::mem::replace(&mut self.read, now)).into()
    }

    /// The task has waited, or a caller has come: the next input needs a reading of its own.
    pub(super) fn expire(&mut self) {
        self.left = 0;
    }

    /// When the engine's `time` is.
    pub(super) fn at(&self, time: Time) -> Instant {
        self.epoch + time.since_creation()
    }
}
