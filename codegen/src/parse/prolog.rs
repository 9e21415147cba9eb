//! What may stand before the outermost element: the XML declaration and the document type.

use crate::diagnostic::{Fault, Faults, Kind};
use crate::source::{SourceSet, Span};
use crate::text::quoted;

/// What is wrong with the declaration at `span`: an encoding other than UTF-8.
pub(super) fn declaration(source: &SourceSet, span: Span) -> Option<Fault> {
    let raw = source.slice(span);
    let (before, after) = raw.split_once("encoding")?;
    let rest = after.trim_start().trim_start_matches('=').trim_start();
    let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (name, _) = rest.get(1..)?.split_once(quote)?;
    if name.eq_ignore_ascii_case("utf-8") {
        return None;
    }
    let start = span.start + before.len() + "encoding".len() + (after.len() - rest.len()) + 1;
    let message = format!("the file says that its encoding is {}; genlock reads UTF-8 only", quoted(name));
    let fault = Fault::error(Kind::UnsupportedEncoding, Span::new(start, start + name.len()), message);
    Some(fault.help("save the file as UTF-8 and write `encoding=\"utf-8\"`").validator("1.18.1"))
}

/// The same of the declaration with which a file begins of which only the first `readable` bytes are text.
pub(super) fn leading_declaration(source: &SourceSet, readable: usize) -> Option<Fault> {
    let text = source.text().get(..readable).filter(|text| text.starts_with("<?xml"))?;
    declaration(source, Span::new(0, text.find("?>")?))
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
