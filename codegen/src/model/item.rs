//! What all items have in common.

use super::reader::{Reader, Slot};
use super::reference::Target;
use crate::parse::Element;
use crate::source::Span;

/// A value and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Placed<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

impl Slot<'_> {
    /// The text without white space around it, unless there is none.
    pub(super) fn filled(&self) -> Option<Placed<String>> {
        (!self.is_blank()).then(|| Placed { value: self.trimmed().to_owned(), span: self.span })
    }
}

/// What makes an item known: its id, its name and where it stands.
#[derive(Debug)]
pub(crate) struct Head {
    /// What kind of item it is.
    pub(crate) kind: Target,
    /// Its id; none when it has no valid one, and then nothing else of it is read.
    pub(crate) id: Option<Placed<i64>>,
    /// Its name, if it has one that is not blank.
    pub(crate) name: Option<Placed<String>>,
    /// Its Description.
    pub(crate) description: Option<String>,
    /// The name of its element, to point at.
    pub(crate) span: Span,
    /// The line of its element, from 1.
    pub(crate) line: u32,
}

impl Head {
    /// Reads an item that has its name in an element `Name`. Without a valid id only the name is read and all else
    /// counts as read: a broken id yields its own fault and no other.
    pub(super) fn read(kind: Target, element: &Element, reader: &mut Reader<'_, '_>) -> Self {
        let id = reader.id(element, kind);
        let name = reader.child(element, "Name").and_then(|name| Slot::text(name).filled());
        let description = reader.child(element, "Description").and_then(|description| Slot::text(description).filled());
        Self::new(kind, id, name, description.map(|description| description.value), element, reader)
    }

    /// Reads an item that has its name in an attribute.
    pub(super) fn named_by_attribute(
        kind: Target,
        id: Option<Placed<i64>>,
        element: &Element,
        reader: &Reader<'_, '_>,
    ) -> Self {
        let name = element.attribute("name").and_then(|name| Slot::attribute(name).filled());
        Self::new(kind, id, name, None, element, reader)
    }

    /// An item whose id is its position: an entry of a list that a value holds.
    pub(super) fn numbered(kind: Target, id: i64, name: Option<Placed<String>>, span: Span, line: u32) -> Self {
        Self { kind, id: Some(Placed { value: id, span }), name, description: None, span, line }
    }

    fn new(
        kind: Target,
        id: Option<Placed<i64>>,
        name: Option<Placed<String>>,
        description: Option<String>,
        element: &Element,
        reader: &Reader<'_, '_>,
    ) -> Self {
        if id.is_none() {
            element.take_all();
        }
        let line = reader.source.line(element.span.start);
        Self { kind, id, name, description, span: element.name_span, line }
    }

    /// `trigger 5`.
    pub(crate) fn label(&self) -> String {
        match &self.id {
            Some(id) => format!("{} {}", self.kind.noun(), id.value),
            None => format!("this {}", self.kind.noun()),
        }
    }

    /// Where its id stands, else its element.
    pub(crate) fn id_span(&self) -> Span {
        self.id.as_ref().map_or(self.span, |id| id.span)
    }

    /// Its id, if it is that of a row of the tables.
    pub(crate) fn id(&self) -> Option<i64> {
        self.id.as_ref().map(|id| id.value)
    }

    /// Its name, or nothing.
    pub(crate) fn name(&self) -> &str {
        self.name.as_ref().map_or("", |name| &name.value)
    }
}
