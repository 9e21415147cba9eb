//! The language as one table: every element and attribute with the form of its value, how often it can stand, and
//! the part of the language to which it belongs.
//!
//! What is carried out is not written here: the marks of the model tell it.

mod form;

use std::collections::BTreeMap;
use std::sync::LazyLock;

pub(crate) use form::Form;

/// Path, form, cardinality, part.
const ROWS: &str = include_str!("schema.tsv");

/// An element or an attribute of the language.
#[derive(Debug)]
pub(crate) struct Node {
    /// `Protocol/Triggers/Trigger/On@id`.
    pub(crate) path: &'static str,
    /// The form of its text or value.
    pub(crate) form: Form,
    /// Whether it can stand more than once in its element.
    pub(crate) is_repeated: bool,
    /// The part of the language to which it belongs.
    pub(crate) part: Part,
    elements: BTreeMap<&'static str, NodeIndex>,
    attributes: BTreeMap<&'static str, NodeIndex>,
}

/// The position of a [`Node`] in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NodeIndex(pub(crate) usize);

/// A part of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// What a driver does.
    Core,
    /// What describes it to the platform.
    Metadata,
    /// How it is shown.
    Presentation,
    /// What the platform does beside the element: virtual elements, interfaces, exports.
    Services,
    /// Something else, by name.
    Other(&'static str),
}

impl Part {
    fn new(name: &'static str) -> Self {
        match name {
            "core" => Self::Core,
            "metadata" => Self::Metadata,
            "presentation" => Self::Presentation,
            "services of the platform" => Self::Services,
            other => Self::Other(other),
        }
    }

    /// Its name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Metadata => "metadata",
            Self::Presentation => "presentation",
            Self::Services => "services of the platform",
            Self::Other(name) => name,
        }
    }

    /// Whether what stands there decides what a driver does, so that a wrong value is an error.
    pub(crate) fn decides(self) -> bool {
        !matches!(
            self,
            Self::Metadata
                | Self::Services
                | Self::Presentation
                | Self::Other("the platform" | "SNMP" | "serial lines" | "other transports")
        )
    }
}

/// The table.
#[derive(Debug)]
pub(crate) struct Schema {
    nodes: Vec<Node>,
}

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    let mut nodes: Vec<Node> = Vec::new();
    let mut by_path: BTreeMap<&'static str, NodeIndex> = BTreeMap::new();
    for (path, form, cardinality, part) in ROWS.lines().filter_map(row) {
        let index = NodeIndex(nodes.len());
        by_path.insert(path, index);
        nodes.push(Node {
            path,
            form: Form::new(form),
            is_repeated: cardinality.ends_with("*]"),
            part: Part::new(part),
            elements: BTreeMap::new(),
            attributes: BTreeMap::new(),
        });
    }
    for (&path, &index) in &by_path {
        let Some(at) = path.rfind(['/', '@']) else { continue };
        let (parent, name) = path.split_at(at);
        let Some(parent) = by_path.get(parent).and_then(|&NodeIndex(parent)| nodes.get_mut(parent)) else { continue };
        let names = if name.starts_with('@') { &mut parent.attributes } else { &mut parent.elements };
        names.insert(name.trim_start_matches(['/', '@']), index);
    }
    Schema { nodes }
});

fn row(line: &'static str) -> Option<(&'static str, &'static str, &'static str, &'static str)> {
    let mut columns = line.split('\t');
    Some((columns.next()?, columns.next()?, columns.next()?, columns.next()?))
}

/// The table.
pub(crate) fn schema() -> &'static Schema {
    &SCHEMA
}

impl Schema {
    /// Every node.
    pub(crate) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The node at `index`.
    pub(crate) fn node(&self, NodeIndex(index): NodeIndex) -> Option<&Node> {
        self.nodes.get(index)
    }

    /// The outermost element.
    pub(crate) fn root(&self) -> Option<NodeIndex> {
        self.nodes.iter().position(|node| node.path == "Protocol").map(NodeIndex)
    }
}

impl Node {
    /// The element `name` in it.
    pub(crate) fn element(&self, name: &str) -> Option<NodeIndex> {
        self.elements.get(name).copied()
    }

    /// The attribute `name` of it.
    pub(crate) fn attribute(&self, name: &str) -> Option<NodeIndex> {
        self.attributes.get(name).copied()
    }

    /// The elements that can stand in it, by name.
    pub(crate) fn elements(&self) -> impl Iterator<Item = (&'static str, NodeIndex)> + '_ {
        self.elements.iter().map(|(&name, &index)| (name, index))
    }

    /// The attributes that it can have, by name.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&'static str, NodeIndex)> + '_ {
        self.attributes.iter().map(|(&name, &index)| (name, index))
    }

    /// Its name.
    pub(crate) fn name(&self) -> &'static str {
        self.path.rsplit(['/', '@']).next().unwrap_or(self.path)
    }

    /// Whether it is an attribute.
    pub(crate) fn is_attribute(&self) -> bool {
        self.path.contains('@')
    }
}

#[cfg(test)]
mod tests {
    use super::{ROWS, schema};

    #[test]
    fn every_row_hangs_in_the_tree() {
        let schema = schema();
        assert_eq!(schema.nodes().len(), ROWS.lines().count());
        let mut reached = 0;
        let mut open = vec![schema.root().unwrap()];
        while let Some(index) = open.pop() {
            reached += 1;
            let node = schema.node(index).unwrap();
            open.extend(node.elements().map(|(_, index)| index).chain(node.attributes().map(|(_, index)| index)));
        }
        assert_eq!(reached, schema.nodes().len());
    }

    #[test]
    fn the_table_has_all_that_the_reference_lists() {
        let reference = include_str!("../../../docs/reference/schema.tsv").lines().skip(1);
        let listed = reference.map(|line| line.split('\t').collect::<Vec<_>>());
        let listed = listed.filter(|row| matches!(row[1], "element" | "attribute"));
        let known: std::collections::BTreeSet<&str> = schema().nodes().iter().map(|node| node.path).collect();
        let missing: Vec<String> = listed
            .map(|row| row[0].split(' ').next().unwrap().to_owned())
            .filter(|path| !known.contains(path.as_str()))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
