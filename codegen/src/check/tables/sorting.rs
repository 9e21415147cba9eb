//! A table is sorted in a definite order, and by time where it shows when something happened.

use crate::check::file::{File, Param, Table, list, loose, plain};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::text::quoted;

/// One entry of `sort:`: `<type>[|<direction>[|<priority>]]`.
struct Order<'d> {
    slot: Slot<'d>,
    is_directed: bool,
    /// What is written as its priority.
    priority: Option<&'d str>,
}

impl<'d> Order<'d> {
    fn new(slot: Slot<'d>) -> Self {
        let mut parts = slot.raw.split('|').skip(1).map(|part| Some(part.trim()).filter(|part| !part.is_empty()));
        let is_directed = parts.next().flatten().is_some();
        Self { slot, is_directed, priority: parts.next().flatten() }
    }
}

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for table in &file.tables {
        let Some(tab) = table.tab() else { continue };
        let sort = table.tab_part("sort:");
        let orders: Vec<Order<'_>> = sort.into_iter().flat_map(|sort| list(sort, '-')).map(Order::new).collect();
        let directed = orders.iter().filter(|order| order.is_directed).count();
        let ranked = orders.iter().filter(|order| order.priority.is_some()).count();
        // 2.31.2
        if directed > 1 && ranked < directed {
            let which = if ranked == 0 { "none of them says" } else { "not all of them say" };
            let message = format!("{} is sorted by {directed} columns, but {which} which comes first", table.label());
            let help = "write a priority behind each direction: `INT|ASC|0-STRING|DESC|1`";
            let unranked = orders.iter().filter(|order| order.is_directed && order.priority.is_none());
            let fault = Fault::rule("2.31.2", sort.unwrap_or(tab).span, message).help(help);
            faults.add(unranked.fold(fault, |fault, order| fault.related(order.slot.span, "this one has no priority")));
        } else {
            by_time(file, table, &orders, sort.unwrap_or(tab), faults);
        }
    }
}

/// 2.31.9: entry n of `columns:`, `width:` and `sort:` belong together.
fn by_time(file: &File<'_>, table: &Table<'_>, orders: &[Order<'_>], place: Slot<'_>, faults: &mut Faults) {
    let widths: Vec<u32> =
        table.tab_part("width:").into_iter().flat_map(|widths| list(widths, '-')).map(width).collect();
    let columns = table.tab_part("columns:").into_iter().flat_map(|columns| list(columns, '-'));
    let pids = columns.map(|column| column.raw.split('|').next().and_then(plain));
    let times: Vec<(usize, u32)> = pids
        .enumerate()
        .filter(|(position, _)| widths.get(*position).is_some_and(|&width| width > 0))
        .filter_map(|(position, pid)| Some((position, pid?)))
        .filter(|&(_, pid)| file.param(pid).is_some_and(Param::is_date))
        .collect();
    let by_priority = orders.iter().position(|order| order.priority.is_some_and(|rank| loose(rank) == Some(0)));
    let main = by_priority.or_else(|| orders.iter().position(|order| order.is_directed));
    if times.is_empty() || main.is_some_and(|main| times.iter().any(|&(position, _)| position == main)) {
        return;
    }
    let named: Vec<String> = times.iter().map(|(_, pid)| pid.to_string()).collect();
    let (columns, them) = if named.len() == 1 { ("column", "it") } else { ("columns", "one of them") };
    let message = format!(
        "{} shows when something happened in {columns} {}, but is not sorted by {them}",
        table.label(),
        named.join(", ")
    );
    let help = match main.and_then(|main| orders.get(main)) {
        Some(order) => format!("sort by {them} first, with priority 0, instead of {}", quoted(order.slot.trimmed())),
        None => format!("give {them} the direction `DESC` in `sort:`"),
    };
    faults.add(Fault::rule("2.31.9", place.span, message).help(help));
}

/// A width in pixels; what is no number is none.
fn width(slot: Slot<'_>) -> u32 {
    loose(slot.raw).unwrap_or(0)
}
