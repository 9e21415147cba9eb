//! Groups: running the entries of the queue, one item after the other (GRP-01 to GRP-14).

use std::time::Duration;

use genlock_spec::{
    ActionIndex, ConnectionIndex, GroupIndex, GroupItem, GroupKind, Index, List, PairIndex, TriggerIndex,
};

use super::Engine;
use super::deadline::Deadline;
use super::event::{Event, GroupState, LogLevel};
use super::http::Sending;
use super::pairs::Exchange;
use super::qactions::Hooks;
use super::queue::{Entry, Work, pairs_of};
use super::time::Time;
use super::triggers::Fired;

/// How many entries run in one turn. Groups that queue each other without end would otherwise never let go of the
/// element: nothing could arrive any more, not even a stop.
const TURN: u32 = 1000;
/// How many nested steps count as another entry.
const STEPS: u32 = 100;
/// The pause after a turn.
const TURN_PAUSE: Duration = Duration::from_millis(1);

/// The entry that runs.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "four facts that do not exclude each other")]
pub(super) struct Running {
    pub(super) entry: Entry,
    /// The connection of the group; the parameter that names it was read when the group began (GRP-09).
    connection: Option<ConnectionIndex>,
    /// When it began, or got its last answer: the watchdog counts from here (LIFE-66).
    pub(super) since: Time,
    /// How much of its duration has been reported.
    pub(super) reported: usize,
    /// Whether the watchdog is armed, for this entry or an earlier one: it is seen to once, not with every input.
    pub(super) is_guarded: bool,
    /// The position of the next item.
    next: usize,
    pub(super) step: Step,
    /// Whether the timer's Interval after the group is over (TMR-11).
    interval_is_over: bool,
    /// Whether the group's condition was false (GRP-11).
    is_skipped: bool,
    /// Whether `stop current group` ended it (ACT-94).
    pub(super) is_ended: bool,
}

impl Running {
    fn new(entry: Entry, now: Time) -> Self {
        Self {
            connection: entry.connection,
            entry,
            since: now,
            reported: 0,
            is_guarded: false,
            next: 0,
            step: Step::Begin,
            interval_is_over: false,
            is_skipped: false,
            is_ended: false,
        }
    }

    /// Whether it goes on with an answer or a deadline only.
    fn waits(&self) -> bool {
        match &self.step {
            Step::Exchange(_) | Step::Pause => true,
            Step::Session(sending) => !sending.is_ready(),
            Step::Begin | Step::Between => false,
        }
    }
}

/// What the running entry is doing.
#[derive(Debug)]
pub(super) enum Step {
    /// About to begin.
    Begin,
    /// Between two items.
    Between,
    /// A pair is sent and, if it has responses, waits.
    Exchange(Exchange),
    /// A session is sent, one request after the other.
    Session(Box<Sending>),
    /// A pause until [`Deadline::Pause`].
    Pause,
}

impl<'s> Engine<'s> {
    /// Runs the queue, if there is anything to run: after nearly every input there is not.
    #[inline]
    pub(super) fn run_queue(&mut self, hooks: &mut dyn Hooks<'s>) {
        let is_idle = match &self.running {
            Some(running) => running.is_guarded && running.waits(),
            None => self.queue.is_empty(),
        };
        if !is_idle {
            self.run_entries(hooks);
        }
    }

    /// Runs the queue until it is empty, something must be waited for, or the turn is over.
    fn run_entries(&mut self, hooks: &mut dyn Hooks<'s>) {
        let mut begun = 0;
        while self.life.runs_groups() && !self.sleepers.any() {
            begun += self.nesting.begin() / STEPS;
            if self.running.as_ref().is_some_and(Running::waits) {
                self.await_watchdog();
                return;
            }
            let Some(running) = self.running.take() else {
                let Some(entry) = self.queue.next() else { return };
                self.running = Some(Running::new(entry, self.now));
                continue;
            };
            match running.step {
                Step::Begin if begun >= TURN => {
                    self.running = Some(running);
                    self.deadlines.arm(Deadline::Turn, self.now + TURN_PAUSE);
                    return;
                }
                Step::Begin => {
                    begun += 1;
                    self.begin(running, hooks);
                }
                Step::Session(_) => {
                    self.running = Some(running);
                    self.continue_session(hooks);
                }
                // Those that wait have been seen to.
                Step::Between | Step::Exchange(_) | Step::Pause => self.continue_running(running, hooks),
            }
        }
    }

