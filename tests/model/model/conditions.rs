//! Conditions (COND).

use std::cmp::Ordering;

use super::Model;
use crate::protocol::{Comparison, Condition, Operand, Value};

/// A side of a comparison.
enum Side {
    Text(String),
    Number(i64),
}

impl Model<'_> {
    pub(super) fn holds(&self, condition: Option<&Condition>) -> bool {
        let Some(condition) = condition else { return true };
        // COND-14: left to right, of equal rank.
        condition.others.iter().fold(self.compare(&condition.first), |so_far, (is_and, other)| {
            let other = self.compare(other);
            if *is_and { so_far && other } else { so_far || other }
        })
    }

    fn compare(&self, comparison: &Comparison) -> bool {
        let is_negated = comparison.operator == "!=";
        match (&comparison.left, &comparison.right) {
            (Operand::Param(pid), Operand::Empty) => self.is_empty(*pid) != is_negated,
            (Operand::Param(pid), Operand::EmptyString) => self.is_empty_string(*pid) != is_negated,
            (left, right) => match order(self.side(left), self.side(right)) {
                Some(order) => is(comparison.operator, order),
                // COND-09: what cannot be converted is equal to nothing.
                None => is_negated,
            },
        }
    }

    /// COND-15, COND-16.
    fn is_empty(&self, pid: u32) -> bool {
        match self.value(pid) {
            None => true,
            Some(Value::Number(0)) => self.param(pid).length.is_some(),
            Some(_) => false,
        }
    }

    /// COND-15.
    fn is_empty_string(&self, pid: u32) -> bool {
        self.value(pid).is_none_or(|value| value == Value::Text(String::new()))
    }

    fn side(&self, operand: &Operand) -> Side {
        match operand {
            Operand::Param(pid) => match self.value(*pid) {
                Some(Value::Text(text)) => Side::Text(text),
                Some(Value::Number(number)) => Side::Number(number),
                // COND-17, COND-18.
                None if self.param(*pid).is_number => Side::Number(0),
                None => Side::Text(String::new()),
            },
            Operand::Sum(pid, by) => match self.side(&Operand::Param(*pid)) {
                Side::Number(number) => Side::Number(number + by),
                text @ Side::Text(_) => text,
            },
            Operand::Number(number) => Side::Number(*number),
            Operand::Text(text) => Side::Text(text.clone()),
            Operand::Empty | Operand::EmptyString => Side::Text(String::new()),
        }
    }
}

/// COND-08: a text and a number are compared as numbers.
fn order(left: Side, right: Side) -> Option<Ordering> {
    Some(match (left, right) {
        (Side::Text(left), Side::Text(right)) => left.cmp(&right),
        (Side::Number(left), Side::Number(right)) => left.cmp(&right),
        (Side::Text(left), Side::Number(right)) => left.parse::<i64>().ok()?.cmp(&right),
        (Side::Number(left), Side::Text(right)) => left.cmp(&right.parse::<i64>().ok()?),
    })
}

fn is(operator: &str, order: Ordering) -> bool {
    match operator {
        "==" => order.is_eq(),
        "!=" => order.is_ne(),
        ">" => order.is_gt(),
        "<" => order.is_lt(),
        ">=" => order.is_ge(),
        _ => order.is_le(),
    }
}
