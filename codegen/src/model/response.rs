//! Responses.

use super::command::content;
use super::item::{Head, Placed};
use super::option::Options;
use super::reader::{Reader, Slot};
use super::reference::{Reference, Target};
use crate::parse::Element;

/// A response.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) head: Head,
    /// Whether there are options, right or wrong.
    pub(crate) has_options: bool,
    /// Option `Connection:N` (CONN-120).
    pub(crate) connection: Option<Placed<u32>>,
    /// The parameters that take a message's bytes (RSP-30).
    pub(crate) params: Vec<Reference>,
    /// `Content@optional`: which of them may be missing.
    pub(crate) optional: Option<Placed<String>>,
}

const OPTIONS: Options = Options { carried: &["Connection"], refused: &[] };

impl Response {
    pub(super) fn read(element: &Element, _: usize, reader: &mut Reader<'_, '_>) -> Self {
        let head = Head::read(Target::Response, element, reader);
        let mut response = Self { head, has_options: false, connection: None, params: Vec::new(), optional: None };
        if response.head.id.is_some() {
            if let Some(options) = reader.attribute(element, "options") {
                response.has_options = true;
                for choice in OPTIONS.read(options, reader) {
                    let number = choice.number(u32::MAX, reader);
                    response.connection = number.map(|value| Placed { value, span: choice.slot.span });
                }
            }
            let optional = element.find("Content").and_then(|content| content.get("optional"));
            response.optional = optional.map(Slot::attribute).and_then(|optional| optional.filled());
            response.params = content(element, &response.head, reader);
        }
        response
    }
}
