//! The nodes of a condition.

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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    BitAnd,
    BitOr,
    BitXor,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    Greater,
    LessOrEqual,
    GreaterOrEqual,
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

impl Arithmetic {
    /// How tightly it binds where operators have a precedence, as they do in most languages but not here.
    pub(super) const fn usual_rank(self) -> u8 {
        match self {
            Self::BitOr => 0,
            Self::BitXor => 1,
            Self::BitAnd => 2,
            Self::Add | Self::Subtract => 3,
            Self::Multiply | Self::Divide => 4,
        }
    }
}
