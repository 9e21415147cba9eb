//! The tree.

use std::cell::Cell;

use crate::source::Span;

/// A file.
#[derive(Debug, Default)]
pub(crate) struct Document {
    /// The outermost element.
    pub(crate) root: Option<Element>,
    /// The comments in document order, each from its `<!--` up to and including its `-->`.
    pub(crate) comments: Vec<Span>,
}

/// An element.
#[derive(Debug, Default)]
pub(crate) struct Element {
    /// Its local name.
    pub(crate) name: String,
    /// Its name in the start tag.
    pub(crate) name_span: Span,
    /// Its start tag.
    pub(crate) tag: Span,
    /// From its start tag up to and including its end tag.
    pub(crate) span: Span,
    /// Its position, from 1, among the elements of that name of its parent, if there are several.
    pub(crate) ordinal: Option<u32>,
    /// Its attributes but those that have to do with namespaces.
    pub(crate) attributes: Vec<Attribute>,
    /// Which of its attributes is its `id`: a path is made for each fault, and there may be very many attributes.
    pub(crate) id: Option<usize>,
    /// Its children in document order.
    pub(crate) children: Vec<Element>,
    /// Its own text, joined, with references replaced and line ends as `\n`.
    pub(crate) text: String,
    /// From the first to the last character of its text that is not white space; the inside if there is none.
    pub(crate) text_span: Span,
    /// Whether the model has read it.
    pub(crate) taken: Cell<bool>,
    /// Whether the model has read its text.
    pub(crate) text_taken: Cell<bool>,
}

/// An attribute.
#[derive(Debug, Default)]
pub(crate) struct Attribute {
    /// Its name.
    pub(crate) name: String,
    /// Its name in the tag.
    pub(crate) name_span: Span,
    /// Its value, with references replaced.
    pub(crate) value: String,
    /// What stands between the quotes.
    pub(crate) value_span: Span,
    /// Whether the model has read it.
    pub(crate) taken: Cell<bool>,
}

impl Element {
    /// The elements named `name` in it, which count as read from now on.
    pub(crate) fn children<'e>(&'e self, name: &'static str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.name == name).inspect(|child| child.taken.set(true))
    }

    /// The first element named `name` in it; it counts as read from now on.
    pub(crate) fn child(&self, name: &'static str) -> Option<&Element> {
        let child = self.children.iter().find(|child| child.name == name)?;
        child.taken.set(true);
        Some(child)
    }

    /// The attribute `name`; it counts as read from now on.
    pub(crate) fn attribute(&self, name: &str) -> Option<&Attribute> {
        let attribute = self.attributes.iter().find(|attribute| attribute.name == name)?;
        attribute.taken.set(true);
        Some(attribute)
    }

    /// Its text, which counts as read from now on.
    pub(crate) fn take_text(&self) -> &str {
        self.text_taken.set(true);
        &self.text
    }

    /// The first element named `name` in it, for a look that carries nothing out.
    pub(crate) fn find(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The first element at the path `names` below it, for a look that carries nothing out.
    pub(crate) fn find_at(&self, names: &[&str]) -> Option<&Element> {
        names.iter().try_fold(self, |element, name| element.find(name))
    }

    /// The elements named `name` in it, for a look that carries nothing out.
    pub(crate) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> + Clone {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The attribute `name`, for a look that carries nothing out.
    pub(crate) fn get(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// Marks the element and all that it holds as read.
    pub(crate) fn take_all(&self) {
        self.taken.set(true);
        self.text_taken.set(true);
        for attribute in &self.attributes {
            attribute.taken.set(true);
        }
        for child in &self.children {
            child.take_all();
        }
    }
}
