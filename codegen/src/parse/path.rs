//! Places as paths: `Protocol/Triggers/Trigger[@id=5]/On@id`.

use std::fmt::Write;

use super::{Document, Element};
use crate::source::Span;

impl Document {
    /// The path of the innermost element or attribute in which `span` lies; empty outside the outermost element.
    pub(crate) fn path(&self, span: Span) -> String {
        let mut path = String::new();
        let mut next = self.root.as_ref().filter(|root| root.span.contains(span));
        while let Some(element) = next {
            step(&mut path, element);
            // Attributes and children stand in document order, so the one that may hold the place is the last that
            // starts before it.
            let after = element.attributes.partition_point(|attribute| attribute.name_span.start <= span.start);
            let within = after.checked_sub(1).and_then(|index| element.attributes.get(index)).filter(|attribute| {
                Span::new(attribute.name_span.start, attribute.value_span.end.max(attribute.name_span.end))
                    .contains(span)
            });
            if let Some(attribute) = within {
                let _ = write!(path, "@{}", attribute.name);
            }
            let after = element.children.partition_point(|child| child.span.start <= span.start);
            next = after
                .checked_sub(1)
                .and_then(|index| element.children.get(index))
                .filter(|child| child.span.contains(span));
        }
        path
    }
}

/// The id of an element where it has one, else its position where there are several.
fn step(path: &mut String, element: &Element) {
    if !path.is_empty() {
        path.push('/');
    }
    path.push_str(&element.name);
    let id = element.id.and_then(|at| element.attributes.get(at));
    // On@id, Type@id and LengthType@id are references, not the identity of the element.
    let id = id.filter(|_| !matches!(element.name.as_str(), "On" | "Type" | "Time" | "LengthType" | "OffSet"));
    let _ = match (id, element.ordinal) {
        (Some(id), _) => write!(path, "[@id={}]", id.value.trim()),
        (None, Some(ordinal)) => write!(path, "[{ordinal}]"),
        (None, None) => Ok(()),
    };
}
