//! Values that name an item of the file.

use super::facts::Refers;
use crate::check::file::{File, loose};
use crate::model::{Target, is_built_in};
use crate::parse::{Element, Slot};
use crate::text::quoted;

/// How many ids near the one that is missing are named, on each side.
const NEAR: usize = 4;

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
    Some((format!("{noun} {id} is not declared"), help(file, refers.target, id)))
}

/// What to write where `id` is not declared.
pub(super) fn help(file: &File<'_>, target: Target, id: u32) -> String {
    let noun = target.noun();
    let (near, are_all) = file.near(target, id, NEAR);
    let near = near.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let declared = match (near.is_empty(), are_all) {
        (true, _) => format!("this file declares no {noun}"),
        (false, true) => format!("{noun}s declared here: {near}"),
        (false, false) => format!("{noun}s declared nearest to it: {near}"),
    };
    format!("add `<{} id=\"{id}\">` or change the id; {declared}", target.element())
}

/// CONN-40: the parameters in which the answer of a handshake is stored need not exist.
fn is_answer_of_handshake(file: &File<'_>, element: &Element, slot: Slot<'_>) -> bool {
    let is_answer =
        (element.name == "Response" && slot.name == "statusCode") || (element.name == "Content" && slot.name == "pid");
    is_answer && file.is_in_handshake(element.span)
}
