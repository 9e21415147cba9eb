//! A column of a table is a parameter that can be one.

use std::collections::BTreeSet;

use crate::check::file::{File, is_param_type};
use crate::diagnostic::{Fault, Faults};
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    // A column may stand in several tables.
    let mut reported = BTreeSet::new();
    for (table, column) in file.tables.iter().flat_map(|table| table.columns.iter().map(move |column| (table, column)))
    {
        let Some(param) = column.pid.and_then(|pid| file.param(pid)) else { continue };
        let is_suitable = matches!(param.kind.as_str(), "read" | "write" | "group" | "read bit" | "write bit");
        let Some(kind) = param.text(&["Type"]).filter(|_| !is_suitable && is_param_type(&param.kind)) else { continue };
        if !reported.insert(param.id) {
            continue;
        }
        // 2.64.1
        let message = format!(
            "{} is a column of {}, which cannot be of type {}",
            param.label(),
            table.label(),
            quoted(kind.trimmed())
        );
        let fault = Fault::rule("2.64.1", kind.span, message).help("write `read`");
        faults.add(match column.option {
            Some(option) => fault.related(option.tag, "it is made a column here"),
            None => fault,
        });
    }
}
