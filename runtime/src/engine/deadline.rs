//! What the engine waits for: the deadlines, in the order in which they are due and were armed.

use std::collections::BTreeMap;

use genlock_spec::{ConnectionIndex, ParamIndex, TimerIndex};

use super::time::Time;

/// What is due at a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Deadline {
    /// The timer ticks.
    Tick(TimerIndex),
    /// The handshake has taken too long (CONN-100).
    Opening(ConnectionIndex),
    /// The next attempt to connect (BEY-01).
    Backoff(ConnectionIndex),
    /// The peer did not answer the close frame in time (BEY-14).
    Closing(ConnectionIndex),
    /// The connection has been open long enough to count as stable.
    Stable(ConnectionIndex),
    /// The connection may have been silent for the keepalive's interval (BEY-09).
    Ping(ConnectionIndex),
    /// The answer to a ping is due.
    Pong(ConnectionIndex),
    /// The connection has been down for TimeoutTimeElement (LIFE-50).
    ElementTimeout(ConnectionIndex),
    /// The running pair's wait for its answer is over (PAIR-06).
    PairWait,
    /// The running request's wait for its answer is over (HTTP-19).
    RequestWait,
    /// The pause after an item or a group is over (GRP-14, TMR-11).
    Pause,
    /// A sleep is over (ACT-91).
    Awake,
    /// The alarm level has lasted long enough to be told (ALM-16).
    Alarm(ParamIndex),
    /// The alarm ends by itself (ALM-15).
    AlarmEnd(ParamIndex),
    /// The saved parameter may be stored again (SAVE-05).
    Save(ParamIndex),
    /// The windows of trends end (TRD-03).
    TrendWindow,
    /// The queue goes on after a long turn.
    Turn,
    /// What runs has run for long (LIFE-66).
    Watchdog,
    /// The first command that waits for the connection has waited long enough (BEY-04).
    Waited(ConnectionIndex),
}

/// All armed deadlines. At one moment, the one that was armed first is due first.
#[derive(Debug, Default)]
pub(super) struct Deadlines {
    due: BTreeMap<(Time, u64), Deadline>,
    armed: BTreeMap<Deadline, (Time, u64)>,
    /// When the first one is due: it is asked for after every input, and changes much more seldom.
    first: Option<Time>,
    sequence: u64,
}

impl Deadlines {
    /// Arms `deadline` for `at`; an earlier arming of the same one is forgotten.
    pub(super) fn arm(&mut self, deadline: Deadline, at: Time) {
        self.disarm(deadline);
        self.sequence += 1;
        let key = (at, self.sequence);
        self.due.insert(key, deadline);
        self.armed.insert(deadline, key);
        self.find_first();
    }

    /// Forgets `deadline`. Answers whether it was armed.
    pub(super) fn disarm(&mut self, deadline: Deadline) -> bool {
        let Some(key) = self.armed.remove(&deadline) else { return false };
        let was_due = self.due.remove(&key).is_some();
        self.find_first();
        was_due
    }

    /// Forgets all deadlines.
    pub(super) fn clear(&mut self) {
        self.due.clear();
        self.armed.clear();
        self.find_first();
    }

    /// Takes the first deadline that is due at `now`.
    pub(super) fn take_due(&mut self, now: Time) -> Option<Deadline> {
        self.first.filter(|first| *first <= now)?;
        let (_, deadline) = self.due.pop_first()?;
        self.armed.remove(&deadline);
        self.find_first();
        Some(deadline)
    }

    /// Whether `deadline` is armed.
    pub(super) fn is_armed(&self, deadline: Deadline) -> bool {
        self.armed.contains_key(&deadline)
    }

    fn find_first(&mut self) {
        self.first = self.due.first_key_value().map(|((at, _), _)| *at);
    }

    /// When the next deadline is due.
    pub(super) fn next(&self) -> Option<Time> {
        self.first
    }
}
