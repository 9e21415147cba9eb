//! Where the comments of a file allow what.

use std::collections::BTreeMap;

use super::comment::{self, Comment, Verb, Written};
use super::fault_id::FaultId;
use crate::diagnostic::{Fault, Faults, Kind};
use crate::parse::{Document, Surroundings};
use crate::source::{SourceSet, Span};
use crate::text::quoted;

/// One rule that one comment allows in one part of the file.
#[derive(Debug)]
pub(super) struct Allowance {
    pub(super) id: FaultId,
    /// Why.
    pub(super) reason: String,
    /// Where the rule is named.
    pub(super) named: Span,
    /// Where it is allowed.
    pub(super) scope: Span,
    /// Whether the comment is one of the platform's editor, not one to genlock.
    pub(super) is_foreign: bool,
}

/// Reads the comments of a file, in document order; what they get wrong is reported.
///
/// The scopes of one rule lie inside each other or apart: they begin and end in one parent element.
pub(super) fn read(document: &Document, source: &SourceSet, faults: &mut Faults) -> Vec<Allowance> {
    let mut reader = Reader { allowances: Vec::new(), open: BTreeMap::new(), end: source.text().len(), faults };
    for &span in &document.comments {
        match comment::read(source, span) {
            Some(Ok(comment)) => reader.comment(&comment, span, document.surroundings(span.start)),
            Some(Err(malformed)) => {
                let fault = Fault::style(Kind::MalformedSuppression, malformed.span, malformed.message);
                reader.faults.add(fault.help(malformed.help));
            }
            None => {}
        }
    }
    reader.allowances
}

struct Reader<'f> {
    allowances: Vec<Allowance>,
    /// The allowances without an end yet, innermost last, by rule and by where their parent starts.
    open: BTreeMap<(FaultId, usize), Vec<usize>>,
    /// The end of the file.
    end: usize,
    faults: &'f mut Faults,
}

impl Reader<'_> {
    fn comment(&mut self, comment: &Comment<'_>, span: Span, around: Surroundings<'_>) {
        let is_foreign = comment.verb != Verb::Allow;
        let parent = around.parent.map_or(Span::new(0, self.end), |parent| parent.span);
        for &written in &comment.ids {
            let id = match written.text.parse::<FaultId>() {
                Ok(id) => id,
                Err(unknown) => {
                    // Its end says nothing new.
                    if comment.verb != Verb::Close {
                        let fault = remark(Kind::UnknownSuppression, written.span, unknown.to_string(), is_foreign);
                        self.faults.add(fault.help(unknown.help()));
                    }
                    continue;
                }
            };
            let scope = match comment.verb {
                Verb::Close => {
                    self.close(id, written, parent, span);
                    continue;
                }
                Verb::Open => {
                    self.open.entry((id, parent.start)).or_default().push(self.allowances.len());
                    Some(Span::new(span.end, parent.end))
                }
                Verb::Allow => self.scope_of_allow(written, around),
            };
            let Some(scope) = scope else { continue };
            let reason = comment.reason.clone();
            self.allowances.push(Allowance { id, reason, named: written.span, scope, is_foreign });
        }
    }

    /// The next element; before the outermost element, the whole file.
    fn scope_of_allow(&mut self, written: Written<'_>, around: Surroundings<'_>) -> Option<Span> {
        if around.next.is_none() {
            let message = format!("no element follows that could have {}", quoted(written.text));
            let fault = Fault::style(Kind::MalformedSuppression, written.span, message);
            self.faults.add(fault.help("write the comment before the element that it is about"));
        }
        around.next.map(|next| if around.parent.is_some() { next.span } else { Span::new(0, self.end) })
    }

    /// Ends the allowance of `rule` that was opened last in `parent`.
    fn close(&mut self, id: FaultId, written: Written<'_>, parent: Span, span: Span) {
        let opened = self.open.get_mut(&(id, parent.start)).and_then(Vec::pop);
        if let Some(allowance) = opened.and_then(|index| self.allowances.get_mut(index)) {
            allowance.scope.end = span.start;
            return;
        }
        let message = format!("{} is not suppressed in this element", quoted(written.text));
        let fault = remark(Kind::MalformedSuppression, written.span, message, true);
        self.faults.add(fault.help("write both comments in one element, `SuppressValidator` first"));
    }
}

/// A fault of a comment. Those that the platform's editor wrote may be right there.
pub(super) fn remark(kind: Kind, span: Span, message: String, is_foreign: bool) -> Fault {
    if is_foreign { Fault::style_note(kind, span, message) } else { Fault::style(kind, span, message) }
}
