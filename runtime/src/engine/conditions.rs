//! Conditions: whether what must hold holds (COND-01 to COND-33).
//!
//! The steps of a condition run over a stack that is kept for its memory; nothing is allocated, and nothing but the
//! log changes (COND-33).

use std::cmp::Ordering;

use genlock_spec::{Arithmetic, Comparison, ConditionStep, LengthType, ParamIndex, Rows, Spec, Table, Text, ValueType};

use super::Engine;
use super::event::LogLevel;
use super::params::Slot;
use crate::value::{Value, parse_number};

/// What evaluation keeps from one condition to the next.
#[derive(Debug, Default)]
pub(super) struct Evaluation {
    stack: Vec<Operand>,
    /// The texts that `+` has joined, one behind the other.
    joined: Vec<u8>,
    /// The steps that were reported to fail: each is once.
    reported: Vec<bool>,
}

impl Evaluation {
    pub(super) fn new(spec: &Spec<'_>) -> Self {
        Self { reported: vec![false; spec.condition_steps.len()], ..Self::default() }
    }
}

/// An operand of a step.
#[derive(Clone, Copy, Debug)]
enum Operand {
    /// A parameter: its value is looked at by the step that needs it, because `empty` asks whether there is one.
    Param(ParamIndex),
    Text(Text),
    /// A part of [`Evaluation::joined`].
    Joined {
        start: usize,
        end: usize,
    },
    Number(f64),
    Truth(bool),
    /// `empty`.
    Empty,
}

/// An operand's value.
#[derive(Clone, Copy, Debug)]
enum Read<'v> {
    Number(f64),
    Text(&'v [u8]),
    /// A truth value or `empty`: neither can be calculated with.
    Other,
}

/// Why a step fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Failure {
    /// COND-22
    DivisionByZero,
    /// COND-09
    NoNumber,
}

impl Engine<'_> {
    /// Whether a condition is true. An empty one is (COND-01). `noun` and `id` name the item in the log.
    pub(super) fn holds(&mut self, condition: Rows<ConditionStep>, noun: &str, id: impl Into<i64>) -> bool {
        condition.len == 0 || self.comes_true(condition, (noun, id.into()))
    }

    fn comes_true(&mut self, condition: Rows<ConditionStep>, item: (&str, i64)) -> bool {
        let mut evaluation = std::mem::take(&mut self.evaluation);
        evaluation.stack.clear();
        evaluation.joined.clear();
        let result = self.evaluate(condition, &mut evaluation, item);
        self.evaluation = evaluation;
        result
    }

    fn evaluate(
        &mut self,
        condition: Rows<ConditionStep>,
        evaluation: &mut Evaluation,
        (noun, id): (&str, i64),
    ) -> bool {
        for (position, &step) in (condition.start as usize..).zip(self.spec.steps_of(condition)) {
            let values = Values { spec: &self.spec, params: &self.params };
            let Err(failure) = values.step(step, evaluation) else { continue };
            let reported = evaluation.reported.get_mut(position);
            if reported.is_some_and(|reported| !std::mem::replace(reported, true)) {
                self.log(LogLevel::Warning, |_| match failure {
                    Failure::DivisionByZero => format!("the condition of {noun} {id} divides by zero, so it is false"),
                    Failure::NoNumber => {
                        format!("the condition of {noun} {id} compares a number with a text that is none: they differ")
                    }
                });
            }
            if failure == Failure::DivisionByZero {
                return false; // COND-22
            }
        }
        matches!(evaluation.stack.last(), Some(Operand::Truth(true)))
    }
}

/// What a step looks at.
struct Values<'e, 's> {
    spec: &'e Spec<'s>,
    params: &'e Table<ParamIndex, Slot>,
}

impl Values<'_, '_> {
    /// One step. A failed comparison leaves its result all the same.
    fn step(&self, step: ConditionStep, evaluation: &mut Evaluation) -> Result<(), Failure> {
        let operand = match step {
            ConditionStep::Param(param) => Operand::Param(param),
            ConditionStep::Text(text) => Operand::Text(text),
            ConditionStep::Number(number) => Operand::Number(number),
            ConditionStep::Empty => Operand::Empty,
            ConditionStep::Arithmetic(_) | ConditionStep::Comparison(_) | ConditionStep::And | ConditionStep::Or => {
                // Each operator has two operands in the tables that the generator writes.
                let (Some(right), Some(left)) = (evaluation.stack.pop(), evaluation.stack.pop()) else { return Ok(()) };
                return self.operate(step, left, right, evaluation);
            }
        };
        evaluation.stack.push(operand);
        Ok(())
    }

    fn operate(
        &self,
        operator: ConditionStep,
        left: Operand,
        right: Operand,
        evaluation: &mut Evaluation,
    ) -> Result<(), Failure> {
        let is_true = |operand: Operand| matches!(operand, Operand::Truth(true));
        let (result, failure) = match operator {
            ConditionStep::Arithmetic(operator) => {
                (self.calculate(operator, left, right, &mut evaluation.joined)?, Ok(()))
            }
            ConditionStep::Comparison(operator) => {
                let (holds, failure) = self.compare(operator, left, right, &evaluation.joined);
                (Operand::Truth(holds), failure)
            }
            // COND-33: without side effects it does not matter that both sides are always looked at.
            ConditionStep::And => (Operand::Truth(is_true(left) && is_true(right)), Ok(())),
            _ => (Operand::Truth(is_true(left) || is_true(right)), Ok(())),
        };
        evaluation.stack.push(result);
        failure
    }

