//! The groups of a timer exist, and the last one holds it back (7.5).

use crate::check::file::{File, Item, Table, loose, option, plain};
use crate::diagnostic::{Fault, Faults};
use crate::model::Target;
use crate::parse::Slot;
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for timer in file.timers.valid() {
        let Some(content) = timer.element.find("Content") else { continue };
        let mut numbered = Vec::new();
        for text in content.all("Group").map(Slot::look).filter(|text| !text.is_blank()) {
            if let Some(id) = loose(text.raw) {
                numbered.push((id, text));
                group(file, &timer.label(), id, text, faults);
            } else if let Some(entry) = Entry::new(text) {
                by_column(file, &timer, &entry, faults);
            } else {
                // 7.5.4
                let message = format!("{} is neither the id of a group nor a column with one", quoted(text.trimmed()));
                let help = "write the id of a group, or `col:<column>:<group>` in a timer with the option `ip`";
                faults.add(Fault::rule("7.5.4", text.span, message).help(help));
            }
        }
        last(file, &timer, &numbered, faults);
    }
}

/// 7.5.2
fn group(file: &File<'_>, label: &str, id: u32, place: Slot<'_>, faults: &mut Faults) {
    if !file.has(Target::Group, id) {
        let message = format!("{label} runs group {id}, which is not declared");
        faults.add(Fault::rule("7.5.2", place.span, message).help(file.nearest(Target::Group, id)));
    }
}

/// `col:<column>:<group>`: the column of each row says which group runs, the group stands in for an empty one.
struct Entry<'d> {
    whole: Slot<'d>,
    column: Slot<'d>,
    group: Slot<'d>,
}

impl<'d> Entry<'d> {
    fn new(text: Slot<'d>) -> Option<Self> {
        let mut parts = text.trimmed().split(':');
        let (word, column, group) = (parts.next()?, parts.next()?, parts.next()?);
        let are_digits =
            [column, group].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
        let is_one = word.eq_ignore_ascii_case("col") && are_digits && parts.next().is_none();
        is_one.then(|| Self { whole: text, column: text.within(column), group: text.within(group) })
    }
}

fn by_column(file: &File<'_>, timer: &Item<'_>, entry: &Entry<'_>, faults: &mut Faults) {
    let label = timer.label();
    // 7.5.4
    let Some(table) = table(file, timer) else {
        let message = format!("{label} works through no table, so {} names no column", quoted(entry.whole.trimmed()));
        let help = "write the option `ip:<table>,<column>` with a table that exists, or the id of a group";
        faults.add(Fault::rule("7.5.4", entry.whole.span, message).help(help));
        return;
    };
    let (Some(column), Some(id)) = (loose(entry.column.raw), loose(entry.group.raw)) else {
        let message = format!("a number in {} is too large", quoted(entry.whole.trimmed()));
        faults.add(Fault::rule("7.5.4", entry.whole.span, message).help("write numbers up to 4294967295"));
        return;
    };
    if table.column(column).is_none() {
        // 7.5.2
        let message = format!("{label} takes its groups from column {column}, which table {} does not have", table.pid);
        let fault = Fault::rule("7.5.2", entry.column.span, message).related(table.options.name_span, "its columns");
        faults.add(fault.help("write the `idx` of a column, counted from 0"));
    }
    group(file, &label, id, entry.group, faults);
}

/// The table that a timer works through: option `ip:<table>,<column>`.
fn table<'f, 'd>(file: &'f File<'d>, timer: &Item<'d>) -> Option<&'f Table<'d>> {
    let addresses = option(timer, "ip")?;
    file.table(plain(addresses.raw.split(',').next()?)?)
}

/// 7.5.5, TMR-08: only a queued group that comes last keeps a timer from ticking on while the queue grows.
fn last(file: &File<'_>, timer: &Item<'_>, groups: &[(u32, Slot<'_>)], faults: &mut Faults) {
    let is_queued = |id: u32| {
        let group = file.groups.find(id)?;
        let kind = group.text(&["Type"]);
        Some(kind.is_none_or(|kind| !kind.is("action") && !kind.is("trigger")))
    };
    let Some((&(last, place), others)) = groups.split_last() else { return };
    if is_queued(last) != Some(false) {
        return;
    }
    let Some((queued, at)) = others.iter().find(|(id, _)| is_queued(*id) == Some(true)) else { return };
    let message = format!(
        "{} ticks again while group {queued} still waits: its last one, group {last}, is run at once",
        timer.label()
    );
    let fault = Fault::rule("7.5.5", place.span, message).related(at.span, "this one is queued");
    faults.add(fault.help("put a group of type `poll`, `poll action` or `poll trigger` last"));
}
