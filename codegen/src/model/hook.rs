//! Which function runs for which parameter.

use super::{Model, QAction, Target};

/// One trigger parameter of one QAction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hook {
    /// The position of the QAction.
    pub(crate) qaction: usize,
    /// The position of the parameter.
    pub(crate) param: usize,
    /// The position of the function in [`Model::entries`].
    pub(crate) entry: usize,
}

/// One function that the user writes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'m> {
    pub(crate) qaction: &'m QAction,
    /// The whole text of its entry point; empty for the default one.
    text: &'m str,
    /// What it is named by: the method, or the QAction's name.
    pub(crate) name: &'m str,
}

impl QAction {
    /// The entry point of the trigger parameter at `position` (QA-10): its text and what its function is named by.
    fn entry(&self, position: usize) -> (&str, &str) {
        let entry = self.entry_points.as_ref().and_then(|entries| entries.value.get(position));
        entry.map_or(("", self.head.name()), |entry| (&entry.text, &entry.method))
    }
}

impl Model {
    /// The functions that the user writes, in document order: one for each distinct entry point of each QAction.
    pub(crate) fn entries(&self) -> Vec<Entry<'_>> {
        let mut entries: Vec<Entry<'_>> = Vec::new();
        for qaction in &self.qactions {
            let first = entries.len();
            for position in 0..qaction.triggers.len() {
                let (text, name) = qaction.entry(position);
                if !entries.iter().skip(first).any(|entry| entry.text.eq_ignore_ascii_case(text)) {
                    entries.push(Entry { qaction, text, name });
                }
            }
        }
        entries
    }

    /// The trigger parameters of all QActions, in document order (QA-04).
    pub(crate) fn hooks(&self) -> Vec<Hook> {
        let entries = self.entries();
        let mut hooks = Vec::new();
        let mut first = 0;
        for (at, qaction) in self.qactions.iter().enumerate() {
            let own = entries.iter().skip(first).take_while(|entry| std::ptr::eq(entry.qaction, qaction));
            let own: Vec<&str> = own.map(|entry| entry.text).collect();
            for (position, trigger) in qaction.triggers.iter().enumerate() {
                let (text, _) = qaction.entry(position);
                let entry = own.iter().position(|known| known.eq_ignore_ascii_case(text));
                let param = trigger.position(Target::Param, &self.index);
                hooks.extend(param.zip(entry).map(|(param, entry)| Hook { qaction: at, param, entry: first + entry }));
            }
            first += own.len();
        }
        hooks
    }
}
