//! A column that shows another one names it in a form that can be read.

use crate::check::file::{Choice, Column, File, Table, list, loose};
use crate::diagnostic::{Fault, Faults};
use crate::model::Target;
use crate::parse::Slot;
use crate::text::quoted;

/// What `view=` of a column names.
struct View<'d> {
    first: Option<(Slot<'d>, u32)>,
    second: Option<(Slot<'d>, u32)>,
    /// The column is looked up in another element.
    is_remote: bool,
}

impl<'d> View<'d> {
    /// `<column>`, `<column>:<column>`, or `[<column>]:<key column>:<remote table>:<remote index>`.
    fn read(option: &Choice<'d>) -> Option<Self> {
        let parts: Vec<Slot<'d>> = option.value().into_iter().flat_map(|value| list(value, ':')).collect();
        let number = |part: &Slot<'d>| loose(part.raw).map(|number| (*part, number));
        match parts.as_slice() {
            [first] => Some(Self { first: Some(number(first)?), second: None, is_remote: false }),
            [first, second] => {
                Some(Self { first: Some(number(first)?), second: Some(number(second)?), is_remote: false })
            }
            [first, key, table, index] => {
                let first = if first.is_blank() { None } else { Some(number(first)?) };
                number(table).and(number(index))?;
                Some(Self { first, second: Some(number(key)?), is_remote: true })
            }
            _ => None,
        }
    }
}

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for table in &file.tables {
        let filter = table.option("filterChange");
        for column in &table.columns {
            // `view` without a value is another option.
            let options = column.choices.iter().filter(|option| option.is("view") && option.value().is_some());
            for option in options {
                match (View::read(option), filter) {
                    (None, _) => faults.add(unreadable(option)),
                    (Some(_), Some(filter)) => faults.add(filtered(table, option, filter)),
                    (Some(view), None) => looked_up(file, table, column, &view, faults),
                }
            }
        }
    }
}

/// 2.38.1
fn unreadable(option: &Choice<'_>) -> Fault {
    let message = format!("{} does not say which column it shows", quoted(option.slot.trimmed()));
    let help = "write `view=column`, `view=column:column`, or \
                `view=:key column:remote table:remote index`, all of them numbers";
    Fault::rule("2.38.1", option.slot.span, message).help(help)
}

/// 2.38.3
fn filtered(table: &Table<'_>, option: &Choice<'_>, filter: &Choice<'_>) -> Fault {
    let written = quoted(option.slot.trimmed());
    let message = format!("a column of {} has {written}, but its table maps columns", table.label());
    let fault = Fault::rule("2.38.3", option.slot.span, message).help("use either `view` or `filterChange`");
    fault.related(filter.slot.span, "the columns are mapped here")
}

/// 2.38.2
fn looked_up(file: &File<'_>, table: &Table<'_>, column: &Column<'_>, view: &View<'_>, faults: &mut Faults) {
    let own = column.pid;
    let must_be_elsewhere = [(view.first, true), (view.second, !view.is_remote)];
    for ((part, pid), is_looked_up) in must_be_elsewhere.into_iter().filter_map(|(part, is)| Some((part?, is))) {
        let (message, help) = if own == Some(pid) {
            let help = "name the column of another table whose values it shows".to_owned();
            (format!("column {pid} of {} shows itself", table.label()), help)
        } else if is_looked_up && !file.tables_of(pid).any(|owner| owner.pid != table.pid) {
            let (what, help) = if file.has(Target::Param, pid) {
                ("no column of another table", "name a column of another table".to_owned())
            } else {
                ("not declared", file.declared_near(Target::Param, pid))
            };
            (format!("a column of {} shows column {pid}, which is {what}", table.label()), help)
        } else {
            continue;
        };
        faults.add(Fault::rule("2.38.2", part.span, message).help(help));
    }
}
