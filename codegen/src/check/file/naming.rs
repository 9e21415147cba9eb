//! How the rows of a table get the names that people see.

use super::number::{list, loose};
use super::{Choice, Table};
use crate::parse::Slot;

/// What composes the names of the rows.
#[derive(Clone, Copy)]
pub(crate) enum Naming<'d> {
    /// `NamingFormat`: `;Input;101`.
    Format(Slot<'d>),
    /// Option `naming=/101,102`.
    Option(Choice<'d>),
}

/// The column with the names of the rows.
pub(crate) struct DisplayKey {
    /// Its parameter.
    pub(crate) pid: u32,
    pub(crate) origin: KeyOrigin,
}

/// What makes a column the one with the names of the rows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyOrigin {
    /// Its type is `displaykey`.
    ColumnType,
    /// The names are composed of it alone.
    Naming,
    /// `ArrayOptions@displayColumn`.
    DisplayColumn,
    /// Nothing else names the rows.
    PrimaryKey,
}

impl<'d> Naming<'d> {
    /// The parts that it composes, untrimmed; those that are blank are left out of an option only.
    pub(crate) fn parts(self) -> Vec<Slot<'d>> {
        match self {
            Self::Format(text) => {
                let format = text.within(text.trimmed());
                let Some(separator) = format.raw.chars().next() else { return Vec::new() };
                list(format, separator).filter(|part| !part.raw.is_empty()).collect()
            }
            Self::Option(choice) => match choice.after_separator() {
                Some(ids) => list(ids, ',').filter(|id| !id.is_blank()).collect(),
                None => Vec::new(),
            },
        }
    }

    /// Where it stands.
    pub(crate) fn slot(self) -> Slot<'d> {
        match self {
            Self::Format(text) => text,
            Self::Option(choice) => choice.slot,
        }
    }
}

impl<'d> Choice<'d> {
    /// What stands in its value behind the first character, which is a separator; none if that is a letter or digit, or
    /// if nothing follows.
    pub(crate) fn after_separator(&self) -> Option<Slot<'d>> {
        let value = self.value()?;
        let value = value.within(value.trimmed());
        let first = value.raw.chars().next().filter(|first| !first.is_alphanumeric())?;
        let rest = value.within(value.raw.get(first.len_utf8()..)?);
        Some(rest).filter(|rest| !rest.is_blank())
    }
}

impl<'d> Table<'d> {
    /// `NamingFormat`, unless it is blank.
    pub(crate) fn naming_format(&self) -> Option<Slot<'d>> {
        self.options.find("NamingFormat").map(Slot::look).filter(|format| !format.is_blank())
    }

    /// `ArrayOptions@displayColumn`, unless it is blank.
    pub(crate) fn display_column(&self) -> Option<Slot<'d>> {
        self.options.get("displayColumn").map(Slot::attribute).filter(|index| !index.is_blank())
    }

    /// What composes the names of the rows: `NamingFormat`, or else the option `naming`.
    pub(crate) fn naming(&self) -> Option<Naming<'d>> {
        let option = || self.option("naming").copied().map(Naming::Option);
        self.naming_format().map(Naming::Format).or_else(option)
    }

    /// The column with the names of the rows.
    pub(crate) fn display_key(&self) -> Option<DisplayKey> {
        let of = |pid: Option<u32>, origin| pid.map(|pid| DisplayKey { pid, origin });
        let typed = self.columns.iter().find(|column| column.is_of_type("displaykey"));
        let named = || match self.naming()?.parts().as_slice() {
            [only] => loose(only.raw),
            _ => None,
        };
        let displayed = || self.column(loose(self.display_column()?.raw)?)?.pid;
        of(typed.and_then(|column| column.pid), KeyOrigin::ColumnType)
            .or_else(|| of(named(), KeyOrigin::Naming))
            .or_else(|| of(displayed(), KeyOrigin::DisplayColumn))
            .or_else(|| of(self.primary_key().and_then(|column| column.pid), KeyOrigin::PrimaryKey))
    }
}
