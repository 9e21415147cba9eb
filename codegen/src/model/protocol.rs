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
    /// `Advanced@ignoreEqualResponse` (RSP-18).
    pub(crate) drops_equal: bool,
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
            drops_equal: reader
                .child(root, "Advanced")
                .and_then(|advanced| reader.attribute(advanced, "ignoreEqualResponse"))
                .and_then(|flag| reader.flag(&flag))
                .is_some_and(|flag| flag.value),
        }
    }
}

fn text(root: &Element, name: &'static str, reader: &mut Reader<'_, '_>) -> Option<Placed<String>> {
    Slot::text(reader.child(root, name)?).filled()
}
