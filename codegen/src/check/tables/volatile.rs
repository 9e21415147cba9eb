//! A volatile table keeps no rows, so nothing may rely on its keys; a table on whose keys nothing relies may be volatile.

use std::collections::BTreeMap;

use crate::check::file::{Choice, Column, File, Table, plain};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::source::Span;
use crate::text::quoted;

/// What keeps a table from being volatile.
struct Obstacle {
    rule: &'static str,
    span: Span,
    message: String,
    help: &'static str,
}

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let mut others = Others::new(file);
    for table in &file.tables {
        let obstacles = obstacles(file, table, &mut others);
        if let Some(option) = table.option("volatile") {
            for Obstacle { rule, span, message, help } in obstacles {
                let fault =
                    Fault::rule(rule, span, format!("{} keeps no rows, but {message}", table.label())).help(help);
                faults.add(fault.related(option.slot.span, "the table is volatile"));
            }
        } else if obstacles.is_empty() {
            // 2.78.1
            let options = table.options.get("options").map(Slot::attribute);
            let message = format!("the rows of {} are stored, but nothing relies on it", table.label());
            let fault = Fault::rule("2.78.1", options.map_or(table.options.name_span, |options| options.span), message)
                .help("consider the option `volatile`, unless the rows have to be there after a restart");
            faults.add(if options.is_some() { fault } else { fault.missing("@options") });
        }
    }
}

/// What refers to tables from elsewhere.
struct Others<'d> {
    /// Foreign keys, by the table that they name.
    foreign_keys: BTreeMap<u32, Vec<Choice<'d>>>,
    /// The `dynamicId`s of parameter groups, by the table that they name.
    groups: BTreeMap<u32, Vec<Slot<'d>>>,
}

impl<'d> Others<'d> {
    fn new(file: &File<'d>) -> Self {
        let mut foreign_keys: BTreeMap<u32, Vec<Choice<'d>>> = BTreeMap::new();
        for (option, target) in file.tables.iter().flat_map(|table| &table.columns).flat_map(Column::foreign_keys) {
            foreign_keys.entry(target).or_default().push(*option);
        }
        let mut groups: BTreeMap<u32, Vec<Slot<'d>>> = BTreeMap::new();
        for group in file.root.all("ParameterGroups").flat_map(|list| list.all("Group")) {
            let named = group.get("dynamicId").map(Slot::attribute);
            if let Some((slot, table)) = named.and_then(|slot| Some((slot, plain(slot.raw)?))) {
                groups.entry(table).or_default().push(slot);
            }
        }
        Self { foreign_keys, groups }
    }
}

fn obstacles(file: &File<'_>, table: &Table<'_>, others: &mut Others<'_>) -> Vec<Obstacle> {
    let mut obstacles = Vec::new();
    for column in &table.columns {
        // 2.78.3
        for option in &column.choices {
            let is_key = option.is("foreignKey") && option.number().is_some();
            if is_key || option.is("save") || option.is("element") {
                let message = format!("a column has the option {}", quoted(option.slot.trimmed()));
                let help = "remove this option, or `volatile` from the table";
                obstacles.push(Obstacle { rule: "2.78.3", span: option.slot.span, message, help });
            }
        }
        // 2.78.5
        let monitored =
            column.pid.and_then(|pid| file.param(pid)).and_then(|param| param.text(&["Alarm", "Monitored"]));
        if let Some(monitored) = monitored.filter(|monitored| monitored.is("true")) {
            let message = "the alarms of a column are monitored".to_owned();
            let help = "write `false`, or remove `volatile` from the table";
            obstacles.push(Obstacle { rule: "2.78.5", span: monitored.span, message, help });
        }
    }
    // 2.78.4
    for option in others.foreign_keys.remove(&table.pid).into_iter().flatten() {
        let message = "a foreign key names them".to_owned();
        let help = "remove the foreign key, or `volatile` from the table";
        obstacles.push(Obstacle { rule: "2.78.4", span: option.slot.span, message, help });
    }
    // 2.78.6
    for slot in others.groups.remove(&table.pid).into_iter().flatten() {
        let message = "its rows are interfaces of a parameter group".to_owned();
        let help = "name another table, or remove `volatile` from this one";
        obstacles.push(Obstacle { rule: "2.78.6", span: slot.span, message, help });
    }
    obstacles
}