    fn calculate(
        &self,
        operator: Arithmetic,
        left: Operand,
        right: Operand,
        joined: &mut Vec<u8>,
    ) -> Result<Operand, Failure> {
        let (a, b) = match (self.read(left, joined), self.read(right, joined)) {
            (Read::Number(a), Read::Number(b)) => (a, b),
            (Read::Text(_), Read::Text(_)) if operator == Arithmetic::Add => return Ok(self.join(left, right, joined)),
            // `&`, `|` and `^` are ignored on what is no number; the compiler refuses the others.
            _ => return Ok(left),
        };
        Ok(Operand::Number(match operator {
            Arithmetic::Add => a + b,
            Arithmetic::Subtract => a - b,
            Arithmetic::Multiply => a * b,
            Arithmetic::Divide if b == 0.0 => return Err(Failure::DivisionByZero),
            Arithmetic::Divide => a / b,
            Arithmetic::BitAnd => bits(a, b, |a, b| a & b),
            Arithmetic::BitOr => bits(a, b, |a, b| a | b),
            Arithmetic::BitXor => bits(a, b, |a, b| a ^ b),
        }))
    }

    /// Two texts as one (COND-06). A text that was joined last is continued where it stands.
    fn join(&self, left: Operand, right: Operand, joined: &mut Vec<u8>) -> Operand {
        let start = match left {
            Operand::Joined { start, end } if end == joined.len() => start,
            _ => {
                let start = joined.len();
                self.append(left, joined);
                start
            }
        };
        self.append(right, joined);
        Operand::Joined { start, end: joined.len() }
    }

    fn append(&self, operand: Operand, joined: &mut Vec<u8>) {
        match operand {
            Operand::Joined { start, end } if end <= joined.len() => joined.extend_from_within(start..end),
            _ => {
                if let Read::Text(text) = self.read(operand, &[]) {
                    joined.extend_from_slice(text);
                }
            }
        }
    }

    /// COND-08. The second part says whether a text that had to be a number is none (COND-09).
    fn compare(
        &self,
        operator: Comparison,
        left: Operand,
        right: Operand,
        joined: &[u8],
    ) -> (bool, Result<(), Failure>) {
        if let Some(is_empty) = self.compare_with_empty(left, right) {
            return (is_empty == (operator == Comparison::Equal), Ok(())); // COND-19
        }
        let (ordering, failure) = match (self.read(left, joined), self.read(right, joined)) {
            (Read::Number(a), Read::Number(b)) => (a.partial_cmp(&b), Ok(())), // COND-11
            (Read::Text(a), Read::Text(b)) => (Some(a.cmp(b)), Ok(())),        // COND-10
            (Read::Number(a), Read::Text(b)) => match number(b) {
                Some(b) => (a.partial_cmp(&b), Ok(())),
                None => (None, Err(Failure::NoNumber)),
            },
            (Read::Text(a), Read::Number(b)) => match number(a) {
                Some(a) => (a.partial_cmp(&b), Ok(())),
                None => (None, Err(Failure::NoNumber)),
            },
            _ => (None, Ok(())), // truth values: refused by the compiler
        };
        (is(operator, ordering), failure)
    }

    /// Whether the operand that is compared with `empty` is empty; none when neither is `empty`.
    fn compare_with_empty(&self, left: Operand, right: Operand) -> Option<bool> {
        let ((Operand::Empty, other) | (other, Operand::Empty)) = (left, right) else { return None };
        Some(match other {
            Operand::Empty => true,
            Operand::Param(param) => self.is_empty(param),
            _ => false,
        })
    }

    /// COND-15: it was never set. COND-16: a number of fixed length is empty at 0.
    fn is_empty(&self, param: ParamIndex) -> bool {
        let row = self.spec.param(param);
        match &self.params[param].value {
            None => true,
            Some(Value::Number(number)) => *number == 0.0 && matches!(row.length, LengthType::Fixed(_)),
            Some(_) => false,
        }
    }

    fn read<'v>(&'v self, operand: Operand, joined: &'v [u8]) -> Read<'v> {
        match operand {
            Operand::Param(param) => match (self.spec.param(param).value_type, &self.params[param].value) {
                (ValueType::Text, Some(Value::Text(text))) => Read::Text(text.as_bytes()),
                (ValueType::Text, Some(Value::Bytes(bytes))) => Read::Text(bytes),
                (ValueType::Text, _) => Read::Text(b""), // COND-18
                (_, value) => Read::Number(value.as_ref().and_then(Value::to_number).unwrap_or_default()), // COND-17
            },
            Operand::Text(text) => Read::Text(self.spec.text(text).as_bytes()),
            Operand::Joined { start, end } => Read::Text(joined.get(start..end).unwrap_or_default()),
            Operand::Number(number) => Read::Number(number),
            Operand::Truth(_) | Operand::Empty => Read::Other,
        }
    }
}

fn number(text: &[u8]) -> Option<f64> {
    std::str::from_utf8(text).ok().and_then(parse_number)
}

/// COND-12: both are floored first. 64 bits hold the whole numbers of a double, those of 32 bits without a sign too.
#[expect(clippy::cast_precision_loss, reason = "the result is a number again")]
fn bits(a: f64, b: f64, operate: impl FnOnce(i64, i64) -> i64) -> f64 {
    operate(a.floor() as i64, b.floor() as i64) as f64
}

/// Whether a comparison with this outcome is true. What cannot be compared is not equal (COND-09).
fn is(operator: Comparison, ordering: Option<Ordering>) -> bool {
    match operator {
        Comparison::Equal => ordering == Some(Ordering::Equal),
        Comparison::NotEqual => ordering != Some(Ordering::Equal),
        Comparison::Less => ordering.is_some_and(Ordering::is_lt),
        Comparison::Greater => ordering.is_some_and(Ordering::is_gt),
        Comparison::LessOrEqual => ordering.is_some_and(Ordering::is_le),
        Comparison::GreaterOrEqual => ordering.is_some_and(Ordering::is_ge),
    }
}
