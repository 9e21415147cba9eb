//! From the events of the XML reader to the tree.

use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::events::Event;

use super::charset::{is_space, local};
use super::text::{check_characters, lone_ampersand, push_characters, push_reference};
use super::tree::{Document, Element};
use super::{prolog, tag};
use crate::diagnostic::{Fault, Faults, Kind};
use crate::source::{SourceSet, Span};
use crate::text::{nearest, quoted};

/// How deep elements may be nested; the deepest place of the language is 10.
const DEPTH: usize = 256;
/// Of how many bytes of the largest file there is room for one element or attribute. Connectors have about 40 for each;
/// what has many more of them is not one, and the tree of it would need many times the memory of its text.
const BYTES_A_NODE: usize = 16;

/// Reads `source`, of up to `max_size` bytes, into a tree.
pub(crate) fn read(source: &SourceSet, max_size: usize, faults: &mut Faults) -> Document {
    let text = source.text();
    if text.len() > max_size {
        let message = format!("the file has {} bytes; the limit is {max_size}", text.len());
        let fault = Fault::error(Kind::TooLarge, Span::default(), message);
        faults.add(fault.help("split it, or raise the limit: `genlock check --max-size`"));
        return Document::default();
    }
    if let Some(at) = source.undecodable() {
        let span = Span::new(at, at);
        let message = "the file is not UTF-8 from here on";
        let undecodable = Fault::error(Kind::UnsupportedEncoding, span, message).help("save the file as UTF-8");
        faults.add(match prolog::leading_declaration(source, at) {
            // The declaration is why.
            Some(declared) => declared.related(span, message),
            None => undecodable,
        });
        return Document::default();
    }
    let base = text.len() - text.trim_start_matches('\u{feff}').len();
    let room = max_size / BYTES_A_NODE;
    let mut builder = Builder { source, faults, room, open: Vec::new(), skipped: 0, root: None, comments: Vec::new() };
    let mut reader = Reader::from_str(text.get(base..).unwrap_or_default());
    let config = reader.config_mut();
    // The tree matches tags itself, so that one fault does not hide the next.
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut start = base;
    loop {
        let event = reader.read_event();
        let end = base + reader.buffer_position() as usize;
        match event {
            Ok(Event::Eof) => break,
            Ok(event) => builder.event(&event, Span::new(start, end)),
            Err(error) => {
                builder.syntax(&error, base + reader.error_position() as usize);
                break;
            }
        }
        if builder.room == 0 {
            builder.full(Span::new(start, end), max_size / BYTES_A_NODE);
            break;
        }
        start = end;
    }
    builder.finish()
}

struct Builder<'s, 'f> {
    source: &'s SourceSet,
    faults: &'f mut Faults,
    /// How many more elements and attributes there may be.
    room: usize,
    /// The elements that are not closed yet, outermost first.
    open: Vec<Element>,
    /// How many elements are open that are too deep for the tree.
    skipped: usize,
    root: Option<Element>,
    comments: Vec<Span>,
}

