//! What the model has not read: reported by name, so that nothing is skipped in silence.

use std::collections::BTreeMap;

use crate::diagnostic::{Fault, Faults, Kind, Severity};
use crate::parse::{Document, Element};
use crate::schema::{Node, NodeIndex, Part, schema};
use crate::source::Span;
use crate::text::{counted, either, nearest, quoted};

/// Reports every element, attribute and text of the tree that nobody has read.
pub(crate) fn report(document: &Document, faults: &mut Faults) {
    let mut walk = Walk { faults, unused: BTreeMap::new() };
    if let Some(root) = document.root.as_ref().filter(|root| root.taken.get())
        && let Some(node) = schema().root().and_then(|index| schema().node(index))
    {
        walk.element(root, node);
    }
    let unused = walk.unused;
    for (path, (part, first, count)) in unused {
        let name = path.rsplit(['/', '@']).next().unwrap_or(path);
        let places = if count == 1 { String::new() } else { format!(" ({} in this file)", counted(count, "place")) };
        let message = format!("{} is about {} and has no effect on a driver{places}", quoted(name), part.name());
        faults.add(Fault::style(Kind::NotUsed, first, message));
    }
}

/// What says which thread runs a group (THR-01, GRP-10). The threads of the platform promise no order among each other, so
/// one queue for all of them is one of the orders that a driver meets there; what it can notice is how long it waits.
const THREADS: [&str; 2] = ["Protocol/Threads", "Protocol/Groups/Group@threadId"];

/// How many known names are listed; more do not help.
const LISTED: usize = 12;

struct Walk<'f> {
    faults: &'f mut Faults,
    /// Names that have no effect: why, the first place and the number of places.
    unused: BTreeMap<&'static str, (Part, Span, usize)>,
}

impl Walk<'_> {
    /// Reports what is unread in `element`, which itself is read and whose node is `node`.
    fn element(&mut self, element: &Element, node: &'static Node) {
        if !element.text_taken.get() && !element.text.trim().is_empty() {
            let message = format!("the text in this {} has no effect", quoted(&element.name));
            let fault = Fault::warning(Kind::UnexpectedText, element.text_span, message);
            self.faults.add(fault.help("remove it, or put it in a comment: `<!-- … -->`"));
        }
        for attribute in element.attributes.iter().filter(|attribute| !attribute.taken.get()) {
            let known = node.attribute(&attribute.name);
            let names = || node.attributes().map(|(name, _)| name);
            self.unread(known, &attribute.name, attribute.name_span, Kind::UnknownAttribute, names);
        }
        for child in &element.children {
            let known = node.element(&child.name);
            if let Some(node) = known.and_then(|index| schema().node(index)).filter(|_| child.taken.get()) {
                self.element(child, node);
            } else {
                let names = || node.elements().map(|(name, _)| name);
                self.unread(known, &child.name, child.name_span, Kind::UnknownElement, names);
            }
        }
    }

    fn unread<N: Iterator<Item = &'static str>>(
        &mut self,
        known: Option<NodeIndex>,
        name: &str,
        span: Span,
        unknown: Kind,
        names: impl Fn() -> N,
    ) {
        let known = known.and_then(|index| schema().node(index));
        let fault = match known.map(|node| (node.part, node.path)) {
            Some((Part::Metadata, _)) => return,
            Some((part @ (Part::Presentation | Part::Services), path)) => {
                self.unused.entry(path).or_insert((part, span, 0)).2 += 1;
                return;
            }
            Some((_, path)) if THREADS.contains(&path) => {
                let message = format!("{} has no effect: all groups of an element wait in one queue", quoted(name));
                Fault::warning(Kind::NotCarriedOut, span, message)
                    .help("reckon with groups that wait for one of another thread to end, its timeouts included")
            }
            // What is not listed needs no words.
            Some((Part::Core | Part::Other(_), _)) | None if self.faults.is_full() => {
                return self.faults.leave_out(Severity::Error);
            }
            Some((Part::Core, _)) => {
                Fault::error(Kind::NotCarriedOut, span, format!("genlock does not carry out {} here", quoted(name)))
                    .help("remove it if the driver works without it")
            }
            Some((Part::Other(part), _)) => {
                let message = format!("{} belongs to {part}, which genlock does not carry out", quoted(name));
                Fault::error(Kind::NotCarriedOut, span, message).help("remove it if the driver works without it")
            }
            None => {
                let fault = Fault::error(unknown, span, format!("{} is unknown here", quoted(name)));
                match nearest(name, names()) {
                    Some(known) => fault.help(format!("did you mean `{known}`?")),
                    None if names().next().is_none() => fault.help("nothing of this kind can stand here"),
                    None if names().nth(LISTED).is_none() => fault.help(format!("known here: {}", either(names()))),
                    None => fault.help("remove it, or put it where it belongs"),
                }
            }
        };
        self.faults.add(fault);
    }
}
