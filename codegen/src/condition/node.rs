//! The nodes of a condition.

use genlock_spec::{Arithmetic, Comparison};

use crate::source::Span;

/// One operand or operator, with its place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) step: Step,
    pub(crate) span: Span,
}

/// What a node does: an operand is there, an operator takes the two that are before it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    /// `id:n`.
    Param(i64),
    /// `"text"`, its escapes replaced.
    Text(String),
    /// A number.
    Number(f64),
    /// `empty`: not initialised.
    Empty,
    /// `emptystring`.
    EmptyString,
    Operator(Operator),
}

/// An operator with two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Arithmetic(Arithmetic),
    Comparison(Comparison),
    And,
    Or,
}

impl Operator {
    /// Every operator and how it is written.
    pub(super) const ALL: [(&'static str, Self); 15] = [
        ("+", Self::Arithmetic(Arithmetic::Add)),
        ("-", Self::Arithmetic(Arithmetic::Subtract)),
        ("*", Self::Arithmetic(Arithmetic::Multiply)),
        ("/", Self::Arithmetic(Arithmetic::Divide)),
        ("&", Self::Arithmetic(Arithmetic::BitAnd)),
        ("|", Self::Arithmetic(Arithmetic::BitOr)),
        ("^", Self::Arithmetic(Arithmetic::BitXor)),
        ("==", Self::Comparison(Comparison::Equal)),
        ("!=", Self::Comparison(Comparison::NotEqual)),
        ("<", Self::Comparison(Comparison::Less)),
        (">", Self::Comparison(Comparison::Greater)),
        ("<=", Self::Comparison(Comparison::LessOrEqual)),
        (">=", Self::Comparison(Comparison::GreaterOrEqual)),
        ("AND", Self::And),
        ("OR", Self::Or),
    ];

    /// How it is written.
    pub(crate) fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(_, operator)| *operator == self).map_or("", |(text, _)| text)
    }
}

/// How tightly an operator binds where operators have a precedence, as they do in most languages but not here.
pub(super) const fn usual_rank(operator: Arithmetic) -> u8 {
    match operator {
        Arithmetic::BitOr => 0,
        Arithmetic::BitXor => 1,
        Arithmetic::BitAnd => 2,
        Arithmetic::Add | Arithmetic::Subtract => 3,
        Arithmetic::Multiply | Arithmetic::Divide => 4,
    }
}
