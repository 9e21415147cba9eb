//! What calls what in a connector, drawn by [Mermaid](https://mermaid.js.org).
//!
//! The graph is made of the tree alone, so that it can be drawn of a file with faults: what is referred to and not
//! declared is in it as well, marked.

mod calls;
mod kind;
mod links;
mod mermaid;

use crate::diagnostic::Faults;
use crate::parse;
use crate::source::SourceSet;
use calls::Calls;

/// The flowchart of a file of up to `max_size` bytes, in Mermaid; none when its outermost element is not `Protocol`.
///
/// The same file gives the same text: nodes stand by kind and id, arrows in the order of the file.
pub fn mermaid(source: &SourceSet, max_size: usize) -> Option<String> {
    let document = parse::read(source, max_size, &mut Faults::default());
    let root = document.root.as_ref().filter(|root| root.name == "Protocol")?;
    Some(mermaid::print(&Calls::read(root)))
}
