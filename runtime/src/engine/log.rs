//! The element's log: lines for those who listen to its events, and events of `tracing`.

use genlock_spec::Spec;
use tracing::Level;

use super::event::{ElementState, Event, LogLevel};
use super::output::PairPhase;
use super::{Engine, PairIndex};
use crate::error::Reason;

/// What a line is about: the target of its event, and the fields. [`guide::observing`](crate::guide::observing) lists
/// them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct About {
    target: Target,
    connection: Option<u32>,
    pair: Option<u32>,
    qaction: Option<u32>,
    pid: Option<u32>,
    cause: Option<&'static str>,
    rule: Option<&'static str>,
}

/// A target has events of one kind, so that a filter can name them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Target {
    #[default]
    Element,
    Connection,
    Pair,
    Hook,
}

impl About {
    pub(super) fn connection(id: u32) -> Self {
        Self { target: Target::Connection, connection: Some(id), ..Self::default() }
    }

    pub(super) fn pair(id: u32) -> Self {
        Self { target: Target::Pair, pair: Some(id), ..Self::default() }
    }

    /// A hook, or what it has to say.
    pub(super) fn hook(qaction: u32, pid: u32) -> Self {
        Self { qaction: Some(qaction), pid: Some(pid), ..Self::line_of_hook() }
    }

    pub(super) fn line_of_hook() -> Self {
        Self { target: Target::Hook, ..Self::default() }
    }

    /// The rule by which it is so.
    pub(super) fn rule(self, rule: &'static str) -> Self {
        Self { rule: Some(rule), ..self }
    }

    /// Why it is so.
    pub(super) fn because(self, reason: &Reason) -> Self {
        Self { cause: Some(reason.cause()), rule: reason.rule(), ..self }
    }
}

/// `tracing` wants targets and levels as constants, so each has a place of its own in the code: this calls `$then` with
/// the target and the level as such.
macro_rules! at {
    ($target:expr, $level:expr, $then:ident!($($arguments:tt)*)) => {
        match ($target, $level) {
            (Target::Element, LogLevel::Error) => $then!("genlock::element", Level::ERROR, $($arguments)*),
            (Target::Element, LogLevel::Warning) => $then!("genlock::element", Level::WARN, $($arguments)*),
            (Target::Element, LogLevel::Information) => $then!("genlock::element", Level::INFO, $($arguments)*),
            (Target::Element, LogLevel::Debug) => $then!("genlock::element", Level::DEBUG, $($arguments)*),
            (Target::Connection, LogLevel::Error) => $then!("genlock::connection", Level::ERROR, $($arguments)*),
            (Target::Connection, LogLevel::Warning) => $then!("genlock::connection", Level::WARN, $($arguments)*),
            (Target::Connection, LogLevel::Information) => $then!("genlock::connection", Level::INFO, $($arguments)*),
            (Target::Connection, LogLevel::Debug) => $then!("genlock::connection", Level::DEBUG, $($arguments)*),
            (Target::Pair, LogLevel::Error) => $then!("genlock::pair", Level::ERROR, $($arguments)*),
            (Target::Pair, LogLevel::Warning) => $then!("genlock::pair", Level::WARN, $($arguments)*),
            (Target::Pair, LogLevel::Information) => $then!("genlock::pair", Level::INFO, $($arguments)*),
            (Target::Pair, LogLevel::Debug) => $then!("genlock::pair", Level::DEBUG, $($arguments)*),
            (Target::Hook, LogLevel::Error) => $then!("genlock::hook", Level::ERROR, $($arguments)*),
            (Target::Hook, LogLevel::Warning) => $then!("genlock::hook", Level::WARN, $($arguments)*),
            (Target::Hook, LogLevel::Information) => $then!("genlock::hook", Level::INFO, $($arguments)*),
            (Target::Hook, LogLevel::Debug) => $then!("genlock::hook", Level::DEBUG, $($arguments)*),
        }
    };
}

macro_rules! is_enabled {
    ($target:literal, $level:expr,) => {
        tracing::enabled!(target: $target, $level)
    };
}

macro_rules! write_event {
    ($target:literal, $level:expr, $element:expr, $about:expr, $text:expr) => {{
        let About { connection, pair, qaction, pid, cause, rule, .. } = $about;
        tracing::event!(
            target: $target, $level, element = $element, connection, pair, qaction, pid, cause, rule, "{}", $text
        );
    }};
}

impl<'s> Engine<'s> {
    /// Writes a line about the element to its log.
    pub(super) fn log(&mut self, level: LogLevel, text: impl FnOnce(&Spec<'s>) -> String) {
        self.log_about(About::default(), level, text);
    }

    /// Writes a line to the element's log. Nothing is put together that nobody reads.
    pub(super) fn log_about(&mut self, about: About, level: LogLevel, text: impl FnOnce(&Spec<'s>) -> String) {
        let is_traced = at!(about.target, level, is_enabled!());
        if !self.traced && !is_traced {
            return;
        }
        let text = text(&self.spec);
        if is_traced {
            at!(about.target, level, write_event!(self.name(), about, text));
        }
        self.event(|_| Event::Log { level, text });
    }

    /// The element's state is another one: an event of `tracing` only, as those who listen have [`Event::Element`].
    pub(super) fn trace_element(&self, state: ElementState) {
        let (element, connector) = (self.name(), self.spec.text(self.spec.name));
        let state = match state {
            ElementState::Active => "active",
            ElementState::Timeout => {
                tracing::warn!(
                    target: "genlock::element", element, connector, state = "timeout", rule = "LIFE-50",
                    "the element is in timeout: a connection does not answer"
                );
                return;
            }
            ElementState::Paused => "paused",
            ElementState::Stopped => "stopped",
        };
        tracing::info!(target: "genlock::element", element, connector, state, "the element is {state}");
    }

    /// A pair got this far: an event of `tracing` only, as those who listen have [`Event::Pair`].
    pub(super) fn trace_pair(&self, pair: PairIndex, phase: &PairPhase) {
        if !tracing::enabled!(target: "genlock::pair", Level::WARN) {
            return; // who asks for DEBUG asks for WARN
        }
        let (element, name) = (self.name(), self.spec.text(self.spec.pair(pair).name));
        let pair = self.spec.pair(pair).id;
        let (outcome, attempt, cause, rule) = match phase {
            PairPhase::Idle => return,
            PairPhase::TimedOut => {
                tracing::warn!(
                    target: "genlock::pair", element, pair, name, outcome = "timed_out", rule = "PAIR-20",
                    "pair {pair} got no answer"
                );
                return;
            }
            PairPhase::Queued => ("queued", None, None, None),
            PairPhase::Sent { attempt } => ("sent", Some(*attempt), None, None),
            PairPhase::Answered(_) => ("succeeded", None, None, None),
            PairPhase::Failed(reason) => ("failed", None, Some(reason.cause()), reason.rule()),
        };
        tracing::debug!(
            target: "genlock::pair", element, pair, name, outcome, attempt, cause, rule, "pair {pair}: {outcome}"
        );
    }
}
