//! What runs comes to an end (1.24; TRG-48): no item leads to itself.
//!
//! The items are the nodes of a graph ([`graph`]), what one sets off are its edges; [`search`] finds the paths that
//! come back to an item on them.

mod aggregate;
mod graph;
mod node;
mod positions;
mod search;

use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};
use graph::{Edge, Graph};
use node::Node;

/// How many steps of a loop are shown.
const SHOWN: usize = 8;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let graph = Graph::new(file);
    search::loops(&graph, |cycle, is_guarded| report(&graph, cycle, is_guarded, faults));
}

/// One step of a path: an item and what leads from it to the next one.
struct Step {
    from: Node,
    edge: Edge,
}

/// Reports a loop, which is given from the item that it comes back to.
fn report(graph: &Graph<'_, '_>, cycle: &[Step], is_guarded: bool, faults: &mut Faults) {
    // What only gathers triggers is no item of the file.
    let mut steps = cycle.iter().filter(|step| graph.element(step.from).is_some());
    let shown: Vec<&Step> = steps.by_ref().take(SHOWN).collect();
    let Some((first, element)) = shown.first().and_then(|first| Some((first, graph.element(first.from)?))) else {
        return;
    };
    if faults.is_full() {
        return;
    }
    let label = |step: &Step| graph.label(step.from);
    let rest = steps.next();
    let (rule, message, help) = if is_guarded {
        let message = format!("{} may run itself without end: only a condition stops it", label(first));
        ("1.24.2", message, "make sure that the condition becomes false at some time")
    } else {
        let message = format!("{} runs itself without end", label(first));
        ("1.24.1", message, "remove one of these steps, or give an item on the way a `Condition` that ends it")
    };
    let mut fault = Fault::rule(rule, element.name_span, message);
    for (at, step) in shown.iter().enumerate() {
        let next = shown.get(at + 1).copied().or(rest).unwrap_or(first);
        fault = fault.related(step.edge.span, format!("{} {} {}", label(step), step.edge.how, label(next)));
    }
    faults.add(fault.help(if rest.is_some() {
        format!("{help}; further steps are not shown")
    } else {
        help.to_owned()
    }));
}
