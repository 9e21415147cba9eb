//! Relations between tables. No element runs tables yet, so nothing here counts as taken.

use super::item::Placed;
use super::option::{Entry, separated};
use super::reference::{Form, Reference};
use crate::parse::{Element, Slot};

/// A path from table to table.
#[derive(Debug)]
pub(crate) struct Relation {
    pub(crate) name: Option<Placed<String>>,
    /// The tables, from the outermost to the innermost.
    pub(crate) path: Vec<Reference>,
    pub(crate) options: Vec<Entry>,
}

/// The relations that a file declares.
pub(super) fn read(root: &Element) -> Vec<Relation> {
    let relations = root.find("Relations").into_iter().flat_map(|relations| relations.all("Relation"));
    relations.map(Relation::read).collect()
}

impl Relation {
    fn read(element: &Element) -> Self {
        let attribute = |name: &str| element.get(name).map(Slot::attribute);
        let path = attribute("path").into_iter().flat_map(Slot::parts);
        Self {
            name: attribute("name").and_then(|name| name.filled()),
            path: path.filter_map(|entry| Form::Loose.read(entry.raw, entry.span)).collect(),
            options: attribute("options").map_or_else(Vec::new, separated),
        }
    }
}
