//! `DefaultValue` stands on read parameters outside tables, and that of a number is one (LIFE-12).

use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};
use crate::model::plain_number;
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        let Some(default) = param.text(&["Interprete", "DefaultValue"]) else { continue };
        let label = param.label();
        if let Some(table) = file.tables_of(param.id).next() {
            // 2.68.2
            let message = format!("{label} is a column, so it takes no `DefaultValue`");
            let fault =
                Fault::rule("2.68.2", default.span, message).help("remove it; whoever adds a row sets its cells");
            faults.add(fault.related(table.options.name_span, "the columns of the table"));
        } else if param.kind != "read" && !param.kind.is_empty() {
            // 2.68.1
            let message = format!("{label} is no read parameter, so it takes no `DefaultValue`");
            let fault = Fault::rule("2.68.1", default.span, message);
            faults.add(fault.help("remove `DefaultValue`, or move it to the read parameter"));
        } else if param.is_double() && plain_number(default.raw).is_none() {
            // 2.68.3: white space is not allowed here.
            let message = match default.raw {
                "" => format!("{label} is a number, but its default is empty"),
                text => format!("{label} is a number, but its default {} is none", quoted(text)),
            };
            let fault = Fault::rule("2.68.3", default.span, message);
            faults.add(fault.help("write digits with at most one dot and nothing around them: `-1.5`"));
        }
    }
}
