//! Ids and names that items of one kind must not share.

use std::collections::BTreeMap;

use super::facts::{Uniqueness, facts};
use super::{Walk, fault};
use crate::check::file::plain;
use crate::diagnostic::Kind;
use crate::parse::{Element, Slot};
use crate::schema::{Node, NodeIndex, schema};
use crate::source::Span;
use crate::text::quoted;

impl<'d> Walk<'_, 'd> {
    /// Judges the ids and names of the items in `list`, whose node is `node`.
    pub(super) fn unique(&mut self, node: &Node, list: &'d Element) {
        for (name, index) in node.elements() {
            let Some(item) = schema().node(index) else { continue };
            for (key, index, is_attribute) in item
                .attributes()
                .map(|(key, index)| (key, index, true))
                .chain(item.elements().map(|(key, index)| (key, index, false)))
            {
                if let Some(uniqueness) = facts(index).unique {
                    let gated = item.attribute("id").is_some_and(|id| facts(id).unique == Some(Uniqueness::Id));
                    let items = list.all(name).filter(|item| !gated || has_id(item));
                    let slot = |item: &'d Element| {
                        if is_attribute { item.get(key).map(Slot::attribute) } else { item.find(key).map(Slot::look) }
                    };
                    self.distinct(index, uniqueness, name, items.filter_map(slot));
                }
            }
        }
    }

    fn distinct(
        &mut self,
        index: NodeIndex,
        uniqueness: Uniqueness,
        item: &str,
        slots: impl Iterator<Item = Slot<'d>>,
    ) {
        let mut first: BTreeMap<String, Span> = BTreeMap::new();
        for slot in slots.filter(|slot| !slot.is_blank()) {
            let (kind, what, key) = match uniqueness {
                Uniqueness::Id => (Kind::DuplicateId, "id", slot.trimmed().to_owned()),
                Uniqueness::Name => (Kind::DuplicateName, "name", slot.trimmed().to_lowercase()),
            };
            let Some(&earlier) = first.get(&key) else {
                first.insert(key, slot.span);
                continue;
            };
            let message = format!("two {} elements have the {what} {}", quoted(item), quoted(slot.trimmed()));
            let fault = fault(index, kind, slot.span, message).related(earlier, "the first one");
            self.faults.add(fault.help(format!("give one of them another {what}")));
        }
    }
}

/// Whether the item has an id that counts.
fn has_id(item: &Element) -> bool {
    item.get("id").is_some_and(|id| plain(&id.value).is_some() || id.value.trim() == "-1")
}
