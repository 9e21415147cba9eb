//! The three connections, as they are seen from outside, and what concerns more than one of them.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use super::super::ledger::{Ledger, Line};
use super::super::requests::Requests;
use super::super::waits::Waits;

/// TimeoutTime of the WebSockets, in the order of the connector file.
const TIMEOUTS: [Duration; 2] = [Duration::from_secs(5), Duration::from_secs(3)];

/// Shared by the element's hooks, its networks and its devices.
#[derive(Clone)]
pub(super) struct Lines {
    /// Control, meters and details.
    pub(super) all: [Line; 3],
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    requests: Mutex<Requests>,
    /// The highest number of a message that has come.
    latest: AtomicU64,
    reordered: AtomicU64,
}

impl Lines {
    pub(super) fn new(ledger: &Ledger, is_exact: bool) -> Self {
        let [control, meters] = TIMEOUTS.map(|timeout| Some(Waits::new(is_exact, timeout)));
        let all = [
            Line::new("control", ledger, control),
            Line::new("meters", ledger, meters),
            Line::new("details", ledger, None),
        ];
        Self { all, shared: Arc::default() }
    }

    pub(super) fn ledger(&self) -> &Ledger {
        &self.all[0].ledger
    }

    pub(super) fn requests(&self) -> MutexGuard<'_, Requests> {
        self.shared.requests.lock().unwrap()
    }

    /// How many messages came behind a later one of another connection.
    pub(super) fn reordered(&self) -> u64 {
        self.shared.reordered.load(Ordering::Relaxed)
    }

    /// A status parameter becomes 1.
    pub(super) fn opened(&self, line: usize) {
        let sockets = self.all[line].entries().sockets;
        if sockets != 1 {
            self.all[line].violation(format!("the status parameter becomes 1 with {sockets} sockets")); // REL-26
        }
    }

    /// A message that a device sent unasked.
    pub(super) fn ticked(&self, line: usize, text: &str) {
        let Some(tick) = self.all[line].ticked(text) else { return };
        if self.shared.latest.fetch_max(tick.overall, Ordering::Relaxed) > tick.overall {
            self.shared.reordered.fetch_add(1, Ordering::Relaxed);
        }
    }
}
