//! Pausing the element, and going on (LIFE-16, LIFE-30, LIFE-31).

use super::Engine;
use super::deadline::Deadline;
use super::event::ElementState;
use super::life::Life;
use super::qactions::Hooks;
use crate::error::Error;

impl<'s> Engine<'s> {
    /// No communication from here on, but open connections stay as they are (LIFE-31). A pair that waits is given up, as
    /// its answer would not be taken (REL-63); the queue stands still, and timers do not tick (TMR-29).
    pub(super) fn pause_element(&mut self, hooks: &mut dyn Hooks<'s>) {
        if self.life != Life::Running {
            return;
        }
        self.life = Life::Paused;
        self.element_is(ElementState::Paused);
        for connection in self.connections.indices() {
            // A paused element is not in timeout: the time begins anew when it goes on.
            self.deadlines.disarm(Deadline::ElementTimeout(connection));
        }
        self.cut_exchange(hooks);
        self.cut_session();
    }

    /// The element goes on where it was; LIFE-16: nothing of the start-up runs.
    pub(super) fn resume_element(&mut self, hooks: &mut dyn Hooks<'s>) {
        if self.life != Life::Paused {
            return;
        }
        self.life = Life::Running;
        let is_in_timeout = self.connections.iter().any(|(_, link)| link.timed_out);
        let state = if is_in_timeout { ElementState::Timeout } else { ElementState::Active };
        self.element_is(state);
        for connection in self.connections.indices() {
            let link = &self.connections[connection];
            if !link.responding && !link.timed_out {
                self.await_element_timeout(connection);
            }
            self.resume_connection(connection, hooks);
            self.waited_too_long(connection, hooks);
        }
        self.restart_watchdog();
        self.await_watchdog();
        self.wake_up(hooks);
        for timer in self.timers.indices() {
            let run = &mut self.timers[timer];
            if std::mem::take(&mut run.held) && run.runs {
                self.deadlines.arm(Deadline::Tick(timer), self.now);
            }
        }
    }

    pub(super) fn paused(&self) -> Error {
        Error::Paused { element: self.name().to_owned() }
    }
}
