//! The primary key of a table is its first column.

use crate::check::file::{File, Table};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for table in &file.tables {
        let Some((written, index)) = table.options.get("index").map(Slot::attribute).zip(table.index) else { continue };
        let wanted = recommended(table);
        if index != wanted {
            // 2.46.5
            let why = if wanted == 0 { "" } else { ", as it is a logger table with a direct connection" };
            let message = format!(
                "the primary key of {} is its column {index}; it belongs in column {wanted}{why}",
                table.label()
            );
            let help = format!("put the primary key into the column with idx {wanted} and write `index=\"{wanted}\"`");
            faults.add(Fault::rule("2.46.5", written.span, message).help(help));
        } else if table.column(index).is_none() {
            // 2.46.4
            let message = format!("the primary key of {} is its column {index}, which is not declared", table.label());
            let help = format!("add `<ColumnOption idx=\"{index}\" …>`; {}", table.column_indices());
            faults.add(Fault::rule("2.46.4", written.span, message).help(help));
        } else if written.is_padded() {
            // 2.46.6
            let message = "there is white space around the index of the primary key";
            faults.add(Fault::rule("2.46.6", written.span, message).help(format!("write `index=\"{index}\"`")));
        }
    }
}

/// The column that has to be the primary key: the second one of a logger table that clients fill on their own.
pub(super) fn recommended(table: &Table<'_>) -> u32 {
    let is_logger = table.option("database").is_some();
    let connection = table.element.find_at(&["Database", "Connection", "Type"]).map(Slot::look);
    u32::from(is_logger && connection.is_some_and(|kind| kind.is("DirectConnection")))
}
