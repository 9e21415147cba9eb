//! Who calls whom in a file, right or wrong: nothing here judges, and nothing is left out because it is faulty.

use std::collections::{BTreeMap, BTreeSet};

use super::kind::Kind;
use super::links;
use crate::parse::Element;

/// Who calls whom.
#[derive(Debug, Default)]
pub(super) struct Calls {
    /// What is declared, and what is referred to without being declared.
    pub(super) nodes: BTreeMap<Node, Item>,
    /// In document order of the callers.
    pub(super) edges: Vec<Edge>,
    seen: BTreeSet<Edge>,
}

/// An item, or what stands for several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    /// The one with this id. `-1` is the group that tests the connection.
    Item(Kind, i64),
    /// Every item of the kind that has no trigger of its own (TRG-30).
    Each(Kind),
    /// The one at this position in the file, which has no valid id.
    Nameless(Kind, usize),
}

/// What is known of a node.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    /// Its name, and what else is said of it.
    pub(super) lines: Vec<String>,
    /// Whether the file declares it.
    pub(super) is_declared: bool,
}

/// That one calls another, or that it is read by it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    pub(super) from: Node,
    pub(super) to: Node,
    /// When, or how.
    pub(super) label: String,
    /// Whether the one at the end only reads the one at the start.
    pub(super) is_read: bool,
}

impl Calls {
    /// Reads the tree of a file, whose outermost element is `Protocol`.
    pub(super) fn read(root: &Element) -> Self {
        let mut calls = Self::default();
        let protocol = Item { lines: vec![text(root, "Name")], is_declared: true };
        calls.nodes.insert(Node::Item(Kind::Protocol, 0), protocol);
        let mut items = Vec::new();
        for kind in Kind::ALL {
            let (list, item) = kind.elements();
            let elements = root.all(list).flat_map(|list| list.all(item));
            for (position, element) in elements.enumerate() {
                let node = node(kind, element, position);
                // Of several items with one id the first one counts.
                calls.nodes.entry(node).or_insert_with(|| Item { lines: lines(kind, element), is_declared: true });
                items.push((kind, node, element));
            }
        }
        for &(kind, node, element) in &items {
            links::of(kind, node, element, &mut calls);
        }
        links::of_setters(&items, &mut calls);
        calls.forget_the_uncalled_params();
        calls
    }

    /// Adds that `from` calls what `to` refers to.
    pub(super) fn call(&mut self, from: Node, to: Node, label: impl Into<String>) {
        self.add(Edge { from, to, label: label.into(), is_read: false });
    }

    /// Adds that `to` reads `from`.
    pub(super) fn read_by(&mut self, from: Node, to: Node, label: impl Into<String>) {
        self.add(Edge { from, to, label: label.into(), is_read: true });
    }

    fn add(&mut self, edge: Edge) {
        for node in [edge.from, edge.to] {
            let is_declared = matches!(node, Node::Each(_));
            self.nodes.entry(node).or_insert_with(|| Item { lines: Vec::new(), is_declared });
        }
        if self.seen.insert(edge.clone()) {
            self.edges.push(edge);
        }
    }

    /// Most parameters only hold a value.
    fn forget_the_uncalled_params(&mut self) {
        let used: BTreeSet<Node> = self.edges.iter().flat_map(|edge| [edge.from, edge.to]).collect();
        self.nodes.retain(|node, _| {
            !matches!(node, Node::Item(Kind::Param | Kind::Protocol, _) | Node::Nameless(Kind::Param, _))
                || used.contains(node)
        });
    }
}

impl Node {
    /// Its kind.
    pub(super) const fn kind(self) -> Kind {
        match self {
            Self::Item(kind, _) | Self::Each(kind) | Self::Nameless(kind, _) => kind,
        }
    }
}

/// The node of an item. A connection without an id has its position.
fn node(kind: Kind, element: &Element, position: usize) -> Node {
    let id = element.get("id").map(|id| id.value.as_str());
    match id.and_then(|id| number(id).or_else(|| (kind == Kind::Group && id.trim() == "-1").then_some(-1))) {
        Some(id) => Node::Item(kind, id),
        None if kind == Kind::Connection && id.is_none() => {
            Node::Item(kind, i64::try_from(position).unwrap_or(i64::MAX))
        }
        None => Node::Nameless(kind, position),
    }
}

/// What is said of an item.
fn lines(kind: Kind, element: &Element) -> Vec<String> {
    let name = match kind {
        Kind::QAction | Kind::Session | Kind::Connection => {
            element.get("name").map_or_else(String::new, |name| name.value.trim().to_owned())
        }
        _ => text(element, "Name"),
    };
    let more = match kind {
        Kind::Timer => Some(text(element, "Time"))
            .filter(|time| !time.is_empty())
            .map(|time| if number(&time).is_some() { format!("{time} ms") } else { time }),
        Kind::Group => Some(text(element, "Type")),
        Kind::Action => Some(format!("{} on {}", text(element, "Type"), text(element, "On"))),
        _ => None,
    };
    [Some(name), more].into_iter().flatten().filter(|line| !line.trim().is_empty()).collect()
}

/// The trimmed text of the element `name` in `element`.
pub(super) fn text(element: &Element, name: &str) -> String {
    element.find(name).map_or_else(String::new, |child| child.text.trim().to_owned())
}

/// The number that `text` is, white space, a sign and leading zeros let pass: what was meant is what is drawn.
pub(super) fn number(text: &str) -> Option<i64> {
    let text = text.trim();
    text.strip_prefix('+').unwrap_or(text).parse::<u32>().ok().map(i64::from)
}
