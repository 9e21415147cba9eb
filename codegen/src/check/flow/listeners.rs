//! The triggers by what they wait for: the kind of item, the moment, and the item.

use std::collections::BTreeMap;

use crate::check::file::{File, Item, loose};

/// The triggers of one kind of item and one moment.
#[derive(Default)]
pub(super) struct Listeners<'d> {
    /// Those on one item, by its id, in document order.
    dedicated: BTreeMap<u32, Vec<Item<'d>>>,
    /// Those on each, in document order.
    pub(super) each: Vec<Item<'d>>,
}

impl<'d> Listeners<'d> {
    /// The triggers on items of the kind `on` at one of `times`.
    pub(super) fn new(file: &File<'d>, on: &str, times: &[&str]) -> Self {
        let mut listeners = Self::default();
        for trigger in file.triggers.valid() {
            let Some(target) = trigger.element.find("On").filter(|found| found.text.trim().eq_ignore_ascii_case(on))
            else {
                continue;
            };
            if !trigger.text(&["Time"]).is_some_and(|time| times.iter().any(|wanted| time.is(wanted))) {
                continue;
            }
            let Some(id) = target.get("id").map(|id| id.value.trim()) else { continue };
            if id.eq_ignore_ascii_case("each") {
                listeners.each.push(trigger);
            } else if let Some(id) = loose(id) {
                listeners.dedicated.entry(id).or_default().push(trigger);
            }
        }
        listeners
    }

    /// Those on the item `id` alone.
    pub(super) fn dedicated(&self, id: u32) -> &[Item<'d>] {
        self.dedicated.get(&id).map_or(&[], Vec::as_slice)
    }
}

/// The actions that a trigger of type action starts.
pub(super) fn actions<'f, 'd: 'f>(
    file: &'f File<'d>,
    trigger: &Item<'d>,
) -> impl Iterator<Item = Item<'d>> + use<'f, 'd> {
    let is_of_actions = trigger.text(&["Type"]).is_some_and(|kind| kind.is("action"));
    let content = trigger.element.find("Content").filter(|_| is_of_actions);
    let ids = content.into_iter().flat_map(|content| content.all("Id"));
    ids.filter_map(|id| loose(&id.text)).filter_map(|id| file.actions.find(id))
}
