//! Parameters and triggers by what the connector file calls them, for hooks that loop over ids.

use std::cell::OnceCell;

use genlock_spec::{ParamIndex, ParamKind, Spec, TriggerIndex};

use super::Engine;

/// Ids and their rows, sorted by id; made when it is first asked for.
#[derive(Debug, Default)]
pub(super) struct Lookup {
    params: OnceCell<Vec<(u32, ParamIndex)>>,
    triggers: OnceCell<Vec<(u32, TriggerIndex)>>,
}

/// Which of the parameters of a name is meant: a read and a write parameter may share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Read,
    Write,
}

fn sorted<I>(ids: impl Iterator<Item = (u32, I)>) -> Vec<(u32, I)> {
    let mut rows: Vec<(u32, I)> = ids.collect();
    rows.sort_by_key(|(id, _)| *id);
    rows
}

fn find<I: Copy>(rows: &[(u32, I)], id: u32) -> Option<I> {
    let position = rows.binary_search_by_key(&id, |(id, _)| *id).ok()?;
    rows.get(position).map(|(_, index)| *index)
}

impl Lookup {
    fn param(&self, spec: &Spec<'_>, pid: u32) -> Option<ParamIndex> {
        let ids = || sorted(spec.params.iter().zip(0..).map(|(row, index)| (row.pid, ParamIndex(index))));
        find(self.params.get_or_init(ids), pid)
    }

    fn trigger(&self, spec: &Spec<'_>, id: u32) -> Option<TriggerIndex> {
        let ids = || sorted(spec.triggers.iter().zip(0..).map(|(row, index)| (row.id, TriggerIndex(index))));
        find(self.triggers.get_or_init(ids), id)
    }
}

impl Engine<'_> {
    /// The parameter with this id.
    pub(crate) fn param_by_id(&self, pid: u32) -> Option<ParamIndex> {
        self.lookup.param(&self.spec, pid)
    }

    /// The trigger with this id.
    pub(crate) fn trigger_by_id(&self, id: u32) -> Option<TriggerIndex> {
        self.lookup.trigger(&self.spec, id)
    }

    /// The parameter with this name on this side; without a side, the write parameter if there is one (QA-47).
    pub(crate) fn param_by_name(&self, name: &str, side: Option<Side>) -> Option<ParamIndex> {
        let is_meant = |kind: ParamKind| side.is_none_or(|side| (side == Side::Write) == kind.is_write());
        let rows = self.spec.params.iter().zip(0..);
        let mut named = rows.filter(|(row, _)| self.spec.text(row.name) == name && is_meant(row.kind));
        let first = named.next()?;
        let (_, index) = named.chain([first]).find(|(row, _)| row.kind.is_write()).unwrap_or(first);
        Some(ParamIndex(index))
    }
}
