//! Values that name an item of the file.

use super::facts::Refers;
use crate::check::file::{File, loose};
use crate::model::{Target, is_built_in};
use crate::parse::{Element, Slot};
use crate::text::quoted;

/// What is wrong with the reference in `slot`, and what to write; nothing when it names an item, or is no number where
/// other text can stand.
pub(super) fn dangling(file: &File<'_>, element: &Element, slot: Slot<'_>, refers: Refers) -> Option<(String, String)> {
    let id = loose(slot.raw)?;
    let noun = refers.target.noun();
    if refers.is_literal && slot.raw != id.to_string() {
        let message = format!("{noun} {} is not found in this form", quoted(slot.raw));
        return Some((message, format!("write `{id}`: the text is compared with the ids as it stands")));
    }
    if file.has(refers.target, id) || is_answer_of_handshake(file, element, slot) {
        return None;
    }
    if refers.target == Target::Param && is_built_in(i64::from(id)) {
        let message = format!("parameter {id} is built into the platform; genlock does not have it");
        return Some((message, "use a parameter of this file".to_owned()));
    }
    Some((format!("{noun} {id} is not declared"), file.nearest(refers.target, id)))
}

/// CONN-40: the parameters in which the answer of a handshake is stored need not exist.
fn is_answer_of_handshake(file: &File<'_>, element: &Element, slot: Slot<'_>) -> bool {
    let is_answer =
        (element.name == "Response" && slot.name == "statusCode") || (element.name == "Content" && slot.name == "pid");
    is_answer && file.is_in_handshake(element.span)
}
