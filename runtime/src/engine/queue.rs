//! The execution queue: its order, and the ways into it (QUE-01 to QUE-19).

use std::collections::VecDeque;

use bytes::Bytes;
use genlock_spec::{ConnectionIndex, GroupIndex, GroupKind, PairIndex, QueuePlace, Spec, TimerIndex};

use super::Engine;
use super::event::{Event, GroupState, LogLevel, PairOutcome};
use super::http::Prepared;
use super::input::{Ticket, Until};
use super::log::About;
use super::nesting::Link;
use super::output::PairPhase;
use super::qactions::Hooks;
use super::time::Time;
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

/// Where in the queue an entry goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The front (QUE-05), behind the group that the same action put there just before (QUE-06).
    Front { behind: Option<GroupIndex> },
    /// The end of the normal part (QUE-04).
    Normal,
    /// The very end (QUE-03).
    Tail,
    /// Beside the queue, to interrupt the running group (QUE-10, QUE-11).
    Forced,
}

impl From<QueuePlace> for Place {
    fn from(place: QueuePlace) -> Self {
        match place {
            QueuePlace::Front => Self::Front { behind: None },
            QueuePlace::Normal => Self::Normal,
            QueuePlace::Tail => Self::Tail,
            QueuePlace::Forced => Self::Forced,
        }
    }
}

/// One entry of the queue (QUE-15).
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) work: Work,
    /// The bytes of each pair's command, where they were composed when the entry was made (CMD-10); empty when none was.
    pub(super) frozen: VecDeque<Option<Bytes>>,
    /// The connection of the group that a single pair comes from.
    pub(super) connection: Option<ConnectionIndex>,
    /// Until when a command may wait for its connection, when it has waited already (BEY-04).
    pub(super) until: Option<Time>,
    /// The requests of each session, as they were when the entry was made (GRP-16).
    pub(super) sessions: VecDeque<VecDeque<Prepared>>,
    /// The timer that queued it.
    pub(super) timer: Option<TimerIndex>,
    /// The timers that found it waiting: it is a group of theirs, so they wait for it too (QUE-09, BEY-30).
    pub(super) awaited_by: Vec<TimerIndex>,
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
    /// While the event of an opening runs: how many entries go in front of the commands that waited for it (BEY-10).
    ahead: Option<usize>,
}

impl Queue {
    fn insert(&mut self, entry: Entry, place: Place) {
        match place {
            Place::Front { behind } => {
                let position = behind.and_then(|group| self.position_in_front(group));
                let position = position.map_or(0, |position| position + 1);
                if let Some(ahead) = self.ahead.as_mut().filter(|ahead| position <= **ahead) {
                    *ahead += 1;
                }
                self.normal.insert(position, entry);
            }
            Place::Normal => match &mut self.ahead {
                None => self.normal.push_back(entry),
                Some(ahead) => {
                    self.normal.insert(*ahead, entry);
                    *ahead += 1;
                }
            },
            Place::Tail => self.tail.push_back(entry),
            Place::Forced => self.forced.push_back(entry),
        }
    }

    fn position_in_front(&self, group: GroupIndex) -> Option<usize> {
        self.normal.iter().position(|entry| entry.work == Work::Group(group))
    }

    /// Whether the group waits; the running one has left the queue (QUE-08).
    pub(super) fn holds(&self, group: GroupIndex) -> bool {
        self.normal.iter().chain(&self.tail).chain(&self.forced).any(|entry| entry.work == Work::Group(group))
    }

    /// Lets a timer wait for the group if it waits already. Answers whether it does.
    pub(super) fn join(&mut self, group: GroupIndex, timer: TimerIndex) -> bool {
        let mut entries = self.forced.iter_mut().chain(&mut self.normal).chain(&mut self.tail);
        let Some(entry) = entries.find(|entry| entry.work == Work::Group(group)) else { return false };
        entry.awaited_by.push(timer);
        true
    }

    /// Whether an entry that sends the pair waits.
    pub(super) fn sends(&self, spec: &Spec<'_>, pair: PairIndex) -> bool {
        let mut entries = self.normal.iter().chain(&self.tail).chain(&self.forced);
        entries.any(|entry| pairs_of(spec, entry.work).any(|waiting| waiting == pair))
    }

    /// Takes the entries of a timer out.
    fn take_of(&mut self, timer: TimerIndex) -> Vec<Entry> {
        if let Some(ahead) = &mut self.ahead {
            *ahead -= self.normal.iter().take(*ahead).filter(|entry| entry.timer == Some(timer)).count();
        }
        let mut taken = Vec::new();
        for part in [&mut self.normal, &mut self.tail, &mut self.forced] {
            let (of_timer, others) = std::mem::take(part).into_iter().partition(|entry| entry.timer == Some(timer));
            *part = others;
            taken.extend::<VecDeque<_>>(of_timer);
        }
        taken
    }

    /// Puts commands that waited for their connection in front, in their order. What is queued from now on, until
    /// [`Queue::opened`], comes before them all the same: the event of the opening subscribes anew (BEY-10).
    pub(super) fn release(&mut self, waiting: VecDeque<Entry>) {
        self.ahead = (!waiting.is_empty()).then_some(0);
        waiting.into_iter().rev().for_each(|entry| self.normal.push_front(entry));
    }

