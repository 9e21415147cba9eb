//! Tree controls: tables, columns and the parameter that shows the tree.

use super::needs::Needs;
use crate::check::file::{File, list, loose};
use crate::parse::{Element, Slot};

pub(super) fn collect(file: &File<'_>, needs: &mut Needs) {
    let trees = file.root.find("TreeControls").into_iter().flat_map(|trees| trees.all("TreeControl"));
    for tree in trees {
        if let Some(id) = attribute(tree, "parameterId") {
            needs.add_named(id, None, "a tree is shown by it");
        }
        let mut tables = Vec::new();
        let mut columns = Vec::new();
        if let Some(hierarchy) = tree.find("Hierarchy") {
            tables.extend(attribute(hierarchy, "path").into_iter().flat_map(|path| list(path, ',')));
            for level in hierarchy.all("Table") {
                tables.extend(attribute(level, "id").into_iter().chain(attribute(level, "parent")));
                // `<column>:<value>[;filter:fk=<column>]`
                if let Some(condition) = attribute(level, "condition")
                    && let Some((column, _)) = condition.raw.split_once(':')
                {
                    columns.push(condition.within(column));
                }
            }
        }
        for details in tree.find("ExtraDetails").into_iter().flat_map(|details| details.all("LinkedDetails")) {
            tables.extend(attribute(details, "detailsTableId"));
            columns.extend(attribute(details, "discreetColumnId"));
        }
        for tab in tree.find("ExtraTabs").into_iter().flat_map(|tabs| tabs.all("Tab")) {
            tables.extend(attribute(tab, "tableId"));
            columns.extend(attribute(tab, "parameter").into_iter().flat_map(|ids| list(ids, ',')));
        }
        let ids = |name| tree.find(name).map(Slot::look).into_iter().flat_map(|ids| list(ids, ','));
        for name in ["OverrideDisplayColumns", "OverrideIconColumns"] {
            // Behind `|` stands the column that sorts.
            columns.extend(ids(name).flat_map(|id| list(id, '|')));
        }
        for id in ["HiddenColumns", "ReadonlyColumns"].into_iter().flat_map(ids).filter_map(|id| loose(id.raw)) {
            needs.allow(id);
        }
        for table in tables {
            needs.add_named(table, None, "it is a level or a tab of a tree");
        }
        for column in columns {
            needs.add_named(column, None, "it is a column of a tree");
        }
    }
}

fn attribute<'d>(element: &'d Element, name: &str) -> Option<Slot<'d>> {
    element.get(name).map(Slot::attribute)
}
