//! The types of the names: which parameters are numbers, what a command is filled with, what answers a pair.

/// The shape of one connector's types: one entry a row of the table of the same name, in the same order.
///
/// Like the [`Labels`](crate::Labels) it is made from a faulty file as well: references to nothing are left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Shape {
    /// The parameters.
    pub(crate) params: Vec<ParamShape>,
    /// The positions of the parameters that a command is filled with.
    pub(crate) commands: Vec<Vec<usize>>,
    /// The positions of the parameters that a response gives.
    pub(crate) responses: Vec<Vec<usize>>,
    /// The pairs.
    pub(crate) pairs: Vec<PairShape>,
    /// The tables, in document order.
    pub(crate) tables: Vec<TableShape>,
}

/// What the rows of a table consist of.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct TableShape {
    /// The position of its parameter.
    pub(crate) param: usize,
    /// Its columns, by number.
    pub(crate) columns: Vec<ColumnShape>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ColumnShape {
    /// Its number.
    pub(crate) idx: u32,
    /// The position of its parameter.
    pub(crate) param: usize,
    /// Whether it tells rows apart: every row has a value in it.
    pub(crate) is_key: bool,
}

/// The type of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ParamShape {
    /// Its bytes are constant (PARAM-113): it has no handle.
    pub(crate) is_fixed: bool,
    /// It takes sets (PARAM-111).
    pub(crate) is_write: bool,
    /// Its raw values are numbers; otherwise texts.
    pub(crate) is_number: bool,
    /// Which of its values have names.
    pub(crate) values: Values,
}

/// Which values of a parameter have names.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Values {
    /// None.
    Any,
    /// Those that the file lists.
    Known(Vec<Known>),
    /// Those of the parameter at this position.
    Same(usize),
}

/// One value that the file lists.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Known {
    /// What is shown for it.
    pub(crate) display: String,
    /// The raw value, as written.
    pub(crate) written: String,
    /// The raw value as a number, if it is one.
    pub(crate) number: Option<f64>,
}

/// What a pair sends, and what may answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PairShape {
    /// The position of its command; none in a faulty file.
    pub(crate) command: Option<usize>,
    /// The positions of its responses, in the order in which they are tried (RSP-01).
    pub(crate) responses: Vec<usize>,
}
