//! `sleep` (ACT-91, ACT-92): the queue and the actions behind it in its trigger wait; what arrives is handled all the
//! same, and so goes on what caused the trigger: a hook that sets a parameter, the other triggers of an item.

use std::time::Duration;

use genlock_spec::{ActionIndex, List};

use super::super::Engine;
use super::super::deadline::Deadline;
use super::super::event::LogLevel;
use super::super::life::Life;
use super::super::qactions::Hooks;
use super::super::time::Time;
use super::super::triggers::Fired;

/// How many sleep at once; a trigger that fires on each message and sleeps must not grow without end.
const LIMIT: usize = 1000;

/// What goes on after a sleep.
#[derive(Debug)]
struct Sleeper {
    until: Time,
    /// The actions behind the one that sleeps.
    rest: List<ActionIndex>,
    fired: Fired,
}

/// All that sleep.
#[derive(Debug, Default)]
pub(in crate::engine) struct Sleepers {
    waiting: Vec<Sleeper>,
    /// The end of a sleep that has just begun, until its trigger hands over the rest of its actions.
    begun: Option<Time>,
}

impl Sleepers {
    /// Whether the queue has to wait.
    pub(in crate::engine) fn any(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Nobody sleeps any more, and what was to follow is not done (ACT-92).
    pub(in crate::engine) fn clear(&mut self) {
        self.waiting.clear();
    }
}

impl<'s> Engine<'s> {
    pub(super) fn fall_asleep(&mut self, action: u32, ms: u32, fired: Fired) -> bool {
        let refused = if matches!(fired, Fired::Command(_) | Fired::Response(_)) {
            Some("a message is not held back while it is composed or matched")
        } else if !self.life.is_active_or_paused() {
            Some("the element is stopping")
        } else if self.sleepers.waiting.len() >= LIMIT {
            Some("too many others sleep")
        } else {
            None
        };
        if let Some(reason) = refused {
            self.log(LogLevel::Warning, |_| format!("action {action} does not sleep: {reason}"));
            return true;
        }
        self.sleepers.begun = Some(self.now + Duration::from_millis(ms.into()));
        true
    }

    /// Puts the actions behind one that has just fallen asleep aside. Answers whether it has.
    pub(in crate::engine) fn sleeps(&mut self, rest: List<ActionIndex>, fired: Fired) -> bool {
        let Some(until) = self.sleepers.begun.take() else { return false };
        self.sleepers.waiting.push(Sleeper { until, rest, fired });
        self.arm_awaking();
        true
    }

    /// The sleeps that are over now go on, the one that began first before the others. A paused element does nothing
    /// by itself: those that end in the pause go on with the element (LIFE-31).
    pub(in crate::engine) fn wake_up(&mut self, hooks: &mut dyn Hooks<'s>) {
        if self.life == Life::Paused {
            return;
        }
        let now = self.now;
        while let Some(position) = self.sleepers.waiting.iter().position(|sleeper| sleeper.until <= now) {
            let sleeper = self.sleepers.waiting.remove(position);
            self.run_actions_of(sleeper.rest, sleeper.fired, hooks);
        }
        self.arm_awaking();
    }

    fn arm_awaking(&mut self) {
        if let Some(until) = self.sleepers.waiting.iter().map(|sleeper| sleeper.until).min() {
            self.deadlines.arm(Deadline::Awake, until);
        }
    }
}
