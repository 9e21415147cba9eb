//! What the protocol says apart from its parameters: pages, relations, generated protocols, chains.

use super::needs::Needs;
use crate::check::file::{File, list, plain};
use crate::parse::Slot;

pub(super) fn collect(file: &File<'_>, needs: &mut Needs) {
    pages(file, needs);
    relations(file, needs);
    for table in file.exporting_tables() {
        if let Some(param) = file.param(table) {
            needs.add(param, None, param.element.name_span, "each row of it is an element of a generated protocol");
        }
    }
    // What clients of large networks and of connections between elements show is named in these.
    for part in ["Chains", "Topologies", "Topology", "ParameterGroups"] {
        for element in file.root.all(part) {
            needs.allow_all_in(element);
        }
    }
}

/// Web links with `[id:<pid>]` in the order of pages, and parameters that hide pages.
fn pages(file: &File<'_>, needs: &mut Needs) {
    let Some(display) = file.root.find("Display") else { return };
    if let Some(order) = display.get("pageOrder").map(Slot::attribute) {
        let placeholders = order.raw.split("[id:").skip(1).filter_map(|rest| rest.split_once(']'));
        for (id, _) in placeholders {
            needs.add_named(order.within(id), None, "a web link among the pages has its value in it");
        }
    }
    for page in display.all("Pages").flat_map(|pages| pages.all("Page")) {
        if let Some(id) = page.find("Visibility").and_then(|visibility| visibility.get("overridePID")) {
            needs.add_named(Slot::attribute(id), None, "a page is shown or hidden by it");
        }
    }
}

/// The tables of the paths; an entry is compared as it is written.
fn relations(file: &File<'_>, needs: &mut Needs) {
    let relations = file.root.all("Relations").flat_map(|relations| relations.all("Relation"));
    for entry in relations.filter_map(|relation| relation.get("path")).flat_map(|path| list(Slot::attribute(path), ';'))
    {
        if let Some(table) = plain(entry.raw).filter(|_| !entry.is_padded()).and_then(|id| file.table(id)) {
            needs.add_id(table.pid, "13.2.8", entry.span, "a relation goes through it");
        }
    }
}
