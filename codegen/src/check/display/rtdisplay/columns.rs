//! Columns that tables show, that clients evaluate, and that keys point to.

use super::needs::Needs;
use crate::check::file::{Column, File};

/// Options of columns that clients evaluate, in small letters; a longer name that begins with one of them is one as
/// well (2.38.5).
const FOR_CLIENTS: &[&str] = &[
    // What the header of a column shows.
    "enableheader",
    "disableheader",
    "enableheatmap",
    "disableheatmap",
    "enablehistogram",
    "disablehistogram",
    // Elements that rows are, and the views they are in.
    "element",
    "view",
    "severity",
    "hidden",
    // EPM and the overview of services.
    "cpedummycolumn",
    "hidekpi",
    "kpihidewrite",
    "kpishow",
    "hidesummarycolumn",
    // Visio.
    "dynamicdata",
    "linkelement",
    "selectionset",
    "xpos",
    "ypos",
    // The layout of a KPI window.
    "space",
    "subtitle",
    "showreadaskpi",
    // Icons and alarms in cells, keys, colours.
    "displayicon",
    "displayelementalarm",
    "displayservicealarm",
    "displayviewalarm",
    "foreignkey",
    "rowtextcoloring",
];

pub(super) fn collect(file: &File<'_>, needs: &mut Needs) {
    for table in &file.tables {
        if file.params.get(table.param).is_some_and(|param| file.is_available(param)) {
            for listed in table.listed() {
                let Some(pid) = listed.pid else { continue };
                needs.add_column(file, pid, "2.31.10", listed.entry.span, |it| format!("{} shows {it}", table.label()));
            }
        }
        for column in &table.columns {
            evaluated(file, column, needs);
            keys(file, column, needs);
        }
    }
}

/// One cause for all the options of a column, at the first.
fn evaluated(file: &File<'_>, column: &Column<'_>, needs: &mut Needs) {
    let is_for_clients = |name: &str| {
        let name = name.to_lowercase();
        FOR_CLIENTS.iter().any(|option| name.starts_with(option))
    };
    let option = column.choices.iter().find(|choice| is_for_clients(choice.name));
    if let (Some(pid), Some(option)) = (column.pid, option) {
        let why = |it: &str| format!("clients evaluate the option `{}` of {it}", option.name);
        needs.add_column(file, pid, "2.38.5", option.slot.span, why);
    }
}

/// The primary key of the table that a foreign key points to.
fn keys(file: &File<'_>, column: &Column<'_>, needs: &mut Needs) {
    for (choice, id) in column.foreign_keys() {
        if let Some(key) = file.table(id).and_then(|table| table.primary_key()?.pid) {
            needs.add_id(key, "2.38.6", choice.value_span(), format!("a foreign key points to it in table {id}"));
        }
    }
}