    fn begin(&mut self, running: Running, hooks: &mut dyn Hooks<'s>) {
        let work = running.entry.work;
        let mut running = Running { step: Step::Between, since: self.now, ..running };
        match work {
            // GRP-11, COND-31: now, not when it was queued.
            Work::Group(group) if !self.group_holds(group) => {
                // TMR-13: it counts as executed, so what comes after a group comes all the same.
                let next = self.spec.items_of(self.spec.group(group).items).len();
                self.running = Some(Running { next, is_skipped: true, ..running });
                self.no_longer_queued(pairs_of(&self.spec, work));
            }
            Work::Group(group) => {
                running.connection = self.group_connection(group);
                self.running = Some(running);
                self.before_group(group, hooks);
            }
            Work::Pair(_) => self.running = Some(running),
        }
    }

    fn continue_running(&mut self, mut running: Running, hooks: &mut dyn Hooks<'s>) {
        if !running.entry.forced {
            // QUE-10, QUE-13: the forced group runs between two items, then the interrupted one goes on.
            if let Some(entry) = self.queue.next_forced() {
                self.interrupted.push(running);
                self.running = Some(Running::new(entry, self.now));
                return;
            }
        }
        let position = running.next;
        running.next += 1;
        let (work, connection) = (running.entry.work, running.connection);
        let group = match work {
            Work::Pair(pair) => {
                match running.entry.frozen.pop_front() {
                    Some(frozen) if position == 0 => {
                        self.running = Some(running);
                        self.begin_pair(pair, connection, frozen, hooks);
                    }
                    _ => self.finish(&running, hooks),
                }
                return;
            }
            Work::Group(group) => group,
        };
        let row = self.spec.group(group);
        let Some(&item) = self.spec.items_of(row.items).get(position).filter(|_| !running.is_ended) else {
            if running.is_ended {
                self.no_longer_queued(pairs_of(&self.spec, work).skip(position)); // ACT-94
            }
            // Pairs have paused one by one (PAIR-10); other groups pause once, at their end (TMR-11).
            let interval = running.entry.timer.map_or(0, |timer| self.spec.timer(timer).interval_ms);
            let has_paused = (row.kind == GroupKind::PollPairs && !running.is_skipped) || running.interval_is_over;
            if interval == 0 || has_paused {
                self.finish(&running, hooks);
            } else {
                self.running = Some(Running { interval_is_over: true, ..running });
                self.pause(Duration::from_millis(interval.into()));
            }
            return;
        };
        match row.kind {
            GroupKind::PollPairs => {
                let frozen = running.entry.frozen.pop_front().flatten();
                self.running = Some(running);
                self.begin_pair(item.pair(), connection, frozen, hooks);
            }
            GroupKind::PollSessions => {
                let requests = running.entry.sessions.pop_front().unwrap_or_default();
                let session = self.spec.session_item(item.session()).session;
                self.running = Some(running);
                self.begin_session(session, connection.unwrap_or(ConnectionIndex(0)), requests);
            }
            _ => {
                self.running = Some(running);
                self.run_item(row.kind, item, group, hooks);
                self.pause(Duration::from_millis(item.next_ms.into())); // GRP-14
            }
        }
    }

    /// The wait after a session (GRP-14).
    pub(super) fn pause_after_session(&mut self) {
        let Some(running) = &self.running else { return };
        let Work::Group(group) = running.entry.work else { return };
        let item = self.spec.items_of(self.spec.group(group).items).get(running.next.saturating_sub(1));
        let next = item.map_or(0, |item| item.next_ms);
        self.pause(Duration::from_millis(next.into()));
    }

    /// The wait after a pair: `@next`, else the timer's Interval (PAIR-09, PAIR-10).
    pub(super) fn pause_after_pair(&mut self) {
        let Some(running) = &self.running else { return };
        let next = match running.entry.work {
            Work::Group(group) => {
                let items = self.spec.items_of(self.spec.group(group).items);
                let position = running.next.saturating_sub(1);
                let changed = self.next_waits.get(&(group, position)).copied(); // ACT-89
                changed.or(items.get(position).map(|item| item.next_ms)).unwrap_or_default()
            }
            Work::Pair(_) => 0,
        };
        let interval = running.entry.timer.map_or(0, |timer| self.spec.timer(timer).interval_ms);
        self.pause(Duration::from_millis(if next > 0 { next } else { interval }.into()));
    }

