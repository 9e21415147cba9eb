//! What a file says about itself.

use super::item::Placed;
use super::reader::{Reader, Slot};
use crate::parse::Element;

/// What a file says about itself.
#[derive(Debug, Default)]
pub(crate) struct Protocol {
    /// The line of the outermost element.
    pub(crate) line: u32,
    pub(crate) name: Option<Placed<String>>,
    pub(crate) version: Option<Placed<String>>,
    pub(crate) description: Option<String>,
}

impl Protocol {
    pub(super) fn read(root: &Element, reader: &mut Reader<'_, '_>) -> Self {
        for name in ["ElementType", "Provider"] {
            text(root, name, reader);
        }
        Self {
            line: reader.source.line(root.span.start),
            name: text(root, "Name", reader),
            version: text(root, "Version", reader),
            description: root
                .child("Description")
                .and_then(|element| Slot::text(element).filled())
                .map(|text| text.value),
        }
    }
}

fn text(root: &Element, name: &'static str, reader: &mut Reader<'_, '_>) -> Option<Placed<String>> {
    Slot::text(reader.child(root, name)?).filled()
}
