//! A foreign key to another table has a relation.

use std::collections::BTreeSet;

use super::relations;
use crate::check::file::{Column, File};
use crate::diagnostic::{Fault, Faults};

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let related: BTreeSet<(u32, u32)> =
        relations::paths(file).flat_map(relations::couples).map(|(left, right)| ordered(left.1, right.1)).collect();
    for table in &file.tables {
        for (option, target) in table.columns.iter().flat_map(Column::foreign_keys) {
            // 2.38.4
            if target == table.pid || related.contains(&ordered(table.pid, target)) {
                continue;
            }
            let message =
                format!("no relation joins {} and table {target}, to which this is a foreign key", table.label());
            let help = if file.table(target).is_some() {
                format!("add `<Relation path=\"{target};{}\"/>` to `Relations`", table.pid)
            } else {
                format!("table {target} is not declared; {}", file.tables_near(target))
            };
            faults.add(Fault::rule("2.38.4", option.slot.span, message).help(help));
        }
    }
}

fn ordered(left: u32, right: u32) -> (u32, u32) {
    (left.min(right), left.max(right))
}
