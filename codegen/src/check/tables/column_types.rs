//! A column of a table is a parameter that can be one.

use crate::check::file::{File, is_param_type};
use crate::diagnostic::{Fault, Faults};
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        let is_suitable = matches!(param.kind.as_str(), "read" | "write" | "group" | "read bit" | "write bit");
        if is_suitable || !is_param_type(&param.kind) {
            continue;
        }
        // 2.64.1
        let Some((table, kind)) = file.tables_of(param.id).next().zip(param.text(&["Type"])) else { continue };
        let message = format!(
            "{} is a column of {}, which cannot be of type {}",
            param.label(),
            table.label(),
            quoted(kind.trimmed())
        );
        let fault = Fault::rule("2.64.1", kind.span, message).help("write `read`");
        let column = table.columns.iter().find(|column| column.pid == Some(param.id));
        faults.add(match column.and_then(|column| column.option) {
            Some(option) => fault.related(option.tag, "it is made a column here"),
            None => fault,
        });
    }
}
