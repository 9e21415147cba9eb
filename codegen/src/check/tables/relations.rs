//! The path of a relation leads from table to table along foreign keys, and no two relations have the same one.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::file::{Column, File, list, loose};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::source::Span;
use crate::text::quoted;

/// An entry of a path that names an item, and its number.
pub(super) type Entry<'d> = (Slot<'d>, u32);

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let keys: BTreeSet<(u32, u32)> = file
        .tables
        .iter()
        .flat_map(|table| table.columns.iter().flat_map(Column::foreign_keys).map(|(_, to)| (table.pid, to)))
        .collect();
    let mut firsts: BTreeMap<String, Span> = BTreeMap::new();
    for path in paths(file) {
        entries(path).for_each(|entry| judge(file, entry, faults));
        for (left, right) in couples(path) {
            let is_table = |(slot, pid): Entry<'_>| slot.raw == pid.to_string() && file.table(pid).is_some();
            let are_tables = is_table(left) && is_table(right);
            if are_tables && !keys.contains(&(left.1, right.1)) && !keys.contains(&(right.1, left.1)) {
                faults.add(unkeyed(left, right));
            }
        }
        // 13.2.9
        let text = path.trimmed().to_lowercase();
        if let Some(&first) = firsts.get(&text) {
            let message = format!("another relation has the path {}", quoted(path.trimmed()));
            let fault = Fault::rule("13.2.9", path.span, message).help("remove one of the two");
            faults.add(fault.related(first, "the first one"));
        } else {
            firsts.insert(text, path.span);
        }
    }
}

/// The paths that are not blank.
pub(super) fn paths<'d>(file: &File<'d>) -> impl Iterator<Item = Slot<'d>> {
    let relations = file.root.all("Relations").flat_map(|list| list.all("Relation"));
    relations.filter_map(|relation| relation.get("path")).map(Slot::attribute).filter(|path| !path.is_blank())
}

/// The entries of a path; one separator at its end ends the last one.
fn entries(path: Slot<'_>) -> impl Iterator<Item = Slot<'_>> {
    let mut entries: Vec<Slot<'_>> = list(path, ';').collect();
    if entries.len() > 1 {
        entries.pop_if(|last| last.is_blank());
    }
    entries.into_iter()
}

/// The entries that stand next to each other in a path and both can be read.
pub(super) fn couples(path: Slot<'_>) -> impl Iterator<Item = (Entry<'_>, Entry<'_>)> {
    let numbered: Vec<Option<Entry<'_>>> =
        entries(path).map(|entry| loose(entry.raw).map(|number| (entry, number))).collect();
    let next = numbered.clone().into_iter().skip(1);
    numbered.into_iter().zip(next).filter_map(|(left, right)| left.zip(right))
}

fn judge(file: &File<'_>, entry: Slot<'_>, faults: &mut Faults) {
    let fault = match loose(entry.raw) {
        // 13.2.3
        None => {
            let message = if entry.is_blank() {
                "an entry of the path is empty".to_owned()
            } else {
                format!("{} is not the id of a table", quoted(entry.trimmed()))
            };
            Fault::rule("13.2.3", entry.span, message).help("write ids of tables with `;` between them")
        }
        // 13.2.1: taken literally, so a padded id is none.
        Some(number) if file.param(number).is_none() => {
            let message = format!("the relation leads to table {number}, which is not declared");
            Fault::rule("13.2.1", entry.span, message).help(file.tables_near(number))
        }
        Some(number) if entry.raw != number.to_string() => {
            let message = format!("the relation leads to table {}, which is not found in this form", quoted(entry.raw));
            Fault::rule("13.2.1", entry.span, message)
                .help(format!("write `{number}` without white space, sign or leading zeros"))
        }
        // 13.2.7
        Some(number) if file.table(number).is_none() => {
            let message = format!("the relation leads to parameter {number}, which is no table");
            Fault::rule("13.2.7", entry.span, message).help(file.tables_near(number))
        }
        Some(_) => return,
    };
    faults.add(fault);
}

/// 13.2.6
fn unkeyed(left: Entry<'_>, right: Entry<'_>) -> Fault {
    let span = Span::new(left.0.span.start, right.0.span.end);
    let message = if left.1 == right.1 {
        format!("table {} has no foreign key to itself", left.1)
    } else {
        format!("neither table {} nor table {} has a foreign key to the other", left.1, right.1)
    };
    let help = format!("give a column of table {} the option `foreignKey={}`", right.1, left.1);
    Fault::rule("13.2.6", span, message).help(help)
}
