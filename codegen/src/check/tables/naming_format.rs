//! `NamingFormat` composes names of columns, one at least.

use crate::check::file::{File, Naming, loose};
use crate::diagnostic::{Fault, Faults};
use crate::model::Target;
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for table in &file.tables {
        let Some(format) = table.naming_format() else { continue };
        let mut is_dynamic = false;
        for part in Naming::Format(format).parts() {
            let Some(pid) = loose(part.raw) else { continue };
            is_dynamic = true;
            // 2.65.3
            if !file.has(Target::Param, pid) {
                let message =
                    format!("the names of the rows of {} use parameter {pid}, which is not declared", table.label());
                faults.add(Fault::rule("2.65.3", part.span, message).help(file.declared_near(Target::Param, pid)));
            }
        }
        // 2.65.4
        if !is_dynamic {
            let message = format!("{} gives every row of {} the same name", quoted(format.trimmed()), table.label());
            let help = "its first character is the separator; name a column behind it by its id: `;Port ;101`";
            faults.add(Fault::rule("2.65.4", format.span, message).help(help));
        }
    }
}
