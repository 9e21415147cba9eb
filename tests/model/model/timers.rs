//! Timers (TMR).

use super::queue::Work;
use super::{Deadline, Done, Model};
use crate::protocol::{Item, Timer};

/// A timer that was started.
pub(super) struct TimerState {
    is_started: bool,
    /// When it ticked last.
    ticked: Option<u64>,
    /// Its groups that are not done yet (TMR-08).
    undone: Vec<u32>,
    /// `reschedule` while its content was running (TMR-24).
    ticks_at_end: bool,
}

impl<'p> Model<'p> {
    pub(super) fn timer(&self, id: u32) -> &'p Timer {
        self.protocol.timers.iter().find(|timer| timer.id == id).unwrap()
    }

    fn state(&mut self, id: u32) -> &mut TimerState {
        let state = TimerState { is_started: false, ticked: None, undone: Vec::new(), ticks_at_end: false };
        self.element().timers.entry(id).or_insert(state)
    }

    /// TMR-03, TMR-05: all of them start, then each ticks unless an earlier one stopped it.
    pub(super) fn start_timers(&mut self) -> Done {
        let timers = self.protocol.timers.iter().filter(|timer| timer.initial);
        for timer in timers.clone() {
            self.start_timer(timer.id);
        }
        for timer in timers {
            if self.forget(Deadline::Tick(timer.id)) {
                self.tick(timer.id)?;
            }
        }
        Ok(())
    }

    /// TMR-20, TMR-21.
    pub(super) fn start_timer(&mut self, id: u32) {
        if !self.state(id).is_started {
            self.state(id).is_started = true;
            self.tick_at(id, self.now);
        }
    }

    /// TMR-22.
    pub(super) fn stop_timer(&mut self, id: u32) {
        self.state(id).is_started = false;
        self.state(id).ticks_at_end = false;
        self.forget(Deadline::Tick(id));
    }

    /// TMR-24.
    pub(super) fn reschedule(&mut self, id: u32) {
        if !self.state(id).is_started {
            return;
        }
        if self.state(id).undone.is_empty() {
            self.tick_at(id, self.now);
        } else {
            self.state(id).ticks_at_end = true;
        }
    }

    /// TMR-23.
    pub(super) fn restart_timer(&mut self, id: u32, is_tick: bool) {
        let (removed, kept) = {
            let queue = &mut self.element().queue;
            let waiting = std::mem::take(&mut queue.waiting);
            waiting.into_iter().partition::<Vec<_>, _>(|entry| entry.origin == Some(id))
        };
        self.element().queue.waiting = kept;
        for entry in removed {
            for timer in entry.awaited_by {
                self.group_done(timer, entry.work);
            }
        }
        if is_tick && self.state(id).is_started {
            self.tick_at(id, self.now);
        }
    }

    /// Time goes on between two ticks, or a tick that reschedules its own timer would never end.
    fn tick_at(&mut self, id: u32, at: u64) {
        let at = self.state(id).ticked.map_or(at, |ticked| at.max(ticked + 1));
        self.forget(Deadline::Tick(id));
        self.later(at, Deadline::Tick(id));
    }

    pub(super) fn tick(&mut self, id: u32) -> Done {
        self.state(id).ticked = Some(self.now);
        let timer = self.timer(id);
        // TMR-14, COND-32.
        if self.holds(timer.condition.as_ref()) {
            // TMR-19.
            self.fire_all(Item::Timer(id), "before")?;
            // TMR-07.
            for &group in &timer.groups {
                if self.group(group).kind.is_polled() {
                    self.state(id).undone.push(group);
                    self.queue_by_timer(id, group)?;
                } else {
                    self.run_at_once(group)?;
                }
            }
        }
        self.rearm(id);
        Ok(())
    }

    /// One of its groups is done, or was taken out.
    pub(super) fn group_done(&mut self, id: u32, work: Work) {
        let undone = &mut self.state(id).undone;
        if let Some(position) = undone.iter().position(|group| Work::Group(*group) == work) {
            undone.remove(position);
        }
        self.rearm(id);
    }

    /// TMR-08 to TMR-10: the next tick, once all groups are done (BEY-30).
    fn rearm(&mut self, id: u32) {
        let now = self.now;
        let period = self.timer(id).period;
        let state = self.state(id);
        if !state.is_started || !state.undone.is_empty() {
            return;
        }
        let at_end = std::mem::take(&mut state.ticks_at_end);
        let next = period.zip(state.ticked).map_or(now, |(period, ticked)| ticked + period).max(now);
        self.tick_at(id, if at_end { now } else { next });
    }
}
