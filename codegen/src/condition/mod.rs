//! Conditions: what `Condition` elements say (`docs/reference/checks.md`, conditions; schema, section 12).
//!
//! A condition is a tree, kept as its nodes in the order in which they are evaluated: operands stand before their
//! operator. So its parameters come in that order, no text can nest deep enough to exhaust a stack, and the tables of
//! the runtime are the same list.

mod fault;
mod fuzzing;
mod lexer;
mod node;
mod parser;
#[cfg(test)]
mod tests;
mod types;
mod word;

pub(crate) use fault::ConditionFault;
pub(crate) use fuzzing::fuzz;
pub(crate) use node::{Node, Operator, Step};
pub(crate) use parser::{Mixed, parse};
pub(crate) use types::OperandKind;

use crate::source::Span;

/// A condition whose syntax is right. Places count from the start of its text.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    nodes: Vec<Node>,
    /// The first member without a parameter and without parentheses.
    constant: Option<Span>,
    mixed: Vec<Mixed>,
}

impl Condition {
    /// Its operands and operators in the order of evaluation: an operator follows its two operands.
    pub(crate) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The parameters that it names, in the order of evaluation. An id that is too large for any is the largest.
    pub(crate) fn params(&self) -> impl Iterator<Item = (i64, Span)> {
        self.nodes.iter().filter_map(|node| match node.step {
            Step::Param(id) => Some((id, node.span)),
            _ => None,
        })
    }

    /// The first member that is always true or always false, so that the condition can do without it.
    pub(crate) fn simplifiable(&self) -> Option<Span> {
        self.constant
    }

    /// Operators side by side that are worked out from left to right although other languages do not (COND-14).
    pub(crate) fn mixed(&self) -> &[Mixed] {
        &self.mixed
    }
}
