//! A group holds items of one kind, the one that its type runs, and not too many (4.10; GRP-01, GRP-04, GRP-05).

use std::collections::BTreeSet;

use crate::check::file::{File, Item, loose, option};
use crate::diagnostic::{Fault, Faults};
use crate::parse::{Element, Slot};
use crate::text::either;

/// The types of group, with the items that each runs.
const TYPES: [(&str, &[&str]); 5] = [
    ("action", &["Action"]),
    ("poll", &["Param", "Pair", "Session"]),
    ("poll action", &["Action"]),
    ("poll trigger", &["Trigger"]),
    ("trigger", &["Trigger"]),
];
/// How many items a poll group can have.
const MOST: usize = 10;
/// How many parameters one request can ask for.
const MOST_AT_ONCE: usize = 20;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let is_alone = file.groups.valid().nth(1).is_none();
    let by_row = run_by_row(file);
    for group in file.groups.valid() {
        match group.element.find("Content") {
            Some(content) => judge(&group, content, faults),
            None if is_alone || group.id.is_some_and(|id| by_row.contains(&id)) => {}
            None => {
                // 4.10.5
                let message = format!("{} has no `Content`", group.label());
                let fault = Fault::rule("4.10.5", group.name_span(), message).missing("/Content");
                faults.add(fault.help("add `<Content>` with what it runs, or remove the group"));
            }
        }
    }
}

/// The ids of the groups in timers that work through the rows of a table: what they run is in the table.
fn run_by_row(file: &File<'_>) -> BTreeSet<u32> {
    let timers = file.timers.valid().filter(|timer| option(timer, "ip").is_some());
    let groups = timers.filter_map(|timer| timer.element.find("Content")).flat_map(|content| content.all("Group"));
    groups.filter_map(|group| loose(&group.text)).collect()
}

fn judge(group: &Item<'_>, content: &Element, faults: &mut Faults) {
    let kind = group.text(&["Type"]);
    let word = kind.map_or("poll", |kind| kind.trimmed());
    let Some(&(word, runs)) = TYPES.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)) else { return };
    let mut first: Option<&Element> = None;
    let mut is_mixed = false;
    for child in &content.children {
        if runs.contains(&child.name.as_str()) {
            let earlier = *first.get_or_insert(child);
            if earlier.name != child.name && !is_mixed {
                // 4.10.2
                is_mixed = true;
                let message = format!("{} holds a `{}` and a `{}`", group.label(), earlier.name, child.name);
                let fault =
                    Fault::rule("4.10.2", child.name_span, message).related(earlier.name_span, "the first item");
                faults.add(fault.help(format!("move each `{}` to a group of its own", child.name)));
            }
        } else if TYPES.iter().any(|(_, items)| items.contains(&child.name.as_str())) {
            // 4.10.1
            let message = format!("{} is of type `{word}`, which runs no `{}`", group.label(), child.name);
            let fault = Fault::rule("4.10.1", child.name_span, message);
            let fault = match kind {
                Some(kind) => fault.related(kind.span, "its type"),
                None => fault,
            };
            faults.add(fault.help(better(child, kind.is_some())));
        }
    }
    if word == "poll" {
        count(group, content, faults);
    }
}

/// The type that runs the item.
fn better(child: &Element, is_typed: bool) -> String {
    let types = TYPES.iter().filter(|(_, items)| items.contains(&child.name.as_str())).map(|&(word, _)| word);
    let types = either(types);
    match (is_typed, child.name.as_str()) {
        (false, name) => format!("add `<Type>` with {types}, or move the `{name}` to a group of its own"),
        (true, name) => format!("write {types}, or move the `{name}` to a group of its own"),
    }
}

fn count(group: &Item<'_>, content: &Element, faults: &mut Faults) {
    let items = content.children.len();
    let is_at_once = content.get("multipleGet").is_some_and(|flag| Slot::attribute(flag).is("true"));
    // 4.10.3, 4.10.4
    let (rule, most) = if is_at_once { ("4.10.3", MOST_AT_ONCE) } else { ("4.10.4", MOST) };
    if items > most {
        let message = format!("{} holds {items} items; more than {most} keep others waiting for long", group.label());
        faults.add(Fault::rule(rule, content.name_span, message).help("split the group"));
    }
}
