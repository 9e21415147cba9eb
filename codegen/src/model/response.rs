//! Responses.

use super::command::content;
use super::item::{Head, Placed};
use super::option::Options;
use super::reader::{Reader, Slot};
use super::reference::{Reference, Target};
use crate::diagnostic::{Fault, Kind};
use crate::parse::Element;
use crate::text::quoted;

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

/// RSP-36: what may be missing is named by its position, from 0.
fn check_optional(optional: &Slot<'_>, element: &Element, reader: &mut Reader<'_, '_>) {
    let params = element.find("Content").map_or(0, |content| content.all("Param").count());
    for entry in optional.parts() {
        let position = entry.trimmed();
        let position = position.strip_suffix('*').unwrap_or_else(|| position.trim_end_matches('+'));
        let known = !position.is_empty() && position.bytes().all(|byte| byte.is_ascii_digit());
        if known && position.parse::<usize>().is_ok_and(|position| position < params) {
            continue;
        }
        let message = format!("{} is not a position in this response", quoted(entry.trimmed()));
        let fault = Fault::error(Kind::InvalidValue, entry.span, message);
        let last = params.saturating_sub(1);
        reader
            .faults
            .add(fault.help(format!("write positions from 0 to {last}, each with `+` or `*` behind it or nothing")));
    }
}

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
            response.params = content(element, &response.head, reader);
            let optional = element.find("Content").and_then(|content| reader.attribute(content, "optional"));
            if let Some(optional) = optional {
                check_optional(&optional, element, reader);
                response.optional = optional.filled();
            }
        }
        response
    }
}
