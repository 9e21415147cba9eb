//! The group that tests the connection polls something (1.26.1).

use crate::check::file::{File, Item};
use crate::diagnostic::{Fault, Faults};

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let links = file.links();
    let Some(main) = links.first() else { return };
    if !file.groups.valid().any(|group| group.text(&["Type"]).is_none_or(|kind| kind.is("poll"))) {
        return;
    }
    let marked = file.groups.valid().find(is_ping_group);
    let holds = |group: &Item<'_>, name: &str| {
        group.element.find("Content").is_some_and(|content| content.find(name).is_some())
    };
    let (group, needed) = if main.is_snmp() {
        (marked.or_else(|| file.groups.valid().next()), "Param")
    } else if main.is_serial() {
        (marked, "Pair")
    } else {
        return;
    };
    let Some(group) = group.filter(|group| !holds(group, needed)) else { return };
    let why = if marked.is_some() { "the id -1 makes it the ping group" } else { "the first group is the ping group" };
    let message = format!("{} tests the connection, but holds no `{needed}`: {why}", group.label());
    let fault = Fault::rule("1.26.1", group.name_span(), message).related(main.span, "the type of the main connection");
    faults.add(
        fault.help(format!("put a `<{needed}>` that the device answers into its `Content`, or mark another group")),
    );
}

/// GRP-17: the id -1 marks the group that tests the connection.
pub(super) fn is_ping_group(group: &Item<'_>) -> bool {
    group.attribute("id").is_some_and(|id| id.trimmed() == "-1")
}
