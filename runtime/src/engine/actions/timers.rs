//! `start`, `stop`, `restart timer` and `reschedule` (ACT-79, ACT-80, ACT-93).

use genlock_spec::{TimerIndex, TimerVerb};

use super::super::Engine;
use super::super::deadline::Deadline;

impl Engine<'_> {
    pub(super) fn act_on_timer(&mut self, verb: TimerVerb, timer: TimerIndex) {
        if !self.life.is_active_or_paused() {
            return; // TMR-29: timers start and stop with the element
        }
        match verb {
            TimerVerb::Start if self.timers[timer].runs => {} // TMR-20
            TimerVerb::Start => {
                self.timers[timer].runs = true;
                self.tick_at_once(timer); // TMR-21
            }
            TimerVerb::Stop => {
                self.timers[timer].runs = false;
                self.timers[timer].ticks_again = false;
                self.deadlines.disarm(Deadline::Tick(timer)); // TMR-22
            }
            TimerVerb::Restart => {
                // TMR-23: the group that runs goes on, the others no longer wait, and the rhythm stays.
                self.take_out(timer);
            }
            TimerVerb::RestartNow => {
                self.take_out(timer);
                self.tick_now(timer);
            }
            TimerVerb::Reschedule if self.timers[timer].is_busy() => {
                self.timers[timer].ticks_again = self.timers[timer].runs; // TMR-24
            }
            TimerVerb::Reschedule => self.tick_now(timer),
        }
    }

    /// The timer's wait is over now; the period counts from this tick (TMR-25). One that is stopped stays so.
    fn tick_now(&mut self, timer: TimerIndex) {
        if self.timers[timer].runs {
            self.tick_at_once(timer);
        }
    }
}
