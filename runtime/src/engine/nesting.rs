//! How far one thing may lead to others: events that raise events, groups that are queued while commands of groups are
//! composed (PARAM-68).

use genlock_spec::{ParamIndex, Spec, TriggerIndex};

use super::Engine;
use super::event::LogLevel;
use super::log::About;
use super::queue::{Work, name};

/// How deep the chain may become before the innermost link is dropped (PARAM-68).
const DEPTH_LIMIT: usize = 100;
/// How many steps below the first two levels one input, deadline or queue entry may cause. The depth alone bounds
/// nothing: where every event raises two others, 100 levels are 2¹⁰⁰ events.
const STEPS_LIMIT: u32 = 100_000;
/// How many links of a dropped one's chain are named in the log.
const CHAIN_SHOWN: usize = 12;

/// One link of the chain.
#[derive(Clone, Copy, Debug)]
pub(super) enum Link {
    /// The change event of this parameter runs, or its QActions do (ACT-82).
    Event(ParamIndex),
    /// The commands of this queue entry are composed (CMD-12).
    Compose(Work),
    /// A trigger calls this one. Triggers call to any depth (TRG-48), so they are counted only.
    Call(TriggerIndex),
}

/// What is running inside what.
#[derive(Debug)]
pub(super) struct Nesting {
    /// Innermost last.
    chain: Vec<Link>,
    /// Counted since the input, deadline or queue entry began.
    steps: u32,
    pub(super) steps_limit: u32,
}

impl Default for Nesting {
    fn default() -> Self {
        Self { chain: Vec::new(), steps: 0, steps_limit: STEPS_LIMIT }
    }
}

impl Nesting {
    /// A new input, deadline or queue entry begins. Answers how many steps the one before took.
    pub(super) fn begin(&mut self) -> u32 {
        std::mem::take(&mut self.steps)
    }

    /// Counts one step. Answers whether there may be more.
    fn step(&mut self) -> bool {
        self.steps = self.steps.saturating_add(1);
        self.steps <= self.steps_limit
    }

    /// Whether nothing runs inside anything.
    #[cfg(test)]
    pub(super) fn is_outermost(&self) -> bool {
        self.chain.is_empty()
    }
}

impl Engine<'_> {
    /// Begins a link of the chain; who was let in calls [`leave`](Self::leave). Every recursion passes here, but for
    /// that of triggers, which has no cycle (TRG-48).
    pub(super) fn enter(&mut self, link: Link) -> bool {
        let depth = self.nesting.chain.len();
        // A hook may set as many parameters as it likes, and each of them may raise an event.
        let few = depth < 2 || self.nesting.step();
        if depth < DEPTH_LIMIT && few {
            self.nesting.chain.push(link);
            return true;
        }
        self.drop_nested(link, few);
        false
    }

    /// Counts the call of a trigger by another one: a few that each call the next one twice are many.
    pub(super) fn may_call(&mut self, trigger: TriggerIndex) -> bool {
        let few = self.nesting.step();
        if !few {
            self.drop_nested(Link::Call(trigger), few);
        }
        few
    }

    /// Ends the innermost link.
    pub(super) fn leave(&mut self) {
        self.nesting.chain.pop();
    }

    /// PARAM-68: the innermost link is dropped, and the log shows how it came about.
    #[cold]
    fn drop_nested(&mut self, link: Link, few: bool) {
        self.counters.nested_too_deep += 1;
        let inner = self.nesting.chain.len().saturating_sub(CHAIN_SHOWN);
        let chain: Vec<Link> = self.nesting.chain.iter().skip(inner).copied().collect();
        let limit = self.nesting.steps_limit;
        self.log_about(About::default().rule("PARAM-68"), LogLevel::Error, |spec| {
            let shown: Vec<String> = chain.iter().map(|&link| shown(spec, link)).collect();
            let dropped = match link {
                Link::Event(param) => format!("the change event of parameter {} is dropped", spec.param(param).pid),
                Link::Compose(work) => format!("{} is not queued", name(spec, work)),
                Link::Call(trigger) => format!("trigger {} is not called", spec.trigger(trigger).id),
            };
            let why = if few {
                format!("{DEPTH_LIMIT} events are nested already")
            } else {
                format!("more than {limit} events came of one cause")
            };
            format!(
                "{dropped}: {why} (… -> {} -> {}); look for hooks, actions or groups that cause each other",
                shown.join(" -> "),
                self::shown(spec, link)
            )
        });
    }
}

fn shown(spec: &Spec<'_>, link: Link) -> String {
    match link {
        Link::Event(param) => spec.param(param).pid.to_string(),
        Link::Compose(work) => name(spec, work),
        Link::Call(trigger) => format!("trigger {}", spec.trigger(trigger).id),
    }
}
