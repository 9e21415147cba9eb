//! The names of the rows of a table have one source, and the right column shows them.

use std::collections::BTreeSet;

use crate::check::file::{DisplayKey, File, KeyOrigin, Table, loose};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Element;
use crate::source::Span;
use crate::text::either;

/// What marks the description of the column with the names of the rows.
const MARK: &str = "[idx]";

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for table in &file.tables {
        sources(table, faults);
        columns(table, faults);
    }
    marks(file, faults);
}

/// Where the names come from.
fn sources(table: &Table<'_>, faults: &mut Faults) {
    let displayed = table.display_column();
    let option = table.option("naming");
    let format = table.naming_format();
    let used: Vec<(&str, Span)> = [
        displayed.map(|slot| ("displayColumn", slot.span)),
        option.map(|option| ("naming=", option.slot.span)),
        format.map(|slot| ("NamingFormat", slot.span)),
    ]
    .into_iter()
    .flatten()
    .collect();
    // 2.39.1
    if used.len() > 1 {
        let message = format!("the names of the rows of {} are defined in {} ways", table.label(), used.len());
        let help = format!("keep only {}", either(used.iter().map(|(name, _)| *name)));
        let fault = Fault::rule("2.39.1", table.options.name_span, message).help(help);
        faults.add(used.iter().fold(fault, |fault, (name, span)| fault.related(*span, format!("by `{name}`"))));
        return;
    }
    let Some(displayed) = displayed else { return };
    let index = loose(displayed.raw);
    if index.is_some() && index == table.options.get("index").and_then(|index| loose(&index.value)) {
        // 2.39.2
        let message = format!("the rows of {} have the names of their primary key anyway", table.label());
        faults.add(Fault::rule("2.39.2", displayed.span, message).help("remove `displayColumn`"));
    } else {
        // 2.39.3
        let message = format!("{} names its rows by `displayColumn`", table.label());
        let column = index.and_then(|index| table.column(index)?.pid);
        let help = match column {
            Some(pid) => format!("write `<NamingFormat>;{pid}</NamingFormat>` instead"),
            None => "use `NamingFormat` instead".to_owned(),
        };
        faults.add(Fault::rule("2.39.3", displayed.span, message).help(help));
    }
}

/// The column of type `displaykey`.
fn columns(table: &Table<'_>, faults: &mut Faults) {
    let mut typed = table.columns.iter().filter(|column| column.is_of_type("displaykey"));
    let kind = |option: Option<&Element>| option.and_then(|option| option.get("type")).map(|kind| kind.value_span);
    let Some(first) = typed.next() else {
        // 2.39.9
        if table.naming().is_some_and(|naming| naming.parts().len() > 1) {
            let message = format!("no column of {} holds the composed names of its rows", table.label());
            let help = "add a column of type `displaykey` as the last one";
            let fault = Fault::rule("2.39.9", table.options.name_span, message).help(help);
            faults.add(match table.naming() {
                Some(naming) => fault.related(naming.slot().span, "the names are composed here"),
                None => fault,
            });
        }
        return;
    };
    // 2.39.11
    for other in typed {
        let Some(span) = kind(other.option) else { continue };
        let message = format!("{} has another column of type `displaykey`", table.label());
        let fault = Fault::rule("2.39.11", span, message).help("make it `retrieved`, or remove it");
        faults.add(match kind(first.option) {
            Some(first) => fault.related(first, "the first one"),
            None => fault,
        });
    }
}

/// 2.39.10: only the column with the names of the rows has the mark.
fn marks(file: &File<'_>, faults: &mut Faults) {
    let keys: Vec<Option<DisplayKey>> = file.tables.iter().map(Table::display_key).collect();
    let named: BTreeSet<u32> = keys.iter().flatten().map(|key| key.pid).collect();
    let mut judged = BTreeSet::new();
    for (table, key) in file.tables.iter().zip(&keys) {
        for pid in table.columns.iter().filter_map(|column| column.pid) {
            if named.contains(&pid) || !judged.insert(pid) {
                continue;
            }
            let Some(description) = file.param(pid).and_then(|param| param.text(&["Description"])) else { continue };
            let Some(at) = description.raw.to_ascii_lowercase().find(MARK) else { continue };
            let mark = description.raw.get(at..at + MARK.len()).unwrap_or_default();
            let message = format!("column {pid} does not hold the names of the rows of {}, but says so", table.label());
            let fault = Fault::rule("2.39.10", description.within(mark).span, message);
            faults.add(fault.help(match key {
                Some(key) => format!("remove `{mark}`; {} is column {}", origin(key.origin), key.pid),
                None => format!("remove `{mark}`"),
            }));
        }
    }
}

fn origin(origin: KeyOrigin) -> &'static str {
    match origin {
        KeyOrigin::ColumnType => "the display key, by its type,",
        KeyOrigin::Naming => "the only part of the names",
        KeyOrigin::DisplayColumn => "the one that `displayColumn` names",
        KeyOrigin::PrimaryKey => "the primary key, which names them,",
    }
}