    fn pause(&mut self, pause: Duration) {
        let Some(running) = &mut self.running else { return };
        if pause.is_zero() {
            running.step = Step::Between;
        } else {
            running.step = Step::Pause;
            self.deadlines.arm(Deadline::Pause, self.now + pause);
        }
    }

    pub(super) fn pause_is_over(&mut self) {
        if let Some(running) = &mut self.running {
            running.step = Step::Between;
        }
    }

    fn finish(&mut self, running: &Running, hooks: &mut dyn Hooks<'s>) {
        if let Work::Group(group) = running.entry.work
            && !running.is_skipped
        {
            self.after_group(group, hooks); // GRP-13
        }
        self.running = self.interrupted.pop();
        self.tell_timers(&running.entry);
    }

    /// Runs a group that is not queued: its timer runs it at once (GRP-06).
    pub(super) fn run_now(&mut self, group: GroupIndex, hooks: &mut dyn Hooks<'s>) {
        if !self.group_holds(group) {
            return;
        }
        let row = self.spec.group(group);
        self.before_group(group, hooks);
        for &item in self.spec.items_of(row.items) {
            self.run_item(row.kind, item, group, hooks);
        }
        self.after_group(group, hooks);
    }

    /// Runs an action or a trigger of a group's content (GRP-02, GRP-04).
    fn run_item(&mut self, kind: GroupKind, item: GroupItem, group: GroupIndex, hooks: &mut dyn Hooks<'s>) {
        match kind {
            // Pairs and sessions have been taken care of; no element with parameters starts.
            GroupKind::PollPairs | GroupKind::PollParams | GroupKind::PollSessions => {}
            GroupKind::PollActions | GroupKind::Actions => {
                self.run_action(ActionIndex::new(item.item), Fired::Group(group), hooks);
                self.sleeps(List::new(0, 0), Fired::Group(group)); // the queue waits
            }
            GroupKind::PollTriggers | GroupKind::Triggers => {
                self.run_trigger(TriggerIndex::new(item.item), Fired::Group(group), hooks);
            }
        }
    }

    /// Whether the group's condition is true. If not, nothing of it runs, not even the triggers around it (GRP-11,
    /// TRG-20).
    fn group_holds(&mut self, group: GroupIndex) -> bool {
        let row = self.spec.group(group);
        let holds = self.holds(row.condition, "group", row.id);
        if !holds {
            self.event(|_| Event::Group { id: row.id, state: GroupState::Skipped });
        }
        holds
    }

    /// TRG-20, GRP-12.
    fn before_group(&mut self, group: GroupIndex, hooks: &mut dyn Hooks<'s>) {
        let row = self.spec.group(group);
        self.event(|_| Event::Group { id: row.id, state: GroupState::Started });
        self.run_triggers(row.before, Fired::Group(group), hooks);
    }

    fn after_group(&mut self, group: GroupIndex, hooks: &mut dyn Hooks<'s>) {
        let row = self.spec.group(group);
        self.run_triggers(row.after, Fired::Group(group), hooks);
        self.event(|_| Event::Group { id: row.id, state: GroupState::Done });
    }

    /// The connection that the group's pairs use if they name none: the one whose number a parameter holds now (GRP-09),
    /// else the group's own.
    pub(super) fn group_connection(&mut self, group: GroupIndex) -> Option<ConnectionIndex> {
        let row = self.spec.group(group);
        let Some(param) = row.connection_param else { return row.connection };
        let Some(value) = self.value(param) else { return row.connection };
        let number = value.to_number();
        let is_named = |&index: &ConnectionIndex| number == Some(f64::from(self.spec.connection(index).id));
        let named = self.connections.indices().find(is_named);
        if named.is_none() {
            self.log(LogLevel::Warning, |spec| {
                let (id, pid) = (row.id, spec.param(param).pid);
                format!("parameter {pid} holds no number of a connection, so group {id} uses its usual one")
            });
        }
        named.or(row.connection)
    }

    /// Which connection carries a pair: its own option, else the group's connection, else the pair's default
    /// (CONN-122, PAIR-27).
    pub(super) fn pair_connection(&self, pair: PairIndex, group: Option<ConnectionIndex>) -> ConnectionIndex {
        let row = self.spec.pair(pair);
        group.filter(|_| !row.connection_is_fixed).unwrap_or(row.connection)
    }
}
