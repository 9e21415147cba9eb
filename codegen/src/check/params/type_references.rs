//! `Type@id` names what the type is about: the group of a bit field, the nested response, the columns of a table.

use super::dangling::dangling;
use crate::check::file::{File, Mention, Param, list, loose};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        let id = param.attribute(&["Type"], "id").filter(|id| !id.is_blank());
        let Some(id) = id else {
            check_presence(param, faults);
            continue;
        };
        let is_found = match param.kind.as_str() {
            "read bit" | "write bit" => check_group(file, param, id, faults),
            "response" => check_response(file, param, id, faults),
            "array" => check_columns(file, param, id, faults),
            _ => true,
        };
        if is_found && id.is_padded() {
            // 2.62.2
            let message = format!("there is white space around {}", quoted(id.trimmed()));
            faults.add(Fault::rule("2.62.2", id.span, message).help("remove it"));
        }
    }
}

fn check_presence(param: &Param<'_>, faults: &mut Faults) {
    let Some(kind) = param.element.find("Type").filter(|kind| kind.get("id").is_none()) else { return };
    let (what, example) = match param.kind.as_str() {
        "response" => ("the response that reads its bytes", "the id of a response"),
        "read bit" | "write bit" => {
            ("the group of bytes in which its bits are", "the id of a parameter of type `group`")
        }
        _ => return,
    };
    // 2.62.6
    let message = format!("{} does not name {what}", param.label());
    let fault = Fault::rule("2.62.6", kind.name_span, message).missing("@id");
    faults.add(fault.help(format!("write `<Type id=\"…\">{}</Type>` with {example}", param.kind)));
}

/// Whether there is the group.
fn check_group(file: &File<'_>, param: &Param<'_>, id: Slot<'_>, faults: &mut Faults) -> bool {
    let group = Mention { slot: id, id: loose(id.raw) };
    let is_found = group.id.is_some_and(|id| file.param(id).is_some());
    if !is_found {
        // 2.62.3
        faults.add(dangling(file, "2.62.3", &format!("{} is a bit field of", param.label()), group));
    }
    is_found
}

/// Whether there is the response.
fn check_response(file: &File<'_>, param: &Param<'_>, id: Slot<'_>, faults: &mut Faults) -> bool {
    let is_found = loose(id.raw).is_some_and(|id| file.responses.find(id).is_some());
    if !is_found {
        // 2.62.4
        let message = format!("{} is read by response {}, which is not declared", param.label(), quoted(id.trimmed()));
        let help = match loose(id.raw) {
            Some(id) => format!("add `<Response id=\"{id}\">` or change the id"),
            None => "write the id of a response".to_owned(),
        };
        faults.add(Fault::rule("2.62.4", id.span, message).help(help));
    }
    is_found
}

/// Whether there are all the columns.
fn check_columns(file: &File<'_>, param: &Param<'_>, ids: Slot<'_>, faults: &mut Faults) -> bool {
    let mut are_found = true;
    let owner = format!("the table {} has the column", param.id);
    for column in list(ids.within(ids.trimmed()), ';').map(Mention::literal) {
        if column.id.and_then(|id| file.param(id)).is_none() {
            // 2.62.5
            faults.add(dangling(file, "2.62.5", &owner, column));
            are_found = false;
        }
    }
    are_found
}
