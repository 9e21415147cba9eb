//! Tables of parameters: their columns, keys and relations; matrices that map to them.

use crate::index::{List, ParamIndex, Text};
use crate::requests::Source;
use crate::rows::Rows;

/// A table (a `Protocol.Params.Param` of type `array`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Array {
    /// The id of its parameter.
    pub pid: u32,
    /// The Name of its parameter.
    pub name: Text,
    /// The line of its element in the XML, from 1.
    pub line: u32,
    /// Its parameter.
    pub param: ParamIndex,
    /// The number of the column that tells rows apart (`ArrayOptions@index`).
    pub key_column: u32,
    /// The number of the column that is shown for a row (`ArrayOptions@displayColumn`).
    pub display_column: Option<u32>,
    /// What the name of a row is joined from (`NamingFormat`, or option `naming`).
    pub naming: Rows<Source>,
    /// Its columns, by number.
    pub columns: Rows<Column>,
    /// Rows are shown page by page, each with so many (`ArrayOptions@partial`).
    pub page_size: Option<u32>,
    /// Its other options (`ArrayOptions@options`).
    pub options: Rows<Setting>,
}

/// A column of a table (`ArrayOptions.ColumnOption`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Its number.
    pub idx: u32,
    /// Its parameter, which types it.
    pub param: ParamIndex,
    /// What fills it.
    pub kind: ColumnKind,
    /// Its values outlive a restart.
    pub save: bool,
    /// The table whose keys it holds.
    pub foreign_key: Option<ParamIndex>,
    /// What new rows hold in it (`@value`).
    pub value: Option<Text>,
    /// The time between polls of it, in ms.
    pub polling_rate_ms: Option<u32>,
    /// Its other options.
    pub options: Rows<Setting>,
}

/// What fills a column (`ColumnOption@type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// A number that counts up.
    AutoIncrement,
    /// Other columns, joined.
    Concatenation,
    /// The connector, in a way that is obsolete.
    Custom,
    /// The name of the row.
    DisplayKey,
    /// The index of a polled table.
    Index,
    /// The connector.
    Retrieved,
    /// SNMP.
    Snmp,
    /// What became of the row: updated, equal, new, deleted or recreated.
    State,
    /// The key of the row that a view shows.
    ViewTableKey,
}

/// An option with its value, which may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub name: Text,
    /// What stands behind the colon or the equals sign.
    pub value: Text,
}

/// A path from table to table (`Protocol.Relations.Relation`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Relation {
    /// Its name.
    pub name: Text,
    /// The tables, from the outermost to the innermost.
    pub path: List<ParamIndex>,
    /// Its options.
    pub options: Rows<Setting>,
}

/// A matrix that shows two tables (`Protocol.Params.Param.Matrix`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matrix {
    /// Its parameter.
    pub param: ParamIndex,
    /// The table of the inputs.
    pub inputs: Option<ParamIndex>,
    /// The table of the outputs.
    pub outputs: Option<ParamIndex>,
    /// Which columns of the inputs mean what.
    pub input_columns: Rows<Mapping>,
    /// Which columns of the outputs mean what.
    pub output_columns: Rows<Mapping>,
    /// Its options.
    pub options: Rows<Setting>,
}

/// What a column means to a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// Its meaning: `label`, `state`, `connectedInput`, …
    pub name: Text,
    /// The column.
    pub param: ParamIndex,
}
