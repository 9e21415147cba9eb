//! The execution queue: its order, and the ways into it (QUE-01 to QUE-19).

use std::collections::VecDeque;

use bytes::Bytes;
use genlock_spec::{GroupIndex, GroupKind, PairIndex, QueuePlace, TimerIndex};

use super::Engine;
use super::event::{Event, GroupState, LogLevel, PairOutcome};
use super::http::Prepared;
use super::input::{Ticket, Until};
use super::nesting::Link;
use super::output::PairPhase;
use super::qactions::Hooks;
use crate::error::Error;

/// How many waiting entries are reported (LIFE-67, QUE-19), and how many are too many: the next one is refused.
const REPORTED: usize = 1000;
const LIMIT: usize = 10_000;

/// What an entry runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    Group(GroupIndex),
    /// One pair without a group, asked for through the API.
    Pair(PairIndex),
}

/// One entry of the queue (QUE-15).
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) work: Work,
    /// The bytes of each pair's command, composed when the entry was made (CMD-10); empty otherwise.
    pub(super) frozen: VecDeque<Bytes>,
    /// The requests of each session, as they were when the entry was made (GRP-16).
    pub(super) sessions: VecDeque<VecDeque<Prepared>>,
    /// The timer that queued it.
    pub(super) timer: Option<TimerIndex>,
    /// Who waits for its only pair.
    pub(super) ticket: Option<(Ticket, Until)>,
    /// Whether it runs between two items of the running group.
    pub(super) forced: bool,
}

/// `[front part] [normal part] [tail]` (QUE-02), and the forced entries beside it (QUE-10).
#[derive(Debug, Default)]
pub(super) struct Queue {
    /// The front part and the normal part: every entry of them is in front of the tail.
    normal: VecDeque<Entry>,
    tail: VecDeque<Entry>,
    forced: VecDeque<Entry>,
}

impl Queue {
    fn insert(&mut self, entry: Entry, place: QueuePlace) {
        match place {
            QueuePlace::Front => self.normal.push_front(entry), // QUE-05, QUE-06
            QueuePlace::Normal => self.normal.push_back(entry), // QUE-04
            QueuePlace::Tail => self.tail.push_back(entry),     // QUE-03
            QueuePlace::Forced => self.forced.push_back(entry), // QUE-11
        }
    }

    /// Whether the group waits; the running one has left the queue (QUE-08).
    pub(super) fn holds(&self, group: GroupIndex) -> bool {
        self.normal.iter().chain(&self.tail).chain(&self.forced).any(|entry| entry.work == Work::Group(group))
    }

    /// Takes the entries of a timer out. Answers how many there were.
    pub(super) fn remove_of(&mut self, timer: TimerIndex) -> usize {
        let waited = self.len();
        for part in [&mut self.normal, &mut self.tail, &mut self.forced] {
            part.retain(|entry| entry.timer != Some(timer));
        }
        waited - self.len()
    }

    /// How many entries wait.
    pub(super) fn len(&self) -> usize {
        self.normal.len() + self.tail.len() + self.forced.len()
    }

    /// The next forced entry.
    pub(super) fn next_forced(&mut self) -> Option<Entry> {
        self.forced.pop_front()
    }

    /// The next entry, forced ones first (QUE-12).
    pub(super) fn next(&mut self) -> Option<Entry> {
        self.forced.pop_front().or_else(|| self.normal.pop_front()).or_else(|| self.tail.pop_front())
    }
}

impl<'s> Engine<'s> {
    /// Queues a group by an action; done when the entry is in the queue (QUE-14).
    pub(super) fn queue_group(
        &mut self,
        group: GroupIndex,
        place: QueuePlace,
        once: bool,
        hooks: &mut dyn Hooks<'s>,
    ) -> bool {
        if once && self.queue.holds(group) {
            return true; // QUE-07
        }
        self.enqueue(Work::Group(group), place, None, None, hooks)
    }

    /// Queues a group that is asked for from outside, as `execute next` does (QUE-04).
    pub(super) fn queue_from_outside(&mut self, group: GroupIndex, hooks: &mut dyn Hooks<'s>) -> Result<(), Error> {
        if !self.life.runs_groups() {
            return Err(self.not_running());
        }
        self.queue_group(group, QueuePlace::Normal, false, hooks);
        Ok(())
    }

    /// Puts one entry into the queue. Answers whether there was room.
    pub(super) fn enqueue(
        &mut self,
        work: Work,
        place: QueuePlace,
        timer: Option<TimerIndex>,
        ticket: Option<(Ticket, Until)>,
        hooks: &mut dyn Hooks<'s>,
    ) -> bool {
        // A trigger of a command that is composed now may queue groups, its own one again included.
        if !self.has_room(work) || !self.enter(Link::Compose(work)) {
            return false;
        }
        let frozen = self.freeze(work, hooks);
        self.leave();
        if !self.has_room(work) {
            return false;
        }
        let waiting = self.queue.len();
        let sessions = match work {
            Work::Group(group) => self.prepare_sessions(group),
            Work::Pair(_) => VecDeque::new(),
        };
        let forced = place == QueuePlace::Forced;
        self.queue.insert(Entry { work, frozen, sessions, timer, ticket, forced }, place);
        match work {
            Work::Group(group) => {
                let id = self.spec.group(group).id;
                self.event(|_| Event::Group { id, state: GroupState::Queued });
            }
            Work::Pair(pair) => self.pair_is(pair, PairPhase::Queued, Some(PairOutcome::Queued)),
        }
        if waiting == REPORTED {
            self.log(LogLevel::Warning, |spec| {
                format!("more than {REPORTED} groups wait in the queue; {} is the last", name(spec, work))
            });
        }
        true
    }

    /// Whether the queue takes one more entry; tells when it does not.
    fn has_room(&mut self, work: Work) -> bool {
        let room = self.queue.len() < LIMIT;
        if !room {
            self.counters.queue_overflows += 1;
            self.log(LogLevel::Error, |spec| format!("{} is refused: {LIMIT} groups wait already", name(spec, work)));
        }
        room
    }

    /// The bytes of each pair's command, when they are composed at queue time (CMD-10, CMD-12). A single pair's
    /// always are: what the API filled in must not be overwritten by the next call (BEY-32).
    fn freeze(&mut self, work: Work, hooks: &mut dyn Hooks<'s>) -> VecDeque<Bytes> {
        match work {
            Work::Pair(pair) => {
                let connection = self.pair_connection(pair, None);
                let by_protocol = self.spec.connection(connection).make_command_by_protocol;
                VecDeque::from([self.compose(self.spec.pair(pair).command, by_protocol, hooks)])
            }
            Work::Group(group) => {
                let row = self.spec.group(group);
                let mut frozen = VecDeque::new();
                if row.kind == GroupKind::PollPairs {
                    for item in self.spec.items_of(row.items) {
                        if self.is_frozen(item.pair(), group) {
                            frozen.push_back(self.compose(self.spec.pair(item.pair()).command, true, hooks));
                        }
                    }
                }
                frozen
            }
        }
    }
}

/// How a log names an entry.
pub(super) fn name(spec: &genlock_spec::Spec<'_>, work: Work) -> String {
    match work {
        Work::Group(group) => format!("group {}", spec.group(group).id),
        Work::Pair(pair) => format!("pair {}", spec.pair(pair).id),
    }
}
