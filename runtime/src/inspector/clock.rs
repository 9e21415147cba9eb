//! The time of a page: it is on the outside, where time comes from.
#![expect(clippy::disallowed_methods, reason = "no engine runs here; browsers are told the time of the clock")]

use std::future::Future;
use std::time::{Duration, SystemTime};

/// The time, in ms since 1970.
pub(super) fn now() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// Waits.
pub(super) async fn wait(time: Duration) {
    tokio::time::sleep(time).await;
}

/// The outcome of `work`, unless it takes longer than `time`.
pub(super) async fn within<T>(time: Duration, work: impl Future<Output = T>) -> Option<T> {
    tokio::time::timeout(time, work).await.ok()
}
