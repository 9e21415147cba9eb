//! The element's life: start and stop (LIFE-01 to LIFE-41); `pause` has the rest.

use genlock_spec::ParamIndex;

use super::Engine;
use super::connection::LinkState;
use super::counters::Loss;
use super::event::{ElementState, Event};
use super::output::{Output, PairPhase};
use super::qactions::Hooks;
use super::queue::{Work, pairs_of};
use super::triggers::Fired;
use crate::error::Reason;

/// Where an element is in its life (LIFE-30).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Life {
    Created,
    Running,
    /// Nothing is sent and nothing that comes is taken; connections stay as they are (LIFE-31).
    Paused,
    /// Its connections are being closed.
    Stopping,
    Stopped,
}

impl Life {
    /// Whether groups and timers run.
    pub(super) fn runs_groups(self) -> bool {
        self == Self::Running
    }

    /// Whether it has started and does not stop (LIFE-30).
    pub(super) fn is_active_or_paused(self) -> bool {
        matches!(self, Self::Running | Self::Paused)
    }
}

impl<'s> Engine<'s> {
    /// Whether the element has started and is not stopping (QA-52); a paused one is active.
    pub(crate) fn is_active(&self) -> bool {
        matches!(self.life, Life::Running | Life::Paused)
    }

    /// Whether its stop is complete.
    #[cfg_attr(not(feature = "sim"), expect(dead_code, reason = "a shell ends with the element"))]
    pub(crate) fn has_stopped(&self) -> bool {
        self.life == Life::Stopped
    }

    /// Tells the element's new state: to who keeps it, and to those who listen.
    pub(super) fn element_is(&mut self, state: ElementState) {
        self.trace_element(state);
        self.emit(Output::Element(state));
        self.event(|_| Event::Element { state });
    }

    /// The order of LIFE-06 and TRACE-01 to TRACE-03; parameters and commands are ready since the engine was made.
    pub(super) fn start(&mut self, hooks: &mut dyn Hooks<'s>) {
        if self.life != Life::Created {
            return;
        }
        self.element_is(ElementState::Active);
        self.life = Life::Running;
        self.start_alarms(hooks);
        for connection in self.connections.indices() {
            self.start_connection(connection, hooks); // CONN-24: on its own
        }
        self.until_operational = Some(Vec::new());
        self.run_triggers(self.spec.after_startup, Fired::Nothing, hooks); // LIFE-15, LIFE-17
        let deferred = self.until_operational.take();
        self.start_timers(hooks);
        for param in deferred.into_iter().flatten() {
            self.run_actions(param, hooks);
        }
        // LIFE-08: the queue runs last; `handle` does it after this.
    }

    /// `run actions`. LIFE-19: what runs after startup asks for it before the element is operational, so it waits until
    /// then.
    pub(super) fn run_actions_once_operational(&mut self, param: ParamIndex, hooks: &mut dyn Hooks<'s>) {
        match &mut self.until_operational {
            Some(waiting) => waiting.push(param),
            None => self.run_actions(param, hooks),
        }
    }

    /// LIFE-32: waits are cancelled, not sat out (LIFE-41); the connections are closed with 1001 (BEY-14).
    pub(super) fn stop(&mut self, hooks: &mut dyn Hooks<'s>) {
        if !self.life.is_active_or_paused() {
            return; // it is stopping already
        }
        self.life = Life::Stopping;
        self.deadlines.clear();
        self.sleepers.clear();
        self.save_all();
        self.cut_session();
        for connection in self.connections.indices() {
            self.fail_exchange(connection, &Reason::Stopped, hooks);
            self.close_for_good(connection, hooks);
        }
        self.drop_queue();
        self.stop_if_closed();
    }

    /// Whoever waits for a queued pair, or watches it, is told that nothing comes of it.
    fn drop_queue(&mut self) {
        let running = self.running.take().map(|running| running.entry);
        let interrupted = std::mem::take(&mut self.interrupted).into_iter().map(|running| running.entry);
        let mut dropped: Vec<_> = running.into_iter().chain(interrupted).collect();
        dropped.extend(std::iter::from_fn(|| self.queue.next()));
        for connection in self.connections.indices() {
            dropped.extend(std::mem::take(&mut self.connections[connection].waiting));
        }
        for entry in dropped {
            // What has run already has taken its bytes.
            if let Work::Pair(pair) = entry.work
                && !entry.frozen.is_empty()
            {
                self.counters.lose(Loss::AtStop);
                self.pair_is(pair, PairPhase::Failed(Reason::Stopped), None);
            }
            if matches!(entry.work, Work::Group(_)) {
                self.no_longer_queued(pairs_of(&self.spec, entry.work));
            }
            if let Some((ticket, _)) = entry.ticket {
                let result = Err(self.stopped());
                self.emit(Output::Done { ticket, result });
            }
        }
    }

    /// The stop is complete when the last connection is closed.
    pub(super) fn stop_if_closed(&mut self) {
        let closed = |state: &LinkState| matches!(state, LinkState::Stopped);
        if self.life == Life::Stopping && self.connections.iter().all(|(_, link)| closed(&link.state)) {
            self.life = Life::Stopped;
            self.deadlines.clear();
            self.element_is(ElementState::Stopped);
            self.emit(Output::Stopped);
        }
    }
}
