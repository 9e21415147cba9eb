//! How the bytes of a parameter become its value, beyond its types (`Protocol.Params.Param.Interprete`).

use crate::index::{ParamIndex, Text};
use crate::rows::Rows;

/// What turns the bytes of one parameter into its value (PARAM-80 to PARAM-108).
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "facts that do not exclude each other")]
pub struct Format {
    /// Where its bits lie, for a bit field.
    pub bits: BitField,
    /// The base of the digits of a numeric text.
    pub base: u32,
    /// Numbers have their bytes in network order.
    pub big_endian: bool,
    /// `Factor` (PARAM-83).
    pub factor: Option<f64>,
    /// `Scale`: from one range to the other.
    pub scale: Option<Scale>,
    /// `Sequence`: steps from left to right (PARAM-85).
    pub sequence: Rows<SequenceStep>,
    /// `Sequence@loop`: where a counter begins again (PARAM-91).
    pub wraps_at: Option<u32>,
    /// `Decimals`: how many are kept.
    pub decimals: Option<u32>,
    /// How the others are left out.
    pub rounding: Rounding,
    /// `Range/Low`: smaller values are ignored.
    pub low: Option<f64>,
    /// `Range/High`: larger values are ignored.
    pub high: Option<f64>,
    /// Only printable characters are kept (`Type@filter`).
    pub printable: bool,
    /// White space in front is left out (`Type@trim`).
    pub trim_left: bool,
    /// White space behind is left out (`Type@trim`).
    pub trim_right: bool,
    /// `Exceptions`: values with a meaning of their own (PARAM-100).
    pub exceptions: Rows<Exception>,
    /// `Others`: bytes that are none of its values (PARAM-105).
    pub others: Rows<Other>,
}

/// Where the bits of a bit field lie in its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BitField {
    /// The parameter whose bytes it cuts up (`Param/Type@id`).
    pub group: Option<ParamIndex>,
    /// The first bit; 0 is the most significant one.
    pub start: u32,
    /// The number of bits; 0 when the file does not say it.
    pub len: u32,
    /// How many low bits of each byte of a group are used.
    pub used: Option<u32>,
    /// What is subtracted from each byte of a group when it comes in.
    pub byte_offset: u32,
    /// A number of decimal digits begins on the right.
    pub align_right: bool,
}

/// The bounds of what users enter (`Display/Range`, PARAM-149): of a number itself, of a text its characters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EntryRange {
    /// The least.
    pub low: Option<f64>,
    /// The most.
    pub high: Option<f64>,
    /// `Display/Steps`: a number is so many steps above the least.
    pub step: Option<f64>,
}

/// A linear map (PARAM-84).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// What comes in at the lower end.
    pub low_data: i64,
    /// What comes in at the upper end.
    pub high_data: i64,
    /// The value at the lower end.
    pub low: i64,
    /// The value at the upper end.
    pub high: i64,
}

/// One step of a `Sequence`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SequenceStep {
    /// What it does.
    pub operation: Operation,
    /// With what; unused by logarithms.
    pub operand: Operand,
}

/// What a step of a `Sequence` does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// `factor`, `*`
    Multiply,
    /// `offset`, `+`, and `OffSet` with its own operand
    Add,
    /// `min`, `-`
    Subtract,
    /// `pow`, `^`
    Power,
    /// `div`
    Divide,
    /// `rest`, `%`
    Remainder,
    /// `log10`: ten times the logarithm.
    Log10,
    /// `log20`: twenty times the logarithm.
    Log20,
}

/// What a step of a `Sequence` works with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operand {
    /// Nothing.
    None,
    /// A number.
    Number(f64),
    /// The value of a parameter.
    Param(ParamIndex),
    /// The value in the same row of this column.
    Column(ParamIndex),
}

/// How decimals are left out (`Interprete/Rounding`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// `down`: to the next smaller one.
    Down,
    /// `up`: to the next larger one.
    Up,
    /// `toZero`
    ToZero,
    /// `toInfinity`: away from zero.
    ToInfinity,
    /// `halfDown`: to the nearest one, a half to the smaller one.
    HalfDown,
    /// `halfUp`
    HalfUp,
    /// `halfToZero`
    HalfToZero,
    /// `halfToInfinity`
    HalfToInfinity,
}

/// A value with a meaning of its own (PARAM-100).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exception {
    /// What comes in.
    pub incoming: Text,
    /// What comes in as a number, when the parameter is one.
    pub number: Option<f64>,
    /// What alarms and trends use instead.
    pub value: Text,
    /// What is shown.
    pub display: Text,
}

/// Bytes that are none of a parameter's values (PARAM-105).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Other {
    /// The parameter that holds the bytes.
    pub param: Option<ParamIndex>,
    /// What alarms and trends use.
    pub value: Text,
    /// What is shown.
    pub display: Text,
}