impl Builder<'_, '_> {
    fn event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Start(_) => self.start(Span::new(span.start + 1, span.end.saturating_sub(1)), span),
            Event::Empty(_) => {
                self.start(Span::new(span.start + 1, span.end.saturating_sub(2)), span);
                self.close(span.end);
            }
            Event::End(_) => self.end(span),
            Event::Text(_) => self.characters(span),
            Event::GeneralRef(_) => self.reference(span),
            Event::CData(_) => self.cdata(span),
            Event::Decl(_) => self.faults.extend(prolog::declaration(self.source, span)),
            Event::DocType(_) => prolog::document_type(self.source, span, self.faults),
            Event::Comment(_) => self.comments.push(span),
            Event::PI(_) | Event::Eof => {}
        }
    }

    fn start(&mut self, inside: Span, span: Span) {
        if self.open.len() >= DEPTH {
            if self.skipped == 0 {
                let message = format!("elements are nested more than {DEPTH} deep here");
                self.faults.add(
                    Fault::error(Kind::TooDeep, span, message)
                        .help("a protocol needs no more than ten; is an end tag missing?"),
                );
            }
            self.skipped += 1;
            return;
        }
        let mut element = tag::read(self.source.slice(inside), inside.start, self.faults);
        self.room = self.room.saturating_sub(1 + element.attributes.len());
        element.tag = span;
        element.span = span;
        element.text_span = Span::new(span.end, span.end);
        self.open.push(element);
    }

    fn end(&mut self, span: Span) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        let raw = self.source.slice(Span::new(span.start + 2, span.end.saturating_sub(1)));
        let name = local(raw.trim_end_matches(is_space));
        let Some(opened) = self.open.iter().rposition(|element| element.name == name) else {
            let message = format!("{} closes no element", quoted(self.source.slice(span)));
            let mut fault = Fault::error(Kind::NotWellFormed, span, message);
            let innermost = self.open.last();
            if let Some(innermost) = innermost {
                fault = fault
                    .help(format!("write `</{}>`, or remove it", innermost.name))
                    .related(innermost.tag, "the innermost element that is still open");
            }
            self.faults.add(fault);
            // A misspelt end tag ends what it was meant for: what follows is not inside it. One that is only one too
            // many is followed by the end tag of the element around it.
            let is_meant = |innermost: &Element| {
                nearest(name, [innermost.name.as_str()]).is_some() && self.next_end(span.end) != innermost.name
            };
            if innermost.is_some_and(is_meant) {
                self.close(span.end);
            }
            return;
        };
        while self.open.len() > opened + 1 {
            self.unclosed(Some(span));
            self.close(span.start);
        }
        self.close(span.end);
    }

    /// The name in the next end tag from byte `from` on.
    fn next_end(&self, from: usize) -> &str {
        let rest = self.source.text().get(from..).unwrap_or_default();
        let inside = rest.split_once("</").and_then(|(_, rest)| rest.split_once('>'));
        inside.map_or("", |(name, _)| local(name.trim_end_matches(is_space)))
    }

    /// Reports that the innermost open element has no end tag.
    fn unclosed(&mut self, before: Option<Span>) {
        let Some(element) = self.open.last() else { return };
        let message = format!("the element {} is never closed", quoted(&element.name));
        let mut fault = Fault::error(Kind::NotWellFormed, element.tag, message);
        fault = match before {
            Some(end) => fault
                .help(format!("add `</{}>` before {}", element.name, quoted(self.source.slice(end))))
                .related(end, "an element around it is closed here"),
            None => fault.help(format!("add `</{}>` before the end of the file", element.name)),
        };
        self.faults.add(fault);
    }

    /// Closes the innermost open element.
    fn close(&mut self, end: usize) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        let Some(mut element) = self.open.pop() else { return };
        element.span.end = end;
        number(&mut element.children);
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None if self.root.is_none() => self.root = Some(element),
            None => self.faults.add(
                Fault::error(Kind::NotWellFormed, element.tag, "there is a second outermost element")
                    .help("a file holds exactly one `<Protocol>`"),
            ),
        }
    }

    fn characters(&mut self, span: Span) {
        let raw = self.source.slice(span);
        check_characters(raw, span.start, self.faults);
        if raw.starts_with('&') {
            self.faults.add(lone_ampersand(span.start));
        }
        if let Some(at) = raw.find("]]>") {
            let span = Span::new(span.start + at, span.start + at + 3);
            let fault = Fault::error(Kind::NotWellFormed, span, "`]]>` ends no CDATA section");
            self.faults.add(fault.help("write `]]&gt;`, or remove it"));
        }
        self.append(span, raw.trim_matches(is_space), |text, _| push_characters(text, raw));
    }

    fn reference(&mut self, span: Span) {
        let name = self.source.slice(Span::new(span.start + 1, span.end.saturating_sub(1)));
        let raw = self.source.slice(span);
        self.append(span, raw, |text, faults| push_reference(text, name, span, faults));
    }

    fn cdata(&mut self, span: Span) {
        let inside = Span::new(span.start + "<![CDATA[".len(), span.end.saturating_sub("]]>".len()));
        let raw = self.source.slice(inside);
        check_characters(raw, inside.start, self.faults);
        self.append(inside, raw.trim_matches(is_space), |text, _| push_characters(text, raw));
    }

    /// Adds text to the innermost open element. `visible` is the part of `span` without white space at its ends.
    fn append(&mut self, span: Span, visible: &str, push: impl FnOnce(&mut String, &mut Faults)) {
        let Some(element) = self.open.last_mut().filter(|_| self.skipped == 0) else {
            if !visible.is_empty() && self.open.is_empty() {
                let fault = Fault::error(Kind::NotWellFormed, span, "there is text outside the outermost element");
                self.faults.add(fault.help("remove it, or put it in a comment"));
            }
            return;
        };
        if !visible.is_empty() {
            let raw = self.source.slice(span);
            let start = span.start + raw.find(visible).unwrap_or_default();
            let shown = Span::new(start, start + visible.len());
            let first = element.text.chars().all(is_space);
            element.text_span = if first { shown } else { Span::new(element.text_span.start, shown.end) };
        }
        push(&mut element.text, self.faults);
    }

    fn syntax(&mut self, error: &Error, at: usize) {
        let (message, help) = explained(error);
        let line = self.source.line(at);
        let end = self.source.line_start(line) + self.source.line_text(line).len();
        let span = Span::new(at, end.max(at + 1).min(self.source.text().len()));
        self.faults.add(Fault::error(Kind::NotWellFormed, span, message).help(help));
        self.abandon();
    }

    /// Reports that there are more than `limit` elements and attributes.
    fn full(&mut self, span: Span, limit: usize) {
        let message = format!("there are more than {limit} elements and attributes up to here");
        let fault = Fault::error(Kind::TooLarge, span, message);
        self.faults.add(fault.help("split the file, or raise the limit: `genlock check --max-size`"));
        self.abandon();
    }

    /// Closes what is still open without a report: it could not be closed behind the place that reading stops at.
    fn abandon(&mut self) {
        while !self.open.is_empty() {
            self.skipped = 0;
            self.close(self.source.text().len());
        }
    }

    fn finish(mut self) -> Document {
        self.skipped = 0;
        while !self.open.is_empty() {
            self.unclosed(None);
            self.close(self.source.text().len());
        }
        Document { root: self.root, comments: self.comments }
    }
}

