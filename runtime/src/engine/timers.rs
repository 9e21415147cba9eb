//! Timers: when they tick and what a tick does (TMR-01 to TMR-30).

use std::time::Duration;

use genlock_spec::{GroupKind, TimerIndex, TimerStart};

use super::Engine;
use super::deadline::Deadline;
use super::qactions::Hooks;
use super::queue::{Entry, Place, Work};
use super::time::Time;
use super::triggers::Fired;

/// The least time between two ticks of a timer whose groups are done at once: `loop` must not stop time.
const SHORTEST_PERIOD: Duration = Duration::from_millis(1);

/// What changes of a timer while it runs.
#[derive(Debug, Default)]
pub(super) struct TimerRun {
    /// When it ticked last.
    last_tick: Option<Time>,
    /// The groups of the last tick that are not done yet (TMR-08).
    outstanding: u32,
    /// Whether a tick fell into a pause of the element: it comes when the element goes on.
    pub(super) held: bool,
    /// Whether it ticks at all (TMR-03, TMR-20, TMR-22).
    pub(super) runs: bool,
    /// Whether it ticks once more as soon as its groups are done (TMR-24).
    pub(super) ticks_again: bool,
}

impl TimerRun {
    /// Whether groups of its last tick are not done.
    pub(super) fn is_busy(&self) -> bool {
        self.outstanding > 0
    }
}

impl<'s> Engine<'s> {
    /// Starts the timers that start with the element (TMR-03 to TMR-06). Their first ticks belong to the start, so their
    /// groups wait when the queue begins to run (LIFE-06, LIFE-08).
    pub(super) fn start_timers(&mut self, hooks: &mut dyn Hooks<'s>) {
        for timer in self.timers.indices() {
            let seconds = match self.spec.timer(timer).start {
                TimerStart::Stopped => continue,
                TimerStart::Started => 0, // TMR-05
                TimerStart::Random { from, to } if from < to => self.random.u32(from..to).into(), // TMR-06
                TimerStart::Random { from, .. } => from.into(),
            };
            self.timers[timer].runs = true;
            self.deadlines.arm(Deadline::Tick(timer), self.now + Duration::from_secs(seconds));
        }
        for timer in self.timers.indices() {
            if self.spec.timer(timer).start == TimerStart::Started && self.deadlines.disarm(Deadline::Tick(timer)) {
                self.tick(timer, hooks);
            }
        }
    }

    /// One tick (TMR-07): poll groups are queued, each only if it does not wait already (QUE-09); others run at once.
    pub(super) fn tick(&mut self, timer: TimerIndex, hooks: &mut dyn Hooks<'s>) {
        if !self.life.runs_groups() {
            self.timers[timer].held = true; // TMR-29
            return;
        }
        let row = self.spec.timer(timer);
        self.timers[timer].last_tick = Some(self.now);
        if !self.holds(row.condition, "timer", row.id) {
            return self.arm_next_tick(timer); // TMR-14, COND-32
        }
        self.run_triggers(row.before, Fired::Timer(timer), hooks); // TMR-19
        for group in self.spec.list(row.groups) {
            match self.spec.group(group).kind {
                GroupKind::PollPairs
                | GroupKind::PollParams
                | GroupKind::PollSessions
                | GroupKind::PollActions
                | GroupKind::PollTriggers => {
                    // Before it is queued: what composing its commands runs meets a timer whose content runs (TMR-24).
                    self.timers[timer].outstanding += 1;
                    let is_queued = self.queue.join(group, timer)
                        || self.enqueue(Work::Group(group), Place::Tail, Some(timer), None, hooks);
                    if !is_queued {
                        self.timers[timer].outstanding -= 1;
                    }
                }
                GroupKind::Actions | GroupKind::Triggers => self.run_now(group, hooks), // GRP-06
            }
        }
        if self.timers[timer].outstanding == 0 {
            self.arm_next_tick(timer);
        }
    }

    /// An entry is done, or was taken out: the timers of which it is a group wait for all of theirs (BEY-30).
    pub(super) fn tell_timers(&mut self, entry: &Entry) {
        for timer in entry.timer.into_iter().chain(entry.awaited_by.iter().copied()) {
            self.group_is_done(timer);
        }
    }

    fn group_is_done(&mut self, timer: TimerIndex) {
        let run = &mut self.timers[timer];
        run.outstanding = run.outstanding.saturating_sub(1);
        if run.outstanding == 0 {
            self.arm_next_tick(timer);
        }
    }

    /// TMR-09: a period after the last tick, or now if its groups took longer; TMR-10 for `loop`.
    fn arm_next_tick(&mut self, timer: TimerIndex) {
        let run = &mut self.timers[timer];
        if !self.life.is_active_or_paused() || !run.runs {
            return;
        }
        let row = self.spec.timer(timer);
        let last = run.last_tick.unwrap_or(self.now);
        let next = if row.looped || std::mem::take(&mut run.ticks_again) {
            self.now
        } else {
            last + Duration::from_millis(row.period_ms.into())
        };
        let next = next.max(last + SHORTEST_PERIOD).max(self.now);
        self.deadlines.arm(Deadline::Tick(timer), next);
    }

    /// The timer's wait is over now. An action that its own tick runs may say so as well, so time has to go on between.
    pub(super) fn tick_at_once(&mut self, timer: TimerIndex) {
        let earliest = self.timers[timer].last_tick.map_or(self.now, |last| last + SHORTEST_PERIOD);
        self.deadlines.arm(Deadline::Tick(timer), earliest.max(self.now));
    }
}
