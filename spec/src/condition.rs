//! Conditions (`Protocol.Triggers.Trigger.Condition` and its like), ready to be evaluated.

use crate::index::{ParamIndex, Text};

/// One step of a condition: an operand is there, an operator takes the two before it. The steps of one condition stand
/// side by side and leave one truth value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ConditionStep {
    /// A parameter (COND-07).
    Param(ParamIndex),
    /// A text; empty for `emptystring`.
    Text(Text),
    /// A number.
    Number(f64),
    /// `empty` (COND-15).
    Empty,
    /// `+ - * / & | ^`.
    Arithmetic(Arithmetic),
    /// `== != < > <= >=`.
    Comparison(Comparison),
    /// AND.
    And,
    /// OR.
    Or,
}

/// An operator that makes a number of two, or one text of two (COND-06, COND-12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `&`
    BitAnd,
    /// `|`
    BitOr,
    /// `^`
    BitXor,
}

/// An operator that makes a truth value of two numbers or texts (COND-08).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `>`
    Greater,
    /// `<=`
    LessOrEqual,
    /// `>=`
    GreaterOrEqual,
}
