//! QActions: the hooks that change events run.

use genlock_spec::{HookIndex, ParamIndex};

use super::Engine;
use super::event::{Event, LogLevel};
use crate::error::HookResult;

/// A longer line of a hook's log is cut, in characters (QA-49).
const LOG_LIMIT: usize = 5120;

/// Which hook runs, and which parameter runs it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call {
    /// The entry point.
    pub(crate) hook: HookIndex,
    /// The parameter whose event it is (QA-16).
    pub(crate) param: ParamIndex,
}

/// The user's hooks, as the engine sees them. They may call back into the engine, which runs nested hooks (QA-32).
pub(crate) trait Hooks<'s> {
    /// Runs one hook to its end (QA-30).
    fn run(&mut self, engine: &mut Engine<'s>, call: Call) -> HookResult;
}

impl<'s> Engine<'s> {
    /// Runs the hooks of a parameter in document order (QA-03, QA-04).
    pub(super) fn run_qactions(&mut self, param: ParamIndex, hooks: &mut dyn Hooks<'s>) {
        let row = self.spec.param(param);
        for hook in self.spec.list(row.hooks) {
            let qaction = self.spec.qaction(self.spec.hook(hook).qaction);
            let id = qaction.id;
            if !self.holds(qaction.condition, "QAction", id) {
                continue; // QA-05, ACT-83
            }
            self.event(|_| Event::QAction { id, pid: row.pid });
            if let Err(error) = hooks.run(self, Call { hook, param }) {
                // QA-34: the run ends, what triggered it goes on.
                self.counters.hook_failures += 1;
                self.log(LogLevel::Error, |_| format!("QAction {id}, run by parameter {}: {error}", row.pid));
                self.event(|_| Event::QActionFailed { id, pid: row.pid, error: error.to_string() });
            }
        }
    }

    /// Says once that a hook has no function of its own (QA-25).
    pub(crate) fn unhandled(&mut self, call: Call) {
        if !std::mem::replace(&mut self.unhandled[call.hook], true) {
            let (id, pid) = (self.spec.qaction(self.spec.hook(call.hook).qaction).id, self.spec.param(call.param).pid);
            self.log(LogLevel::Warning, |_| {
                format!("QAction {id}, run by parameter {pid}, has no function; it does nothing")
            });
        }
    }

    /// Writes a line of a hook to the element's log.
    pub(crate) fn log_from_hook(&mut self, line: &dyn std::fmt::Display) {
        self.log(LogLevel::Information, |_| cut(line.to_string()));
    }
}

fn cut(mut line: String) -> String {
    if let Some((end, _)) = line.char_indices().nth(LOG_LIMIT) {
        line.truncate(end);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn qa_49_log_lines_are_cut_at_5120_characters() {
        assert_eq!(cut("é".repeat(6000)), "é".repeat(5120));
        assert_eq!(cut("short".to_owned()), "short");
    }
}