/// Numbers the children of which there are several by the same name.
fn number(children: &mut [Element]) {
    let mut seen = std::collections::BTreeMap::<String, u32>::new();
    for child in children.iter() {
        *seen.entry(child.name.clone()).or_default() += 1;
    }
    seen.retain(|_, count| *count > 1);
    for child in children.iter_mut().rev() {
        if let Some(count) = seen.get_mut(&child.name) {
            child.ordinal = Some(*count);
            *count -= 1;
        }
    }
}

fn explained(error: &Error) -> (String, &'static str) {
    let (message, help) = match error {
        Error::Syntax(SyntaxError::UnclosedComment) => ("this comment is never closed", "close it with `-->`"),
        Error::Syntax(SyntaxError::UnclosedCData) => ("this CDATA section is never closed", "close it with `]]>`"),
        Error::Syntax(SyntaxError::UnclosedPI | SyntaxError::UnclosedXmlDecl) => {
            ("this processing instruction is never closed", "close it with `?>`")
        }
        Error::Syntax(SyntaxError::UnclosedDoctype) => ("this document type is never closed", "remove it"),
        Error::Syntax(SyntaxError::UnclosedTag) => ("this tag is never closed", "close it with `>`"),
        Error::Syntax(
            SyntaxError::UnclosedSingleQuotedAttributeValue | SyntaxError::UnclosedDoubleQuotedAttributeValue,
        ) => ("a quote in this tag is never closed", "close the value of the attribute with the quote that opened it"),
        Error::Syntax(SyntaxError::InvalidBangMarkup) => {
            ("`<!` starts neither a comment nor a CDATA section", "write `<!--`, `<![CDATA[`, or `&lt;!`")
        }
        Error::IllFormed(IllFormedError::UnclosedReference) => ("this reference is never closed", "write `&amp;`"),
        other => return (other.to_string(), "correct the XML here"),
    };
    (message.to_owned(), help)
}
