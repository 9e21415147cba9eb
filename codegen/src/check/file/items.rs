//! Items of one kind.

use std::collections::BTreeMap;

use super::number::{loose, plain};
use crate::parse::{Element, Slot};
use crate::source::Span;

/// The items of one kind, in document order.
pub(crate) struct Items<'d> {
    all: Vec<Item<'d>>,
    /// Positions of those with a valid id; the first of equal ids.
    by_id: BTreeMap<u32, usize>,
}

/// An item.
#[derive(Clone, Copy)]
pub(crate) struct Item<'d> {
    pub(crate) element: &'d Element,
    /// Its id; none when it has no valid one, and when it is the ping group.
    pub(crate) id: Option<u32>,
    /// Whether it is judged: an item without a valid id has that fault and no other. `-1` is the ping group.
    is_judged: bool,
}

impl<'d> Items<'d> {
    /// The elements `item` in the elements `list` of `root`.
    pub(super) fn new(root: &'d Element, list: &'static str, item: &'static str) -> Self {
        let of = |element: &'d Element| {
            let id = element.get("id").map(|id| id.value.trim());
            let number = id.and_then(plain);
            Item { element, id: number, is_judged: number.is_some() || (item == "Group" && id == Some("-1")) }
        };
        let all: Vec<Item<'d>> = root.all(list).flat_map(|list| list.all(item)).map(of).collect();
        let mut by_id = BTreeMap::new();
        for (position, id) in all.iter().enumerate().filter_map(|(position, item)| Some((position, item.id?))) {
            by_id.entry(id).or_insert(position);
        }
        Self { all, by_id }
    }

    /// Those with a valid id, and the ping group.
    pub(crate) fn valid(&self) -> impl Iterator<Item = Item<'d>> + '_ {
        self.all.iter().copied().filter(|item| item.is_judged)
    }

    /// Whether one has a valid id.
    pub(super) fn has_any(&self) -> bool {
        !self.by_id.is_empty()
    }

    /// Every one, whatever its id.
    pub(crate) fn all(&self) -> &[Item<'d>] {
        &self.all
    }

    /// Up to `count` ids near `id` on each side, and whether these are all.
    pub(super) fn near(&self, id: u32, count: usize) -> (Vec<u32>, bool) {
        let mut below = self.by_id.range(..id).rev().map(|(&id, _)| id);
        let mut above = self.by_id.range(id.saturating_add(1)..).map(|(&id, _)| id);
        let mut near: Vec<u32> = below.by_ref().take(count).chain(above.by_ref().take(count)).collect();
        near.sort_unstable();
        (near, below.next().is_none() && above.next().is_none())
    }

    /// The one with this id.
    pub(crate) fn find(&self, id: u32) -> Option<Item<'d>> {
        self.by_id.get(&id).and_then(|&position| self.all.get(position)).copied()
    }
}

impl<'d> Item<'d> {
    /// The text of the element at the path `names` below it.
    pub(crate) fn text(&self, names: &[&str]) -> Option<Slot<'d>> {
        self.element.find_at(names).map(Slot::look)
    }

    /// The value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<Slot<'d>> {
        self.element.get(name).map(Slot::attribute)
    }

    /// The connection of a pair or a response: its option `connection:N`, 0 without it.
    pub(crate) fn connection(&self) -> u32 {
        let options = self.attribute("options").into_iter().flat_map(Slot::parts);
        let mut numbers = options.filter_map(|part| {
            let (name, number) = part.raw.split_once(':')?;
            name.trim().eq_ignore_ascii_case("connection").then(|| loose(number)).flatten()
        });
        numbers.next().unwrap_or(0)
    }

    /// `group 7`, as messages call it.
    pub(crate) fn label(&self) -> String {
        let noun = match self.element.name.as_str() {
            "Param" => "parameter".to_owned(),
            "QAction" => "QAction".to_owned(),
            name => name.to_lowercase(),
        };
        match self.element.get("id").map(|id| id.value.trim()).filter(|id| !id.is_empty()) {
            Some(id) => format!("{noun} {id}"),
            None => format!("this {noun}"),
        }
    }

    /// Where it is declared, to point at.
    pub(crate) fn name_span(&self) -> Span {
        self.element.name_span
    }

    /// Whether it has a condition that is not blank.
    pub(crate) fn is_conditional(&self) -> bool {
        self.text(&["Condition"]).is_some_and(|condition| !condition.is_blank())
    }
}
