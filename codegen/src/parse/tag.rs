//! Start tags: names and attributes with their places.

use std::collections::BTreeSet;

use super::charset::{continues_name, is_name, is_space, local, starts_name};
use super::text::{attribute_value, check_characters};
use super::tree::{Attribute, Element};
use crate::diagnostic::{Fault, Faults, Kind};
use crate::source::Span;
use crate::text::quoted;

/// Reads `raw`, what stands at `start` between the angle brackets of a start tag, without a closing slash.
pub(super) fn read(raw: &str, start: usize, faults: &mut Faults) -> Element {
    check_characters(raw, start, faults);
    let mut scanner = Scanner { raw, at: 0, start, faults };
    let name = scanner.take_while(|character| !is_space(character));
    let name_span = scanner.span(0);
    if !is_name(name) {
        scanner.faults.add(bad_name(name, name_span));
    }
    let attributes = scanner.attributes();
    let id = attributes.iter().position(|attribute| attribute.name == "id");
    Element { name: local(name).to_owned(), name_span, attributes, id, ..Element::default() }
}

fn bad_name(name: &str, span: Span) -> Fault {
    let fault = Fault::error(Kind::NotWellFormed, span, format!("{} is not the name of an element", quoted(name)));
    fault.help("write `&lt;` for a `<` that does not start a tag")
}

struct Scanner<'r, 'f> {
    raw: &'r str,
    /// The byte of `raw` to go on with.
    at: usize,
    start: usize,
    faults: &'f mut Faults,
}

impl<'r> Scanner<'r, '_> {
    fn attributes(&mut self) -> Vec<Attribute> {
        let mut attributes: Vec<Attribute> = Vec::new();
        let mut names = BTreeSet::new();
        loop {
            let spaces = self.take_while(is_space).len();
            let Some(next) = self.rest().chars().next() else { return attributes };
            if !starts_name(next) {
                self.unexpected(next);
                return attributes;
            }
            if spaces == 0 {
                let span = Span::new(self.start + self.at, self.start + self.at + next.len_utf8());
                self.faults.add(Fault::error(Kind::NotWellFormed, span, "there is no space before this attribute"));
            }
            let Some(attribute) = self.attribute() else { return attributes };
            if !names.insert(attribute.name.clone()) {
                let message = format!("the attribute {} stands here twice", quoted(&attribute.name));
                self.faults
                    .add(Fault::error(Kind::NotWellFormed, attribute.name_span, message).help("remove one of the two"));
            } else if !is_namespace(&attribute.name) {
                attributes.push(attribute);
            }
        }
    }

    /// `name = "value"`.
    fn attribute(&mut self) -> Option<Attribute> {
        let name_start = self.at;
        let name = self.take_while(continues_name);
        let name_span = self.span(name_start);
        self.take_while(is_space);
        if !self.take("=") {
            self.faults.add(without_value(name, name_span));
            return None;
        }
        self.take_while(is_space);
        let Some(quote) = self.rest().chars().next().filter(|quote| matches!(quote, '"' | '\'')) else {
            self.faults.add(without_value(name, name_span));
            return None;
        };
        self.at += 1;
        let value_start = self.at;
        let raw = self.take_while(|character| character != quote);
        let value_span = self.span(value_start);
        self.at += 1;
        if let Some(at) = raw.find('<') {
            let span = Span::new(value_span.start + at, value_span.start + at + 1);
            let fault = Fault::error(Kind::NotWellFormed, span, "`<` must not stand in the value of an attribute");
            self.faults.add(fault.help("write `&lt;`, or close the quote of the attribute before it"));
        }
        let value = attribute_value(raw, value_span.start, self.faults);
        Some(Attribute { name: name.to_owned(), name_span, value, value_span, ..Attribute::default() })
    }

    fn unexpected(&mut self, character: char) {
        let span = Span::new(self.start + self.at, self.start + self.at + character.len_utf8());
        let message = format!("{} does not belong in a tag", quoted(&character.to_string()));
        let help =
            if character == '<' { "close the tag before it with `>`" } else { "write attributes as `name=\"value\"`" };
        self.faults.add(Fault::error(Kind::NotWellFormed, span, message).help(help));
    }

    fn rest(&self) -> &'r str {
        self.raw.get(self.at..).unwrap_or_default()
    }

    fn take_while(&mut self, accepts: impl Fn(char) -> bool) -> &'r str {
        let rest = self.rest();
        let end = rest.find(|character| !accepts(character)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    fn take(&mut self, expected: &str) -> bool {
        let found = self.rest().starts_with(expected);
        self.at += if found { expected.len() } else { 0 };
        found
    }

    /// From byte `from` of the tag up to here.
    fn span(&self, from: usize) -> Span {
        Span::new(self.start + from, self.start + self.at)
    }
}

fn without_value(name: &str, span: Span) -> Fault {
    let message = format!("the attribute {} has no value in quotes", quoted(name));
    Fault::error(Kind::NotWellFormed, span, message).help(format!("write `{name}=\"…\"`"))
}

/// Declarations of namespaces, and attributes of other namespaces (`xsi:schemaLocation`, `xml:space`).
fn is_namespace(name: &str) -> bool {
    name == "xmlns" || name.contains(':')
}
