//! A column with keys holds text, is shown as text or number, and is read.

use std::collections::BTreeSet;

use super::primary_key;
use crate::check::file::{File, KeyOrigin, Param, Table, is_interprete_type, is_measurement_type};
use crate::diagnostic::{Fault, Faults};
use crate::parse::{Element, Slot};
use crate::source::Span;
use crate::text::quoted;

/// What makes a column one with keys.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Primary,
    Foreign,
    Display,
}

impl Role {
    fn what(self) -> &'static str {
        match self {
            Self::Primary => "the primary key",
            Self::Foreign => "a foreign key",
            Self::Display => "the name of the rows",
        }
    }

    /// The rules on `Interprete/Type`, `Measurement/Type` and `Type`.
    fn rules(self) -> [&'static str; 3] {
        match self {
            Self::Primary => ["2.46.7", "2.46.8", "2.46.9"],
            Self::Foreign => ["2.38.7", "2.38.8", "2.38.9"],
            Self::Display => ["2.39.6", "2.39.7", "2.39.8"],
        }
    }
}

/// A column of a table in its role.
struct Key<'f, 'd> {
    role: Role,
    table: &'f Table<'d>,
    param: &'f Param<'d>,
    /// What gives it the role.
    reason: Span,
    /// Whether its types are judged, and not only that it is read.
    has_values: bool,
}

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let mut judged = BTreeSet::new();
    for key in file.tables.iter().flat_map(|table| keys(file, table)) {
        if !judged.insert((key.param.id, key.role)) {
            continue;
        }
        let [interprete, measurement, kind] = key.role.rules();
        if key.has_values {
            key.interprete(interprete, faults);
            // A table that no client sees needs no form for its cells.
            if file.params.get(key.table.param).is_some_and(|param| file.is_available(param)) {
                key.measurement(measurement, faults);
            }
        }
        key.kind(kind, faults);
    }
}

fn keys<'f, 'd>(file: &'f File<'d>, table: &'f Table<'d>) -> Vec<Key<'f, 'd>> {
    let key = |role, pid: u32, reason: Span, has_values| {
        Some(Key { role, table, param: file.param(pid)?, reason, has_values })
    };
    let attribute = |name: &str| table.options.get(name).map_or(table.options.name_span, |found| found.value_span);
    let primary = table.primary_key().filter(|_| table.index == Some(primary_key::recommended(table)));
    let mut keys = Vec::new();
    keys.extend(primary.and_then(|column| key(Role::Primary, column.pid?, attribute("index"), true)));
    for column in &table.columns {
        let mut foreign = column.foreign_keys();
        keys.extend(foreign.next().and_then(|(option, _)| key(Role::Foreign, column.pid?, option.slot.span, true)));
    }
    keys.extend(table.display_key().and_then(|display| {
        let reason = match display.origin {
            KeyOrigin::PrimaryKey => return None,
            KeyOrigin::DisplayColumn => attribute("displayColumn"),
            KeyOrigin::Naming => table.naming().map_or(table.options.name_span, |naming| naming.slot().span),
            KeyOrigin::ColumnType => {
                let typed = table.columns.iter().find(|column| column.is_of_type("displaykey"));
                let kind = typed.and_then(|column| column.option?.get("type"));
                kind.map_or(table.options.name_span, |kind| kind.value_span)
            }
        };
        key(Role::Display, display.pid, reason, display.origin == KeyOrigin::DisplayColumn)
    }));
    keys
}

impl Key<'_, '_> {
    /// 2.38.7, 2.39.6, 2.46.7
    fn interprete(&self, rule: &'static str, faults: &mut Faults) {
        let names = ["Interprete", "Type"];
        match self.param.text(&names) {
            None => faults.add(self.missing(rule, names, "string")),
            Some(text) if is_interprete_type(&self.param.interprete) && self.param.interprete != "string" => {
                faults.add(self.wrong(rule, "`Interprete/Type`", text, "write `string`: keys are compared as text"));
            }
            Some(_) => {}
        }
    }

    /// 2.38.8, 2.39.7, 2.46.8
    fn measurement(&self, rule: &'static str, faults: &mut Faults) {
        let names = ["Measurement", "Type"];
        match self.param.text(&names) {
            None => faults.add(self.missing(rule, names, "string")),
            Some(text)
                if is_measurement_type(&self.param.measurement)
                    && !matches!(self.param.measurement.as_str(), "string" | "number") =>
            {
                faults.add(self.wrong(rule, "`Measurement/Type`", text, "write `string` or `number`"));
            }
            Some(_) => {}
        }
    }

    /// 2.38.9, 2.39.8, 2.46.9
    fn kind(&self, rule: &'static str, faults: &mut Faults) {
        if let Some(text) = self.param.text(&["Type"])
            && matches!(self.param.kind.as_str(), "write" | "group" | "read bit" | "write bit")
        {
            faults.add(self.wrong(rule, "`Type`", text, "write `read`"));
        }
    }

    fn wrong(&self, rule: &'static str, what: &str, text: Slot<'_>, help: &str) -> Fault {
        let message = format!("{}, cannot have the {what} {}", self.label(), quoted(text.trimmed()));
        Fault::rule(rule, text.span, message).help(help).related(self.reason, "the column has this role here")
    }

    fn missing(&self, rule: &'static str, [outer, inner]: [&str; 2], value: &str) -> Fault {
        let message = format!("{}, has no `{outer}/{inner}`", self.label());
        let (place, missing): (&Element, String) = match self.param.element.find(outer) {
            Some(element) => (element, format!("/{inner}")),
            None => (self.param.element, format!("/{outer}/{inner}")),
        };
        Fault::rule(rule, place.name_span, message)
            .missing(missing)
            .help(format!("add `<{inner}>{value}</{inner}>` to its `{outer}`"))
            .related(self.reason, "the column has this role here")
    }

    /// `parameter 101, the primary key of table 100`.
    fn label(&self) -> String {
        format!("{}, {} of {}", self.param.label(), self.role.what(), self.table.label())
    }
}
