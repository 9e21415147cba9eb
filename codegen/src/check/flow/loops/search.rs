//! A depth-first search with a path of its own instead of recursion, so that no file can exhaust the stack.

use std::collections::BTreeMap;

use super::Step;
use super::graph::{Edge, Graph};
use super::node::Node;

/// What is known about an item.
enum State {
    /// It is on the path, at this depth.
    Open(usize),
    /// It is fully explored, and not entered again.
    Done,
}

/// The path from the item at which the search began.
struct Path {
    /// The items with what leads on from each; that of the last one is what was followed last.
    steps: Vec<Step>,
    /// What is left to follow from each.
    rest: Vec<std::vec::IntoIter<Edge>>,
    /// How many items up to and including each have a condition.
    guarded: Vec<usize>,
}

/// Hands each loop to `found`, from the item that it comes back to, with whether an item on it has a condition.
pub(super) fn loops(graph: &Graph<'_, '_>, mut found: impl FnMut(&[Step], bool)) {
    let mut states: BTreeMap<Node, State> = BTreeMap::new();
    let mut path = Path { steps: Vec::new(), rest: Vec::new(), guarded: Vec::new() };
    for start in graph.starts() {
        if states.contains_key(&start) {
            continue;
        }
        path.enter(graph, start, &mut states);
        while let Some(edge) = path.follow(&mut states) {
            match states.get(&edge.to) {
                None => path.enter(graph, edge.to, &mut states),
                Some(&State::Open(depth)) => {
                    let before = depth.checked_sub(1).and_then(|before| path.guarded.get(before)).copied();
                    let is_guarded = path.guarded.last().copied() > Some(before.unwrap_or(0));
                    found(path.steps.get(depth..).unwrap_or_default(), is_guarded);
                }
                Some(State::Done) => {}
            }
        }
    }
}

impl Path {
    fn enter(&mut self, graph: &Graph<'_, '_>, node: Node, states: &mut BTreeMap<Node, State>) {
        states.insert(node, State::Open(self.steps.len()));
        let edges = graph.edges(node);
        let guarded = self.guarded.last().copied().unwrap_or(0) + usize::from(graph.is_guarded(node));
        // Nothing is followed yet; the first edge stands for it.
        let Some(&edge) = edges.first() else {
            states.insert(node, State::Done);
            return;
        };
        self.steps.push(Step { from: node, edge });
        self.rest.push(edges.into_iter());
        self.guarded.push(guarded);
    }

    /// The next edge to follow; what has none left is explored.
    fn follow(&mut self, states: &mut BTreeMap<Node, State>) -> Option<Edge> {
        loop {
            let step = self.steps.last_mut()?;
            if let Some(edge) = self.rest.last_mut()?.next() {
                step.edge = edge;
                return Some(edge);
            }
            states.insert(step.from, State::Done);
            self.steps.pop();
            self.rest.pop();
            self.guarded.pop();
        }
    }
}
