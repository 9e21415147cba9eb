//! Which states were sent and which of them arrived: the measure of loss when device and driver share a process.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::is07::Timestamp;

/// States under way, by creation time stamp. The device books them as it sends them, the driver as it sees them; a state that
/// is sent again (IS-07 does so after every subscription) counts again. Clones share the book.
#[derive(Clone, Debug, Default)]
pub struct Ledger(Arc<Mutex<HashMap<Timestamp, i64>>>);

impl Ledger {
    /// Books a state that the device is about to send.
    pub fn sent(&self, state: Timestamp) {
        self.book(state, 1);
    }

    /// Takes back a state that could not be sent because the connection was gone.
    pub fn not_sent(&self, state: Timestamp) {
        self.book(state, -1);
    }

    /// Books a state that the driver has seen.
    pub fn seen(&self, state: Timestamp) {
        self.book(state, -1);
    }

    /// How many states were sent up to and with `until` and have not been seen.
    pub fn outstanding(&self, until: Timestamp) -> u64 {
        let balance = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let missing = balance.iter().filter(|(state, _)| **state <= until).map(|(_, balance)| balance);
        missing.filter_map(|balance| u64::try_from(*balance).ok()).sum()
    }

    fn book(&self, state: Timestamp, amount: i64) {
        let mut balance = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = balance.entry(state).or_default();
        *entry += amount;
        // Settled states are forgotten, so that a long run does not pile them up.
        if *entry == 0 {
            balance.remove(&state);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Timestamp {
        Timestamp { seconds, nanoseconds: 0 }
    }

    #[test]
    fn only_states_sent_and_never_seen_are_outstanding() {
        let ledger = Ledger::default();
        for second in 1..=4 {
            ledger.sent(at(second));
        }
        ledger.sent(at(1));
        ledger.seen(at(1));
        ledger.seen(at(2));
        ledger.not_sent(at(3));
        assert_eq!(ledger.outstanding(at(9)), 2, "one repeat of 1, and 4");
        assert_eq!(ledger.outstanding(at(3)), 1, "4 is still on its way");
    }
}
