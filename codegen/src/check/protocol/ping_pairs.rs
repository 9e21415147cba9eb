//! The pair that tests a serial connection expects an answer, and there is one for each connection (1.26.2, 1.26.4).

use std::collections::{BTreeMap, BTreeSet};

use super::ping_group::is_ping_group;
use crate::check::file::{File, Item, loose};
use crate::diagnostic::{Fault, Faults};
use crate::source::Span;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let links = file.links();
    let Some(main) = links.first().filter(|main| main.is_serial()) else { return };
    let mut first: BTreeMap<u32, (Span, Item<'_>)> = BTreeMap::new();
    for pair in pings(file) {
        if !has_response(&pair) {
            // 1.26.2
            let message = format!("{} tests the connection, but expects no response", pair.label());
            let fault =
                Fault::rule("1.26.2", pair.name_span(), message).related(main.span, "the type of the main connection");
            faults.add(fault.help("add a `<Response>` to its `Content`, or let another pair have `ping=\"true\"`"));
        }
        let place = pair.attribute("ping").map_or(pair.name_span(), |ping| ping.span);
        let number = pair.connection();
        if let Some((earlier, other)) = first.get(&number) {
            // 1.26.4
            let message = format!("{} and {} both test connection {number}", other.label(), pair.label());
            let fault = Fault::rule("1.26.4", place, message).related(*earlier, "the first one");
            faults.add(fault.help("remove `ping` from all pairs of the connection but one"));
        } else {
            first.insert(number, (place, pair));
        }
    }
}

/// The pairs that test a connection, in document order: the first one of the ping group and those with `ping`; without
/// any, the one with the lowest id, as soon as a pair has a response.
fn pings<'d>(file: &File<'d>) -> Vec<Item<'d>> {
    let content = file.groups.valid().find(is_ping_group).and_then(|group| group.element.find("Content"));
    let named = content.and_then(|content| content.find("Pair")).and_then(|pair| loose(&pair.text));
    let marked = |pair: &Item<'_>| pair.attribute("ping").is_some_and(|ping| ping.is("true"));
    let mut seen = BTreeSet::new();
    let of_group = named.and_then(|id| file.pairs.find(id)).and_then(|pair| pair.id);
    let found: Vec<Item<'d>> = file
        .pairs
        .valid()
        .filter(|pair| marked(pair) || (of_group.is_some() && pair.id == of_group))
        .filter(|pair| seen.insert(pair.id))
        .collect();
    if !found.is_empty() || !file.pairs.valid().any(|pair| has_response(&pair)) {
        return found;
    }
    file.pairs.valid().min_by_key(|pair| pair.id).into_iter().collect()
}

fn has_response(pair: &Item<'_>) -> bool {
    pair.element.find("Content").is_some_and(|content| content.find("Response").is_some())
}
