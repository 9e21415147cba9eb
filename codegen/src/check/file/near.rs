//! What a reference that names nothing could mean.

use super::{File, Table};
use crate::model::Target;

/// How many ids are named on each side.
const NEAR: usize = 4;

impl File<'_> {
    /// `parameters declared nearest to it: 4, 6`.
    pub(crate) fn declared_near(&self, target: Target, id: u32) -> String {
        let (ids, are_all) = self.near(target, id, NEAR);
        shown(target.noun(), &ids, are_all)
    }

    /// `tables declared nearest to it: 100, 200`.
    pub(crate) fn tables_near(&self, id: u32) -> String {
        let mut ids: Vec<u32> = self.tables_by_pid.range(..id).rev().take(NEAR).map(|(&id, _)| id).collect();
        ids.reverse();
        ids.extend(self.tables_by_pid.range(id..).take(NEAR).map(|(&id, _)| id));
        shown("table", &ids, ids.len() == self.tables_by_pid.len())
    }
}

fn shown(noun: &str, ids: &[u32], are_all: bool) -> String {
    let shown = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    match (ids.is_empty(), are_all) {
        (true, _) => format!("this file declares no {noun}"),
        (false, true) => format!("{noun}s declared here: {shown}"),
        (false, false) => format!("{noun}s declared nearest to it: {shown}"),
    }
}

impl Table<'_> {
    /// `table 100 has the columns 101, 102`: their parameters.
    pub(crate) fn column_ids(&self) -> String {
        let ids = self.columns.iter().filter_map(|column| column.pid);
        self.shown("columns", ids)
    }

    /// `table 100 has the column indices 0, 1`.
    pub(crate) fn column_indices(&self) -> String {
        let indices = self.columns.iter().filter_map(|column| column.idx);
        self.shown("column indices", indices)
    }

    fn shown(&self, noun: &str, numbers: impl Iterator<Item = u32>) -> String {
        let mut shown: Vec<String> = numbers.take(2 * NEAR + 1).map(|number| number.to_string()).collect();
        if shown.len() > 2 * NEAR {
            shown.pop();
            shown.push("…".to_owned());
        }
        if shown.is_empty() {
            format!("{} has no columns", self.label())
        } else {
            format!("{} has the {noun} {}", self.label(), shown.join(", "))
        }
    }
}
