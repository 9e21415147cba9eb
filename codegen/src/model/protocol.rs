//! What a file says about itself.

use super::item::Placed;
use super::reader::{Reader, Slot};
use crate::diagnostic::{Fault, Kind};
use crate::parse::Element;
use crate::source::Span;
use crate::text::quoted;

/// What a file says about itself.
#[derive(Debug, Default)]
pub(crate) struct Protocol {
    /// The name of the outermost element, to point at.
    pub(crate) span: Span,
    /// The line of the outermost element.
    pub(crate) line: u32,
    pub(crate) name: Option<Placed<String>>,
    pub(crate) version: Option<Placed<String>>,
    pub(crate) description: Option<String>,
    /// `Type`, the older way to declare connections.
    pub(crate) connection_type: Option<Span>,
    /// `Connections`.
    pub(crate) connections: Option<Span>,
}

impl Protocol {
    pub(super) fn read(root: &Element, reader: &mut Reader<'_, '_>) -> Self {
        for name in ["ElementType", "Provider"] {
            text(root, name, reader);
        }
        Self {
            span: root.name_span,
            line: reader.source.line(root.span.start),
            name: text(root, "Name", reader),
            version: text(root, "Version", reader),
            description: root
                .child("Description")
                .and_then(|element| Slot::text(element).filled())
                .map(|text| text.value),
            connection_type: reader.child(root, "Type").map(|older| {
                older.take_all();
                reader.faults.add(older_syntax(older));
                older.name_span
            }),
            connections: reader.child(root, "Connections").map(|connections| connections.name_span),
        }
    }
}

fn text(root: &Element, name: &'static str, reader: &mut Reader<'_, '_>) -> Option<Placed<String>> {
    Slot::text(reader.child(root, name)?).filled()
}

/// A WebSocket can be declared in `Connections` alone (schema, connection syntax 3).
fn older_syntax(element: &Element) -> Fault {
    let message = format!("the connection syntax {} is not carried out by genlock", quoted("Protocol/Type"));
    Fault::error(Kind::NotCarriedOut, element.name_span, message)
        .help("declare the WebSocket as `<Connections><Connection id=\"0\"><Http><CommunicationOptions><WebSocket>true</WebSocket>…`")
}
