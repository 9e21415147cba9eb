//! The form of what is written: one walk over the tree by the table of the language, one mechanism a kind of fault.
//!
//! For one value the order is: missing, empty, invalid, the reference, untrimmed; the first one that fires ends it. An
//! item without a valid id has that fault and no other. Elements and attributes that the table does not have are
//! reported by the model's marks.

mod facts;
mod reference;
mod unique;
mod value;

use super::file::File;
use crate::diagnostic::{Fault, Faults, Kind};
use crate::parse::{Element, Slot};
use crate::schema::{Node, NodeIndex, Part, schema};
use crate::source::Span;
use crate::text::quoted;
use facts::{Uniqueness, facts};

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let mut walk = Walk { file, faults };
    if let Some(root) = schema().root() {
        walk.element(root, file.root);
    }
}

/// Whether `child` of `trigger` is what a connection has to say for a trigger on communication: any text (5.6.1).
fn is_heard(trigger: &Element, child: &Element) -> bool {
    child.name == "Time"
        && trigger.name == "Trigger"
        && trigger.find("On").is_some_and(|on| on.text.trim().eq_ignore_ascii_case("communication"))
}

/// The id of the group that tests the connection (GRP-17).
const PING_GROUP: &str = "-1";

struct Walk<'f, 'd> {
    file: &'f File<'d>,
    faults: &'f mut Faults,
}

impl<'d> Walk<'_, 'd> {
    /// Judges `element`, whose node is `index`, and all that it holds.
    fn element(&mut self, index: NodeIndex, element: &'d Element) {
        let Some(node) = schema().node(index) else { return };
        if let Some(id) = node.attribute("id").filter(|&id| facts(id).unique == Some(Uniqueness::Id))
            && !self.id(id, element)
        {
            return;
        }
        self.value(index, element, Slot::look(element));
        for attribute in &element.attributes {
            let is_ping_group = attribute.name == "id" && attribute.value.trim() == PING_GROUP;
            if let Some(index) = node.attribute(&attribute.name).filter(|_| !is_ping_group) {
                self.value(index, element, Slot::attribute(attribute));
            }
        }
        self.missing(node, element);
        for child in element.children.iter().filter(|child| !is_heard(element, child)) {
            if let Some(index) = node.element(&child.name) {
                self.element(index, child);
            }
        }
        self.repeated(node, element);
        self.unique(node, element);
    }

    /// Whether the item in `element` has a valid id. A wrong one is reported as any value is, a missing one as well.
    fn id(&mut self, index: NodeIndex, element: &'d Element) -> bool {
        let Some(id) = element.get("id").map(Slot::attribute) else {
            self.lacking(index, element);
            return false;
        };
        // 4.8.4: `-1` is the ping group, where there is something to ping.
        if element.name == "Group" && id.trimmed() == PING_GROUP && self.file.can_ping() {
            return true;
        }
        if id.is_blank() || !schema().node(index).is_some_and(|_| facts(index).form.accepts(id.trimmed())) {
            self.value(index, element, id);
            return false;
        }
        true
    }

    /// Reports what must stand in `element` and does not.
    fn missing(&mut self, node: &Node, element: &'d Element) {
        let elements = node.elements().filter(|(name, _)| element.find(name).is_none());
        let attributes = node.attributes().filter(|(name, _)| element.get(name).is_none());
        for (_, index) in attributes.chain(elements) {
            let fact = facts(index);
            if fact.is_needed && fact.unless.is_none_or(|other| element.find(other).is_none()) {
                self.lacking(index, element);
            }
        }
    }

    /// Reports that what is at `index` of the table does not stand in `element`.
    fn lacking(&mut self, index: NodeIndex, element: &Element) {
        let Some(node) = schema().node(index) else { return };
        let name = node.name();
        // What every connector says about itself: a fragment lacks it.
        let is_head = element.name == "Protocol";
        let (kind, missing, help) = match (node.is_attribute(), is_head) {
            (true, _) => {
                let value = facts(index).best.unwrap_or("…");
                (Kind::MissingAttribute, format!("@{name}"), format!("write `<{} {name}=\"{value}\">`", element.name))
            }
            (false, false) => (Kind::MissingElement, format!("/{name}"), format!("add `<{name}>…</{name}>`")),
            (false, true) => {
                let either = facts(index).unless.map(|other| format!(" or `<{other}>…</{other}>`")).unwrap_or_default();
                let help = format!("add `<{name}>…</{name}>`{either}, or check the file as the fragment that it is");
                (Kind::MissingHead, format!("/{name}"), help)
            }
        };
        let message = format!("this {} has no `{name}`", quoted(&element.name));
        let fault = fault(index, kind, element.name_span, message);
        self.faults.add(fault.help(help).missing(missing));
    }

    /// Reports elements that stand in `element` more often than they can.
    fn repeated(&mut self, node: &Node, element: &Element) {
        let mut first: Vec<(NodeIndex, Span)> = Vec::new();
        for child in &element.children {
            let Some(index) = node.element(&child.name) else { continue };
            if schema().node(index).is_none_or(|node| node.is_repeated) {
                continue;
            }
            let Some(&(_, earlier)) = first.iter().find(|(seen, _)| *seen == index) else {
                first.push((index, child.name_span));
                continue;
            };
            let message = format!("{} stands here twice", quoted(&child.name));
            let fault = fault(index, Kind::DuplicateElement, child.name_span, message);
            self.faults.add(fault.help("keep one of the two").related(earlier, "the first one"));
        }
    }
}

/// A fault of `kind` at the node `index`: as its rule says, else by the part of the language.
fn fault(index: NodeIndex, kind: Kind, span: Span, message: String) -> Fault {
    if let Some(rule) = facts(index).rule(kind) {
        return Fault::rule(rule.id, span, message);
    }
    match schema().node(index).map_or(Part::Core, |node| node.part) {
        part if part.decides() && kind != Kind::UntrimmedValue => Fault::error(kind, span, message),
        _ => Fault::style(kind, span, message),
    }
}
