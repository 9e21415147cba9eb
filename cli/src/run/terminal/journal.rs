//! [`Journal`]: the last lines of something that goes on.

use std::collections::VecDeque;
use std::time::Duration;

use crate::run::told::Told;

/// How many lines are kept.
const KEPT: usize = 2000;

/// The last lines, and which of them are looked at.
#[derive(Debug, Default)]
pub(super) struct Journal {
    lines: VecDeque<(Duration, Told)>,
    /// How many lines the user has gone back from the end.
    back: usize,
}

impl Journal {
    /// Adds a line. Who has gone back keeps seeing the same lines.
    pub(super) fn push(&mut self, at: Duration, told: Told) {
        if self.lines.len() == KEPT {
            self.lines.pop_front();
        }
        self.lines.push_back((at, told));
        if self.back > 0 {
            self.go_back(1);
        }
    }

    /// Adds a line where there is something to say.
    pub(super) fn extend(&mut self, at: Duration, told: Option<Told>) {
        if let Some(told) = told {
            self.push(at, told);
        }
    }

    pub(super) fn go_back(&mut self, lines: usize) {
        self.back = self.back.saturating_add(lines).min(self.lines.len().saturating_sub(1));
    }

    pub(super) fn go_on(&mut self, lines: usize) {
        self.back = self.back.saturating_sub(lines);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// How many lines the user has gone back.
    pub(super) fn back(&self) -> usize {
        self.back
    }

    /// The lines to show where there is room for `height`.
    pub(super) fn shown(&self, height: usize) -> impl Iterator<Item = &(Duration, Told)> {
        // Not further back than to a full window of the oldest lines.
        let back = self.back.min(self.lines.len().saturating_sub(height));
        let end = self.lines.len() - back;
        self.lines.range(end.saturating_sub(height)..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::told::Kind;

    fn shown(journal: &Journal, height: usize) -> Vec<&str> {
        journal.shown(height).map(|(_, told)| told.text.as_str()).collect()
    }

    fn push(journal: &mut Journal, number: usize) {
        journal.push(Duration::ZERO, Told { kind: Kind::Log, text: number.to_string() });
    }

    #[test]
    fn the_end_is_followed_until_the_user_goes_back() {
        let mut journal = Journal::default();
        journal.go_back(3);
        (0..5).for_each(|number| push(&mut journal, number));
        assert_eq!(shown(&journal, 2), ["3", "4"]);
        journal.go_back(2);
        assert_eq!(shown(&journal, 2), ["1", "2"]);
        push(&mut journal, 5);
        assert_eq!(shown(&journal, 2), ["1", "2"], "what is looked at stays");
        journal.go_back(100);
        assert_eq!(shown(&journal, 2), ["0", "1"]);
        assert_eq!(shown(&journal, 9).len(), 6);
        journal.go_on(100);
        assert_eq!(shown(&journal, 2), ["4", "5"]);
    }

    #[test]
    fn it_does_not_grow_without_bound() {
        let mut journal = Journal::default();
        (0..KEPT + 10).for_each(|number| push(&mut journal, number));
        journal.go_back(usize::MAX);
        assert_eq!(shown(&journal, 1), ["10"]);
    }
}
