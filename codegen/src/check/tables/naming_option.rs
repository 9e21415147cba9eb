//! The table option `naming` lists parameters behind its separator.

use crate::check::file::{File, list, loose, plain};
use crate::diagnostic::{Fault, Faults};
use crate::model::Target;
use crate::parse::Slot;
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for table in &file.tables {
        for option in table.choices.iter().filter(|option| option.is("naming")) {
            // 2.17.3
            let Some(ids) = option.after_separator() else {
                let message = format!("{} in {} lists no columns", quoted(option.slot.trimmed()), table.label());
                let help = "write a separator and ids of columns: `naming=/101,102`";
                faults.add(Fault::rule("2.17.3", option.slot.span, message).help(help));
                continue;
            };
            // 2.17.4: taken literally, so a padded id is none.
            for id in list(ids, ',') {
                let known =
                    plain(id.raw).filter(|number| id.raw == number.to_string() && file.has(Target::Param, *number));
                if known.is_none() {
                    faults.add(dangling(file, table.pid, id));
                }
            }
        }
    }
}

fn dangling(file: &File<'_>, table: u32, id: Slot<'_>) -> Fault {
    let message = format!("the names of the rows of table {table} use parameter {}", quoted(id.raw));
    let (message, help) = match loose(id.raw) {
        _ if id.is_blank() => {
            (format!("an entry of `naming` in table {table} is empty"), "remove the comma that is too many".to_owned())
        }
        Some(number) if file.has(Target::Param, number) => {
            (format!("{message}, which is not found in this form"), format!("write `{number}` as it is declared"))
        }
        Some(number) => (format!("{message}, which is not declared"), file.declared_near(Target::Param, number)),
        None => (format!("{message}, which is no id"), "write ids of columns with commas between them".to_owned()),
    };
    Fault::rule("2.17.4", id.span, message).help(help)
}
