//! A table that shows another one names that table, its elements, and its own columns.

use std::collections::BTreeSet;

use crate::check::file::{Choice, File, Table, list, loose};
use crate::diagnostic::{Fault, Faults};
use crate::model::Target;
use crate::parse::Slot;
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for table in &file.tables {
        if let Some(option) = table.option("view").filter(|option| option.value().is_some()) {
            view(file, table, option, faults);
        }
        if let Some(option) = table.option("filterChange") {
            filter_change(table, option, faults);
        }
        if let Some(option) = table.option("directView") {
            direct_view(file, table, option, faults);
        }
    }
}

/// 2.17.7: a table of another protocol, `view=<table>,<remote>`, cannot be looked up.
fn view(file: &File<'_>, table: &Table<'_>, option: &Choice<'_>, faults: &mut Faults) {
    let text = option.value().map_or("", |value| value.trimmed());
    if text.contains(',') {
        return;
    }
    let id = loose(text);
    let label = table.label();
    let (message, help) = match id {
        Some(id) if id == table.pid => (
            format!("{label} is a view of itself"),
            "name the table whose rows it shows, or remove the option".to_owned(),
        ),
        Some(id) if file.has(Target::Param, id) => return,
        Some(id) => (format!("{label} is a view of table {id}, which is not declared"), file.tables_near(id)),
        None => (
            format!("{} in {label} names no table", quoted(option.slot.trimmed())),
            "write `view=` and the id of the table whose rows it shows".to_owned(),
        ),
    };
    faults.add(Fault::rule("2.17.7", option.value_span(), message).help(help));
}

/// 2.17.8: `<local>-<remote>,…`.
fn filter_change(table: &Table<'_>, option: &Choice<'_>, faults: &mut Faults) {
    let own: BTreeSet<u32> =
        table.columns.iter().filter(|column| column.option.is_some()).filter_map(|column| column.pid).collect();
    let pairs = option.value().into_iter().flat_map(|value| list(value, ','));
    let locals = pairs.map(|pair| pair.within(pair.raw.split('-').next().unwrap_or_default()));
    let is_strange = |local: &Slot<'_>| loose(local.raw).is_none_or(|pid| !own.contains(&pid));
    let strange: Vec<Slot<'_>> = locals.filter(is_strange).collect();
    let fault = match strange.as_slice() {
        [] if option.value().is_some() => return,
        [only] if !only.is_blank() => {
            let message = format!("{} is no column of {}", quoted(only.trimmed()), table.label());
            Fault::rule("2.17.8", only.span, message)
        }
        several => {
            let named: Vec<String> = several.iter().map(|local| quoted(local.trimmed())).collect();
            let message = if several.iter().all(Slot::is_blank) {
                format!("{} in {} names no column", quoted(option.slot.trimmed()), table.label())
            } else {
                format!("{} are no columns of {}", named.join(", "), table.label())
            };
            let fault = Fault::rule("2.17.8", option.slot.span, message);
            several
                .iter()
                .filter(|local| !local.is_blank())
                .fold(fault, |fault, local| fault.related(local.span, "this one"))
        }
    };
    faults.add(fault.help(format!("write `filterChange=local-remote,…`; {}", table.column_ids())));
}

/// 2.17.9: the column of another table that holds the elements to ask.
fn direct_view(file: &File<'_>, table: &Table<'_>, option: &Choice<'_>, faults: &mut Faults) {
    let label = table.label();
    let Some(pid) = option.number() else {
        let message = format!("{} in {label} names no column", quoted(option.slot.trimmed()));
        let help = "write `directView=` and the id of the column with the elements to ask";
        faults.add(Fault::rule("2.17.9", option.value_span(), message).help(help));
        return;
    };
    let owners: Vec<u32> = file.tables_of(pid).map(|owner| owner.pid).collect();
    let (message, help) = if !file.has(Target::Param, pid) {
        (
            format!("{label} asks the elements in parameter {pid}, which is not declared"),
            file.declared_near(Target::Param, pid),
        )
    } else if owners.contains(&table.pid) {
        (
            format!("{label} asks the elements in its own column {pid}"),
            "name the column of another table, which says where the rows come from".to_owned(),
        )
    } else if owners.is_empty() {
        (
            format!("{label} asks the elements in parameter {pid}, which is no column of a table"),
            "name a column of the table that lists the elements".to_owned(),
        )
    } else {
        return;
    };
    faults.add(Fault::rule("2.17.9", option.value_span(), message).help(help));
}
