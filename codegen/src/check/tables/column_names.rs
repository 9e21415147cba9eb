//! The columns of a table are named after it.

use std::collections::BTreeSet;

use crate::check::file::{File, Param, Table};
use crate::diagnostic::{Fault, Faults};
use crate::text::quoted;

/// What is cut from the end of the name of a table.
const SUFFIX: &str = "table";

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    // A column may stand in several tables.
    let mut reported = BTreeSet::new();
    for table in &file.tables {
        let Some(name) = file.params.get(table.param).map(|param| param.name) else { continue };
        let prefix = prefix(name);
        for pid in table.columns.iter().filter_map(|column| column.pid) {
            // What `duplicateAs` makes has no name of its own, and no element.
            let Some(column) = file.param(pid).filter(|column| !column.name.is_empty()) else { continue };
            if column.name.starts_with(prefix) || !reported.insert(column.id) {
                continue;
            }
            // 2.53.2
            faults.add(unprefixed(table, column, prefix));
            if let Some(partner) = file.partner(column).filter(|partner| reported.insert(partner.id)) {
                faults.add(unprefixed(table, partner, prefix));
            }
        }
    }
}

/// The name of a table without a final `table` and the spaces before it.
fn prefix(name: &str) -> &str {
    let end = name.len().saturating_sub(SUFFIX.len());
    let cut = name.get(end..).filter(|end| end.eq_ignore_ascii_case(SUFFIX)).and_then(|_| name.get(..end));
    cut.unwrap_or(name).trim_end()
}

fn unprefixed(table: &Table<'_>, column: &Param<'_>, prefix: &str) -> Fault {
    let message = format!("the name of column {} does not start with that of its {}", column.id, table.label());
    let span = column.text(&["Name"]).map_or(column.element.name_span, |name| name.span);
    Fault::rule("2.53.2", span, message).help(format!("write {}", quoted(&prefixed(prefix, column.name))))
}

/// The name of a column behind the prefix that it should have; letter case alone is put right.
fn prefixed(prefix: &str, name: &str) -> String {
    if let Some((start, rest)) = name.split_at_checked(prefix.len())
        && start.eq_ignore_ascii_case(prefix)
    {
        return format!("{prefix}{rest}");
    }
    let is_lower = prefix.ends_with(char::is_lowercase) && name.starts_with(char::is_lowercase);
    let separator = match (prefix.contains(' ') || name.contains(' '), is_lower) {
        (true, _) => " ",
        (false, true) => "_",
        (false, false) => "",
    };
    format!("{prefix}{separator}{name}")
}

#[cfg(test)]
mod tests {
    use super::{prefix, prefixed};

    #[test]
    fn the_word_table_is_no_part_of_the_prefix() {
        assert_eq!(prefix("Inputs Table"), "Inputs");
        assert_eq!(prefix("InputsTABLE"), "Inputs");
        assert_eq!(prefix("Table of inputs"), "Table of inputs");
        assert_eq!(prefix("Table"), "");
    }

    #[test]
    fn the_proposed_name_is_written_as_the_others_are() {
        assert_eq!(prefixed("inputs", "name"), "inputs_name");
        assert_eq!(prefixed("Inputs", "Name"), "InputsName");
        assert_eq!(prefixed("Input Streams", "Name"), "Input Streams Name");
        assert_eq!(prefixed("Inputs", "inputsName"), "InputsName");
    }
}
