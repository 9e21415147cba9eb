//! Which item has which id.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound::{Excluded, Unbounded};

use super::Model;
use super::item::Head;
use super::reference::Target;

/// The first item of each id, as its position in the model's list of its kind.
#[derive(Debug, Default)]
pub(crate) struct Index {
    positions: BTreeMap<(Target, i64), usize>,
    /// The parameters of each name, in lower case.
    named: BTreeMap<String, Vec<usize>>,
    /// The ids of the sessions that connections name as their handshakes.
    handshakes: BTreeSet<i64>,
}

impl Index {
    pub(super) fn new(model: &Model) -> Self {
        let mut index = Self::default();
        for (target, position, head) in model.heads() {
            if let Some(id) = head.id() {
                index.positions.entry((target, id)).or_insert(position);
                if target == Target::Param && !head.name().is_empty() {
                    index.named.entry(head.name().to_lowercase()).or_default().push(position);
                }
            }
        }
        let handshakes = model.connections.iter().filter_map(|connection| connection.handshake.as_ref()?.id);
        index.handshakes.extend(handshakes);
        index
    }

    /// Whether a connection names the session `id` as its handshake.
    pub(crate) fn is_handshake(&self, id: i64) -> bool {
        self.handshakes.contains(&id)
    }

    /// The position of the item with the id `id`.
    pub(crate) fn position(&self, target: Target, id: i64) -> Option<usize> {
        self.positions.get(&(target, id)).copied()
    }

    /// The positions of the parameters with this name, which is in lower case.
    pub(crate) fn named(&self, name: &str) -> &[usize] {
        self.named.get(name).map_or(&[], Vec::as_slice)
    }

    /// Up to `count` ids near `id` on each side, and whether these are all.
    pub(crate) fn near(&self, target: Target, id: i64, count: usize) -> (Vec<i64>, bool) {
        let ids = |(&(kind, id), _): (&(Target, i64), &usize)| (kind == target).then_some(id);
        let mut below = self.positions.range(..(target, id)).rev().map_while(ids);
        let mut above = self.positions.range((Excluded((target, id)), Unbounded)).map_while(ids);
        let mut near: Vec<i64> = below.by_ref().take(count).chain(above.by_ref().take(count)).collect();
        near.sort_unstable();
        (near, below.next().is_none() && above.next().is_none())
    }
}

impl Model {
    /// Every item with its position in the list of its kind; connections of sessions left out, whose ids count
    /// within their session.
    pub(crate) fn heads(&self) -> impl Iterator<Item = (Target, usize, &Head)> {
        fn of<T>(
            target: Target,
            items: &[T],
            head: impl Fn(&T) -> &Head,
        ) -> impl Iterator<Item = (Target, usize, &Head)> {
            items.iter().enumerate().map(move |(position, item)| (target, position, head(item)))
        }
        of(Target::Connection, &self.connections, |item| &item.head)
            .chain(of(Target::Param, &self.params, |item| &item.head))
            .chain(of(Target::Command, &self.commands, |item| &item.head))
            .chain(of(Target::Response, &self.responses, |item| &item.head))
            .chain(of(Target::Pair, &self.pairs, |item| &item.head))
            .chain(of(Target::Session, &self.sessions, |item| &item.head))
            .chain(of(Target::Group, &self.groups, |item| &item.head))
            .chain(of(Target::Trigger, &self.triggers, |item| &item.head))
            .chain(of(Target::Action, &self.actions, |item| &item.head))
            .chain(of(Target::Timer, &self.timers, |item| &item.head))
            .chain(of(Target::QAction, &self.qactions, |item| &item.head))
    }
}
