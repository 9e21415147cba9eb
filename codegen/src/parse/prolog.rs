//! What may stand before the outermost element: the XML declaration and the document type.

use crate::diagnostic::{Fault, Faults, Kind};
use crate::source::{SourceSet, Span};
use crate::text::quoted;

/// Reports a declared encoding other than UTF-8.
pub(super) fn declaration(source: &SourceSet, span: Span, faults: &mut Faults) {
    let raw = source.slice(span);
    let Some((before, after)) = raw.split_once("encoding") else { return };
    let rest = after.trim_start().trim_start_matches('=').trim_start();
    let Some(quote) = rest.chars().next().filter(|quote| matches!(quote, '"' | '\'')) else { return };
    let Some((name, _)) = rest.get(1..).and_then(|rest| rest.split_once(quote)) else { return };
    if name.eq_ignore_ascii_case("utf-8") {
        return;
    }
    let start = span.start + before.len() + "encoding".len() + (after.len() - rest.len()) + 1;
    let message = format!("the file says that its encoding is {}; genlock reads UTF-8 only", quoted(name));
    faults.add(
        Fault::error(Kind::UnsupportedEncoding, Span::new(start, start + name.len()), message)
            .help("save the file as UTF-8 and write `encoding=\"utf-8\"`")
            .validator("1.18.1"),
    );
}

/// Reports a document type. Entities that it declares are never read, so nothing can be expanded or fetched.
pub(super) fn document_type(source: &SourceSet, span: Span, faults: &mut Faults) {
    let fault = if source.slice(span).contains('[') {
        Fault::error(Kind::DocumentType, span, "declarations in a document type are not read")
    } else {
        Fault::style(Kind::DocumentType, span, "the document type has no effect")
    };
    faults.add(fault.help("remove the `<!DOCTYPE …>`"));
}
