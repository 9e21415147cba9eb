//! `Type@id` names what the type is about: the group of a bit field, the nested response, the columns of a table.

use super::dangling::dangling;
use crate::check::file::{File, Mention, Param, list, loose};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        let id = param.attribute(&["Type"], "id").filter(|id| !id.is_blank());
        match (param.kind.as_str(), id) {
            ("read bit" | "write bit", Some(id)) => check_group(file, param, id, faults),
            ("response", Some(id)) => check_response(file, param, id, faults),
            ("array", Some(id)) => check_columns(file, param, id, faults),
            ("read bit" | "write bit" | "response", None) => check_presence(param, faults),
            _ => {}
        }
    }
}

fn check_presence(param: &Param<'_>, faults: &mut Faults) {
    let Some(kind) = param.element.find("Type").filter(|kind| kind.get("id").is_none()) else { return };
    let (what, example) = match param.kind.as_str() {
        "response" => ("the response that reads its bytes", "the id of a response"),
        _ => ("the group of bytes in which its bits are", "the id of a parameter of type `group`"),
    };
    // 2.62.6
    let message = format!("{} does not name {what}", param.label());
    let fault = Fault::rule("2.62.6", kind.name_span, message).missing("@id");
    faults.add(fault.help(format!("write `<Type id=\"…\">{}</Type>` with {example}", param.kind)));
}

fn check_group(file: &File<'_>, param: &Param<'_>, id: Slot<'_>, faults: &mut Faults) {
    let group = Mention { slot: id, id: loose(id.raw) };
    if group.id.and_then(|id| file.param(id)).is_none() {
        // 2.62.3
        faults.add(dangling(file, "2.62.3", &format!("{} is a bit field of", param.label()), group));
    }
}

fn check_response(file: &File<'_>, param: &Param<'_>, id: Slot<'_>, faults: &mut Faults) {
    if loose(id.raw).and_then(|id| file.responses.find(id)).is_none() {
        // 2.62.4
        let message = format!("{} is read by response {}, which is not declared", param.label(), quoted(id.trimmed()));
        let help = match loose(id.raw) {
            Some(id) => format!("add `<Response id=\"{id}\">` or change the id"),
            None => "write the id of a response".to_owned(),
        };
        faults.add(Fault::rule("2.62.4", id.span, message).help(help));
    }
}

fn check_columns(file: &File<'_>, param: &Param<'_>, ids: Slot<'_>, faults: &mut Faults) {
    let owner = format!("the table {} has the column", param.id);
    for column in list(ids.within(ids.trimmed()), ';').map(Mention::literal) {
        if column.id.and_then(|id| file.param(id)).is_none() {
            // 2.62.5
            faults.add(dangling(file, "2.62.5", &owner, column));
        }
    }
}
