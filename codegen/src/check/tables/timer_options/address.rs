//! The table over whose rows a timer runs, and the columns that it looks at.

use super::judged::Judged;
use super::read::TimerOption;
use crate::check::file::{File, Table, loose};
use crate::diagnostic::{Fault, Faults};
use crate::model::Target;
use crate::parse::Slot;

/// The table that the option `ip` names.
pub(super) enum Address<'f, 'd> {
    /// There is no such option, or several.
    Unspecified,
    /// It names nothing.
    Unknown,
    /// It names a parameter, which is a table if it is right.
    Known(u32, Option<&'f Table<'d>>),
}

impl<'f, 'd> Address<'f, 'd> {
    /// What the option `ip` names.
    pub(super) fn of(file: &'f File<'d>, ip: Option<&TimerOption<'d>>) -> Self {
        let Some(ip) = ip else { return Self::Unspecified };
        let pid = ip.parts().first().and_then(|table| loose(table.raw)).filter(|&pid| file.param(pid).is_some());
        pid.map_or(Self::Unknown, |pid| Self::Known(pid, file.table(pid)))
    }
}

/// `ip:<table>,<column>` (7.3.11) and `instance:<table>,<column>` (7.3.10).
pub(super) fn table_and_column(file: &File<'_>, option: &TimerOption<'_>, rule: &'static str, faults: &mut Faults) {
    let form = if option.name == "ip" { "ip:table,column" } else { "instance:table,column" };
    let mut judged = Judged::new(option, rule, form);
    if let Some((table, rest)) = option.parts().split_first() {
        let pid = judged.number(*table, "the table");
        let pid = pid.filter(|&pid| judged.refers(file, *table, Target::Param, pid));
        match rest.first().filter(|column| !column.is_blank()) {
            None => judged.absent("the index of a column"),
            Some(column) => {
                if let Some((idx, pid)) = judged.number(*column, "the index of the column").zip(pid) {
                    has_column(&mut judged, *column, idx, pid, file.table(pid));
                }
            }
        }
    }
    judged.report(faults);
}

/// `ignoreIf:<column>,<value>` (7.3.7): the column of the table that `ip` names.
pub(super) fn ignore_if(address: &Address<'_, '_>, option: &TimerOption<'_>, faults: &mut Faults) {
    let mut judged = Judged::new(option, "7.3.7", "ignoreIf:column,value");
    if let Some((column, rest)) = option.parts().split_first() {
        if let Some(idx) = judged.number(*column, "the index of the column") {
            match address {
                Address::Unspecified => {}
                Address::Unknown => {
                    let message = format!("column {idx} belongs to a table that the option `ip` does not name");
                    let help = "name the table in `ip:table,column`";
                    judged.add(Fault::rule("7.3.29", column.span, message).help(help));
                }
                Address::Known(pid, table) => has_column(&mut judged, *column, idx, *pid, *table),
            }
        }
        if rest.first().is_none_or(Slot::is_blank) {
            judged.absent("the value");
        }
    }
    judged.report(faults);
}

/// 7.3.29: indices start at 0.
fn has_column(judged: &mut Judged<'_, '_>, part: Slot<'_>, idx: u32, pid: u32, table: Option<&Table<'_>>) {
    if table.is_some_and(|table| table.column(idx).is_some()) {
        return;
    }
    let (message, help) = match table {
        Some(table) => (
            format!("{} has no column with the index {idx}", table.label()),
            format!("indices count from 0; {}", table.column_indices()),
        ),
        None => (format!("parameter {pid}, whose column {idx} is named, is no table"), "name a table".to_owned()),
    };
    judged.add(Fault::rule("7.3.29", part.span, message).help(help));
}
