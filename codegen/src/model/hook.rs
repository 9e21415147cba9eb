//! Which function runs for which parameter.

use std::collections::BTreeMap;

use super::{Model, QAction, Target};

/// The functions that the user writes, and what runs them.
#[derive(Debug, Default)]
pub(crate) struct Hooks<'m> {
    /// The functions in document order: one for each distinct entry point of each QAction (QA-11).
    pub(crate) entries: Vec<Entry<'m>>,
    /// The trigger parameters of all QActions, in document order (QA-04).
    pub(crate) hooks: Vec<Hook>,
}

/// One trigger parameter of one QAction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hook {
    /// The position of the QAction.
    pub(crate) qaction: usize,
    /// The position of the parameter.
    pub(crate) param: usize,
    /// The position of the function in [`Hooks::entries`].
    pub(crate) entry: usize,
}

/// One function that the user writes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'m> {
    pub(crate) qaction: &'m QAction,
    /// What it is named by: the method, or the QAction's name when there is no `entryPoint` (QA-10).
    pub(crate) name: &'m str,
}

impl Model {
    /// The functions that the user writes, and what runs them.
    pub(crate) fn hooks(&self) -> Hooks<'_> {
        let mut hooks = Hooks::default();
        for (at, qaction) in self.qactions.iter().enumerate() {
            let mut known = BTreeMap::new();
            for (position, trigger) in qaction.triggers.iter().enumerate() {
                let entry_point = qaction.entry_points.as_ref().and_then(|entries| entries.value.get(position));
                let text = entry_point.map_or("", |entry| entry.text.as_str());
                let entry = *known.entry(text).or_insert_with(|| {
                    let name = entry_point.map_or(qaction.head.name(), |entry| &entry.method);
                    hooks.entries.push(Entry { qaction, name });
                    hooks.entries.len() - 1
                });
                let param = trigger.position(Target::Param, &self.index).filter(|_| !qaction.of_groups);
                hooks.hooks.extend(param.map(|param| Hook { qaction: at, param, entry }));
            }
        }
        hooks
    }
}
