//! Tables and their columns, as checks see them.

use super::number::{list, loose, plain};
use super::param::Param;
use crate::parse::{Element, Slot};

/// A parameter that is a table.
pub(crate) struct Table<'d> {
    /// The element of its parameter.
    pub(crate) element: &'d Element,
    /// The position of its parameter.
    pub(crate) param: usize,
    /// The id of its parameter.
    pub(crate) pid: u32,
    /// Its `ArrayOptions`.
    pub(crate) options: &'d Element,
    /// Its columns: those of `ColumnOption`, then those that stand only in `Type@id`.
    pub(crate) columns: Vec<Column<'d>>,
}

/// A column of a table.
pub(crate) struct Column<'d> {
    /// Its index.
    pub(crate) idx: Option<u32>,
    /// Its parameter, which need not exist.
    pub(crate) pid: Option<u32>,
    /// Its `ColumnOption`; none when it stands only in `Type@id`.
    pub(crate) option: Option<&'d Element>,
}

impl<'d> Table<'d> {
    pub(super) fn new((position, param): (usize, &Param<'d>)) -> Option<Self> {
        let options = param.element.find("ArrayOptions").filter(|_| param.is_table())?;
        let number = |element: &Element, name| element.get(name).and_then(|attribute| loose(&attribute.value));
        let mut columns: Vec<Column<'d>> = options
            .all("ColumnOption")
            .map(|option| Column { idx: number(option, "idx"), pid: number(option, "pid"), option: Some(option) })
            .collect();
        let declared = columns.iter().filter_map(|column| column.pid).collect::<std::collections::BTreeSet<u32>>();
        let listed = param.attribute(&["Type"], "id").into_iter().flat_map(|ids: Slot<'d>| list(ids, ';'));
        for (idx, entry) in (0..).zip(listed) {
            let pid = plain(entry.raw);
            if pid.is_some_and(|pid| !declared.contains(&pid)) {
                columns.push(Column { idx: Some(idx), pid, option: None });
            }
        }
        Some(Self { element: param.element, param: position, pid: param.id, options, columns })
    }

    /// The column with this index.
    pub(crate) fn column(&self, idx: u32) -> Option<&Column<'d>> {
        self.columns.iter().find(|column| column.idx == Some(idx))
    }
}