    /// The event of the opening has run.
    pub(super) fn opened(&mut self) {
        self.ahead = None;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.normal.is_empty() && self.tail.is_empty() && self.forced.is_empty()
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
    /// Queues a group; done when the entry is in the queue (QUE-14).
    pub(super) fn queue_group(&mut self, group: GroupIndex, place: Place, hooks: &mut dyn Hooks<'s>) -> bool {
        self.enqueue(Work::Group(group), place, None, None, hooks)
    }

    /// Queues a group that is asked for from outside, as `execute` does (QUE-04).
    pub(super) fn queue_from_outside(&mut self, group: GroupIndex, hooks: &mut dyn Hooks<'s>) -> Result<(), Error> {
        if !self.life.runs_groups() {
            return Err(self.not_running());
        }
        self.queue_group(group, Place::Normal, hooks);
        Ok(())
    }

    /// Takes the entries of a timer out of the queue: they count as done.
    pub(super) fn take_out(&mut self, timer: TimerIndex) {
        for entry in self.queue.take_of(timer) {
            self.no_longer_queued(pairs_of(&self.spec, entry.work));
            self.tell_timers(&entry);
        }
    }

    /// Puts one entry into the queue. Answers whether there was room.
    pub(super) fn enqueue(
        &mut self,
        work: Work,
        place: Place,
        timer: Option<TimerIndex>,
        ticket: Option<(Ticket, Until)>,
        hooks: &mut dyn Hooks<'s>,
    ) -> bool {
        if !self.has_room(work) {
            return false;
        }
        let mut frozen = VecDeque::new();
        if pairs_of(&self.spec, work).next().is_some() {
            // A trigger of a command that is composed now may queue groups, its own one again included.
            if !self.enter(Link::Compose(work)) {
                return false;
            }
            frozen = self.freeze(work, hooks);
            self.leave();
            if !self.has_room(work) {
                return false;
            }
        }
        let waiting = self.queue.len();
        let forced = place == Place::Forced;
        let sessions = match work {
            Work::Group(group) => self.prepare_sessions(group),
            Work::Pair(_) => VecDeque::new(),
        };
        let entry = Entry {
            work,
            frozen,
            sessions,
            connection: None,
            until: None,
            timer,
            awaited_by: Vec::new(),
            ticket,
            forced,
        };
        self.queue.insert(entry, place);
        if let Work::Group(group) = work {
            let id = self.spec.group(group).id;
            self.event(|_| Event::Group { id, state: GroupState::Queued });
        }
        for pair in pairs_of(&self.spec, work) {
            self.pair_is(pair, PairPhase::Queued, Some(PairOutcome::Queued));
        }
        // LIFE-67
        if waiting == REPORTED {
            self.log(LogLevel::Error, |spec| {
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
            self.log_about(About::default().rule("LIFE-67"), LogLevel::Error, |spec| {
                format!("{} is refused: {LIMIT} groups wait already", name(spec, work))
            });
        }
        room
    }

    /// The bytes of each pair's command, when they are composed at queue time (CMD-10, CMD-12). A single pair's
    /// always are: what the API filled in must not be overwritten by the next call (BEY-32).
    fn freeze(&mut self, work: Work, hooks: &mut dyn Hooks<'s>) -> VecDeque<Option<Bytes>> {
        match work {
            Work::Pair(pair) => {
                let connection = self.pair_connection(pair, None);
                let by_protocol = self.spec.connection(connection).make_command_by_protocol;
                VecDeque::from([Some(self.compose(self.spec.pair(pair).command, by_protocol, hooks))])
            }
            Work::Group(group) => {
                let of_group = self.group_connection(group);
                let by_protocol = |engine: &Self, pair| {
                    engine.spec.connection(engine.pair_connection(pair, of_group)).make_command_by_protocol
                };
                let pairs = pairs_of(&self.spec, work);
                if !pairs.clone().any(|pair| by_protocol(self, pair)) {
                    return VecDeque::new();
                }
                let mut frozen = VecDeque::new();
                for pair in pairs {
                    let is_composed = by_protocol(self, pair);
                    frozen.push_back(is_composed.then(|| self.compose(self.spec.pair(pair).command, true, hooks)));
                }
                frozen
            }
        }
    }
}

/// The pairs that an entry sends, in order.
pub(super) fn pairs_of<'s>(spec: &Spec<'s>, work: Work) -> impl Iterator<Item = PairIndex> + Clone + use<'s> {
    let (single, items) = match work {
        Work::Pair(pair) => (Some(pair), &[][..]),
        Work::Group(group) => {
            let row = spec.group(group);
            (None, if row.kind == GroupKind::PollPairs { spec.items_of(row.items) } else { &[] })
        }
    };
    single.into_iter().chain(items.iter().map(|item| item.pair()))
}

/// How a log names an entry.
pub(super) fn name(spec: &Spec<'_>, work: Work) -> String {
    match work {
        Work::Group(group) => format!("group {}", spec.group(group).id),
        Work::Pair(pair) => format!("pair {}", spec.pair(pair).id),
    }
}
