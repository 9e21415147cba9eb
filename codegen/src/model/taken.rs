//! What the model has read, as places of the language.

use std::collections::BTreeSet;

use crate::parse::{Document, Element};
use crate::schema::{Node, schema};

/// The paths of all elements and attributes of the language that were read in the tree.
pub(crate) fn taken(document: &Document) -> BTreeSet<&'static str> {
    let mut paths = BTreeSet::new();
    let root = document.root.as_ref().filter(|root| root.taken.get());
    if let (Some(root), Some(node)) = (root, schema().root().and_then(|index| schema().node(index))) {
        walk(root, node, &mut paths);
    }
    paths
}

fn walk(element: &Element, node: &'static Node, paths: &mut BTreeSet<&'static str>) {
    paths.insert(node.path);
    for attribute in element.attributes.iter().filter(|attribute| attribute.taken.get()) {
        let node = node.attribute(&attribute.name).and_then(|index| schema().node(index));
        paths.extend(node.map(|node| node.path));
    }
    for child in element.children.iter().filter(|child| child.taken.get()) {
        if let Some(node) = node.element(&child.name).and_then(|index| schema().node(index)) {
            walk(child, node, paths);
        }
    }
}
