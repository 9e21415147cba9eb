//! A value as it is written: the text of an element or the value of an attribute, with its place.

use super::{Attribute, Element};
use crate::source::Span;

/// The text of an element or the value of an attribute.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot<'e> {
    /// The text with the white space around it.
    pub(crate) raw: &'e str,
    /// Where the text without that white space stands; the element's or attribute's name when it is blank.
    pub(crate) span: Span,
    /// The name of the element or attribute.
    pub(crate) name: &'e str,
    is_attribute: bool,
}

impl<'e> Slot<'e> {
    /// The text of `element`, which counts as read from now on.
    pub(crate) fn text(element: &'e Element) -> Self {
        element.text_taken.set(true);
        Self::look(element)
    }

    /// The text of `element`, for a look that carries nothing out.
    pub(crate) fn look(element: &'e Element) -> Self {
        let raw = element.text.as_str();
        let span = if raw.trim().is_empty() { element.name_span } else { element.text_span };
        Self { raw, span, name: &element.name, is_attribute: false }
    }

    /// The value of `attribute`.
    pub(crate) fn attribute(attribute: &'e Attribute) -> Self {
        let raw = attribute.value.as_str();
        let whole = attribute.value_span;
        // Exact unless a reference such as `&amp;` makes the value shorter than what is written.
        let span = if raw.trim().is_empty() {
            attribute.name_span
        } else if raw.len() == whole.end.saturating_sub(whole.start) {
            let start = whole.start + (raw.len() - raw.trim_start().len());
            Span::new(start, start + raw.trim().len())
        } else {
            whole
        };
        Self { raw, span, name: &attribute.name, is_attribute: true }
    }

    /// Without the white space around it.
    pub(crate) fn trimmed(&self) -> &'e str {
        self.raw.trim()
    }

    /// Whether it is the value of an attribute.
    pub(crate) const fn is_attribute(&self) -> bool {
        self.is_attribute
    }

    /// Whether it is `word`, white space and letter case ignored.
    pub(crate) fn is(&self, word: &str) -> bool {
        self.trimmed().eq_ignore_ascii_case(word)
    }

    /// The part of it that `part` is, a slice of its text, with its place; the whole place when that is not exact.
    pub(crate) fn within(self, part: &'e str) -> Self {
        let trimmed = self.trimmed();
        let offset = (part.as_ptr() as usize).checked_sub(trimmed.as_ptr() as usize);
        let lead = part.len() - part.trim_start().len();
        let exact = trimmed.len() == self.span.end.saturating_sub(self.span.start);
        let span = match offset.map(|offset| offset + lead) {
            Some(offset) if exact && offset + part.trim().len() <= trimmed.len() => {
                Span::new(self.span.start + offset, self.span.start + offset + part.trim().len())
            }
            _ => self.span,
        };
        Self { raw: part, span, ..self }
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.raw.trim().is_empty()
    }

    pub(crate) fn is_padded(&self) -> bool {
        self.raw.trim().len() != self.raw.len()
    }

    /// The part of it behind a separator: its last `value.len()` bytes.
    pub(crate) fn tail(self, value: &'e str) -> Self {
        let start = self.span.end.saturating_sub(value.trim_start().len()).max(self.span.start);
        Self { raw: value, span: Span::new(start, self.span.end), ..self }
    }

    /// The parts between semicolons, empty ones left out, with their places. Parts keep their white space.
    pub(crate) fn parts(self) -> impl Iterator<Item = Slot<'e>> {
        self.entries().filter(|entry| !entry.is_blank())
    }

    /// The parts between semicolons with their places. Parts keep their white space.
    pub(crate) fn entries(self) -> impl Iterator<Item = Slot<'e>> {
        // Places are exact unless a reference such as `&amp;` makes the text shorter than what is written.
        let exact = self.raw.trim().len() == self.span.end - self.span.start;
        let base = self.span.start.wrapping_sub(self.raw.len() - self.raw.trim_start().len());
        let mut at = 0;
        self.raw.split(';').map(move |part| {
            let start = at + part.len() - part.trim_start().len();
            at += part.len() + 1;
            let span = Span::new(base.wrapping_add(start), base.wrapping_add(start + part.trim().len()));
            let span = if exact { span } else { self.span };
            Slot { raw: part, span, ..self }
        })
    }
}
