//! Commands that wait for their connection to open ([`WhileClosed::Queue`](crate::WhileClosed::Queue), BEY-04).
//!
//! A pair whose turn comes while its connection is closed steps aside with its bytes, and the queue goes on. When the
//! connection opens, all that stepped aside come first, in their order, but for what the change of its status queues: a
//! subscription, for example, which is gone with the old connection (BEY-10).

use std::collections::VecDeque;
use std::time::Duration;

use genlock_spec::{ConnectionIndex, PairIndex};

use super::Engine;
use super::counters::Loss;
use super::deadline::Deadline;
use super::event::{LogLevel, PairOutcome};
use super::input::{Ticket, Until};
use super::life::Life;
use super::log::About;
use super::output::{Output, PairPhase};
use super::qactions::Hooks;
use super::queue::{Entry, Work};
use super::triggers::Fired;
use crate::error::{Error, Reason};
use crate::settings::WhileClosed;

impl<'s> Engine<'s> {
    /// The running pair's turn has come, but its connection is closed: it waits, if there is room and time left.
    pub(super) fn wait_for_connection(&mut self, messages: usize, time: Duration, hooks: &mut dyn Hooks<'s>) {
        let Some(exchange) = self.exchange() else { return };
        let (pair, connection, bytes) = (exchange.pair, exchange.connection, exchange.bytes.clone());
        let Some(running) = &mut self.running else { return };
        // One that waited before, and met a connection that had closed again, gets no more time.
        let until = running.entry.until.unwrap_or(self.now + time);
        let refused = if until <= self.now {
            Some((Reason::WaitedTooLong(milliseconds(time)), Loss::WaitedTooLong))
        } else if self.connections[connection].waiting.len() >= messages {
            Some((Reason::TooManyWaiting(messages), Loss::NoRoom))
        } else {
            None
        };
        if let Some((reason, loss)) = refused {
            self.counters.lose(loss);
            return self.give_up(reason, hooks);
        }
        let is_single = running.entry.work == Work::Pair(pair);
        let ticket = if is_single { running.entry.ticket.take() } else { None };
        self.connections[connection].waiting.push_back(Entry {
            work: Work::Pair(pair),
            frozen: VecDeque::from([Some(bytes)]),
            sessions: VecDeque::new(),
            connection: Some(connection),
            until: Some(until),
            timer: None,
            awaited_by: Vec::new(),
            ticket,
            forced: false,
        });
        self.end_exchange();
        self.pair_is(pair, PairPhase::Queued, Some(PairOutcome::Queued));
        self.await_waiting(connection);
    }

    /// The connection is open: what waited for it comes before all else but what the event of that queues (BEY-10).
    pub(super) fn release_waiting(&mut self, connection: ConnectionIndex) {
        self.deadlines.disarm(Deadline::Waited(connection));
        let waiting = std::mem::take(&mut self.connections[connection].waiting);
        self.queue.release(waiting);
    }

    /// Those at the head of the line have waited long enough: each is lost, and says so as a pair does that can't be
    /// sent (BEY-05). A paused element does nothing by itself: they end when it goes on (LIFE-31).
    pub(super) fn waited_too_long(&mut self, connection: ConnectionIndex, hooks: &mut dyn Hooks<'s>) {
        if self.life != Life::Running {
            return;
        }
        loop {
            let line = &mut self.connections[connection].waiting;
            let is_over = |entry: &Entry| entry.until.is_none_or(|until| until <= self.now);
            if !line.front().is_some_and(is_over) {
                break;
            }
            if let Some(Entry { work: Work::Pair(pair), ticket, .. }) = line.pop_front() {
                self.lose(pair, ticket, connection, hooks);
            }
        }
        self.await_waiting(connection);
    }

    fn lose(
        &mut self,
        pair: PairIndex,
        ticket: Option<(Ticket, Until)>,
        connection: ConnectionIndex,
        hooks: &mut dyn Hooks<'s>,
    ) {
        self.counters.lose(Loss::WaitedTooLong);
        let policy = self.options.connections[connection].while_closed;
        let time = if let WhileClosed::Queue { time, .. } = policy { time } else { Duration::ZERO };
        let reason = Reason::WaitedTooLong(milliseconds(time));
        let row = self.spec.pair(pair);
        let text = reason.to_string();
        let error = Error::NotSent { pair: row.id, reason: text.clone() };
        self.pair_told(pair, PairOutcome::Timeout);
        self.run_triggers(row.on_timeout, Fired::Pair(pair), hooks); // PAIR-24
        self.log_about(About::pair(row.id).because(&reason), LogLevel::Warning, |_| error.to_string());
        self.pair_is(pair, PairPhase::Failed(reason), Some(PairOutcome::Failed(text.into())));
        if let Some((ticket, _)) = ticket {
            self.emit(Output::Done { ticket, result: Err(error) });
        }
        self.run_triggers(row.on_timeout_after_retries, Fired::Pair(pair), hooks);
    }

    /// They wait in the order in which their time ends: all have the same time, and those that waited before come first.
    fn await_waiting(&mut self, connection: ConnectionIndex) {
        let first = self.connections[connection].waiting.front().and_then(|entry| entry.until);
        if let Some(until) = first {
            self.deadlines.arm(Deadline::Waited(connection), until);
        }
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
