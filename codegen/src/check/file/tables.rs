//! Tables and their columns, as checks see them.

use std::collections::{BTreeMap, BTreeSet};

use super::number::{list, loose, plain};
use super::options::{self, Choice};
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
    /// The options of `ArrayOptions@options`.
    pub(crate) choices: Vec<Choice<'d>>,
    /// `ArrayOptions@index`: the index of the column with the primary key.
    pub(crate) index: Option<u32>,
    /// Its columns: those of `ColumnOption`, then those that stand only in `Type@id`.
    pub(crate) columns: Vec<Column<'d>>,
    /// Positions in `columns` by index; the first of equal ones.
    by_idx: BTreeMap<u32, usize>,
}

/// A column of a table.
pub(crate) struct Column<'d> {
    /// Its index.
    pub(crate) idx: Option<u32>,
    /// Its parameter, which need not exist.
    pub(crate) pid: Option<u32>,
    /// Its `ColumnOption`; none when it stands only in `Type@id`.
    pub(crate) option: Option<&'d Element>,
    /// The options of `ColumnOption@options`.
    pub(crate) choices: Vec<Choice<'d>>,
}

impl<'d> Table<'d> {
    pub(super) fn new((position, param): (usize, &Param<'d>)) -> Option<Self> {
        let element = param.element.find("ArrayOptions").filter(|_| param.is_table())?;
        let mut columns: Vec<Column<'d>> = element.all("ColumnOption").map(Column::new).collect();
        let declared: BTreeSet<u32> = columns.iter().filter_map(|column| column.pid).collect();
        let listed = param.attribute(&["Type"], "id").into_iter().flat_map(|ids: Slot<'d>| list(ids, ';'));
        for (idx, entry) in (0..).zip(listed) {
            let pid = plain(entry.raw);
            if pid.is_some_and(|pid| !declared.contains(&pid)) {
                columns.push(Column { idx: Some(idx), pid, option: None, choices: Vec::new() });
            }
        }
        let mut by_idx = BTreeMap::new();
        for (position, idx) in columns.iter().enumerate().filter_map(|(position, column)| Some((position, column.idx?)))
        {
            by_idx.entry(idx).or_insert(position);
        }
        Some(Self {
            element: param.element,
            param: position,
            pid: param.id,
            options: element,
            choices: options::of_table(element),
            index: element.get("index").and_then(|index| plain(&index.value)),
            columns,
            by_idx,
        })
    }

    /// The column with this index.
    pub(crate) fn column(&self, idx: u32) -> Option<&Column<'d>> {
        self.by_idx.get(&idx).and_then(|&position| self.columns.get(position))
    }

    /// The column with the primary key.
    pub(crate) fn primary_key(&self) -> Option<&Column<'d>> {
        self.index.and_then(|index| self.column(index))
    }

    /// The option of this name, letter case ignored.
    pub(crate) fn option(&self, name: &str) -> Option<&Choice<'d>> {
        self.choices.iter().find(|choice| choice.is(name))
    }

    /// `table 100`.
    pub(crate) fn label(&self) -> String {
        format!("table {}", self.pid)
    }
}

impl<'d> Column<'d> {
    fn new(option: &'d Element) -> Self {
        let number = |name| option.get(name).and_then(|attribute| loose(&attribute.value));
        Self { idx: number("idx"), pid: number("pid"), option: Some(option), choices: options::of_table(option) }
    }

    /// Whether its `ColumnOption` has this type, letter case ignored.
    pub(crate) fn is_of_type(&self, kind: &str) -> bool {
        self.option.and_then(|option| option.get("type")).is_some_and(|value| Slot::attribute(value).is(kind))
    }

    /// Its `foreignKey` options, with the tables that they name where that can be read.
    pub(crate) fn foreign_keys(&self) -> impl Iterator<Item = (&Choice<'d>, u32)> {
        let keys = self.choices.iter().filter(|choice| choice.is("foreignKey"));
        keys.filter_map(|choice| Some((choice, choice.number()?)))
    }
}
