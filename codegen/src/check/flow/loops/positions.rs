//! Where the items stand in the file's lists.

use std::collections::BTreeMap;

use crate::check::file::{File, Items};

/// Positions by id, for each kind of item; the first of equal ids.
pub(super) struct Positions {
    pub(super) params: BTreeMap<u32, u32>,
    pub(super) triggers: BTreeMap<u32, u32>,
    pub(super) actions: BTreeMap<u32, u32>,
    pub(super) pairs: BTreeMap<u32, u32>,
    pub(super) commands: BTreeMap<u32, u32>,
    pub(super) responses: BTreeMap<u32, u32>,
    pub(super) timers: BTreeMap<u32, u32>,
    pub(super) groups: BTreeMap<u32, u32>,
    pub(super) sessions: BTreeMap<u32, u32>,
}

impl Positions {
    pub(super) fn new(file: &File<'_>) -> Self {
        let of = |items: &Items<'_>| first(items.all().iter().map(|item| item.id));
        Self {
            params: first(file.params.iter().map(|param| Some(param.id))),
            triggers: of(&file.triggers),
            actions: of(&file.actions),
            pairs: of(&file.pairs),
            commands: of(&file.commands),
            responses: of(&file.responses),
            timers: of(&file.timers),
            groups: of(&file.groups),
            sessions: of(&file.sessions),
        }
    }
}

fn first(ids: impl Iterator<Item = Option<u32>>) -> BTreeMap<u32, u32> {
    let mut positions = BTreeMap::new();
    for (id, at) in ids.zip(0..).filter_map(|(id, at)| Some((id?, at))) {
        positions.entry(id).or_insert(at);
    }
    positions
}
