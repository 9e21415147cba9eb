//! The watchdog of the queue: what runs for too long is reported (LIFE-66).

use std::time::Duration;

use super::Engine;
use super::deadline::Deadline;
use super::event::LogLevel;
use super::queue::name;

/// After how long a warning is logged, and after how long an error.
const LIMITS: [(Duration, LogLevel); 2] =
    [(Duration::from_secs(450), LogLevel::Warning), (Duration::from_secs(900), LogLevel::Error)];

impl Engine<'_> {
    /// Arms the watchdog for the entry that runs, which has to wait. It stays armed when the entry is done: looking at
    /// what runs then costs less than arming it for every entry.
    pub(super) fn await_watchdog(&mut self) {
        let Some(running) = self.running.as_mut().filter(|running| !running.is_guarded) else { return };
        running.is_guarded = true;
        if let Some(&(limit, _)) = LIMITS.get(running.reported).filter(|_| !self.deadlines.is_armed(Deadline::Watchdog))
        {
            self.deadlines.arm(Deadline::Watchdog, running.since + limit);
        }
    }

    /// The entry that runs has its time anew: it got an answer, or the element goes on after a pause.
    pub(super) fn restart_watchdog(&mut self) {
        let now = self.now;
        if let Some(running) = &mut self.running {
            (running.since, running.reported, running.is_guarded) = (now, 0, false);
        }
    }

    /// A limit may be over: that of an earlier entry, or of one that has got its time anew, is not.
    pub(super) fn watchdog_is_due(&mut self) {
        if !self.life.runs_groups() {
            return; // it is armed again when the element goes on
        }
        let now = self.now;
        let Some(running) = &mut self.running else { return };
        running.is_guarded = false;
        let work = running.entry.work;
        if let Some(&(limit, level)) = LIMITS.get(running.reported).filter(|(limit, _)| running.since + *limit <= now) {
            running.reported += 1;
            self.log(level, |spec| {
                let minutes = limit.as_secs_f64() / 60.0;
                format!("{} has been running for {minutes} minutes; everything behind it waits", name(spec, work))
            });
        }
        self.await_watchdog();
    }
}
