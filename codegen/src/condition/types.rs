//! The types of a condition's operands, and what operators make of them (COND-06 to COND-08, COND-23).

use genlock_spec::{Arithmetic, Comparison};

use super::Condition;
use super::fault::ConditionFault;
use super::node::{Operator, Step};
use crate::source::Span;

/// What a condition can take a parameter for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OperandKind {
    /// Its `Interprete/Type` is `double` or `high nibble` (COND-07).
    Number,
    /// It is `string`; the text is assumed to hold a number where one is needed.
    Text,
    /// A table, a built-in parameter, or one that is not declared: nothing is known.
    Untyped,
    /// It has no `Interprete/Type`.
    Missing,
}

/// The type of an operand or of what an operator gives.
#[derive(Clone, Debug, PartialEq)]
enum Type {
    Number,
    /// With one text that it may be, which tells whether it can be a number.
    Text(String),
    Truth,
    /// `empty`.
    Nothing,
    Untyped,
}

/// What a text parameter may hold: a number.
const SAMPLE: &str = "1";

impl Type {
    /// What messages call it.
    fn noun(&self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::Text(_) => "a text",
            Self::Truth => "a truth value",
            Self::Nothing => "`empty`",
            Self::Untyped => "of no known type",
        }
    }

    /// Whether it can be a number.
    fn may_be_number(&self) -> bool {
        matches!(self, Self::Number | Self::Untyped)
    }
}

/// An operand and its place.
struct Value {
    kind: Type,
    span: Span,
}

impl Condition {
    /// Checks the types. Gives the operators that are ignored: `&`, `|` and `^` on what is no number.
    pub(crate) fn check_types(&self, mut kind_of: impl FnMut(i64) -> OperandKind) -> Result<Vec<Span>, ConditionFault> {
        let mut ignored = Vec::new();
        let mut values: Vec<Value> = Vec::new();
        for node in self.nodes() {
            let span = node.span;
            let kind = match &node.step {
                Step::Param(id) => of_param(kind_of(*id), span)?,
                Step::Text(text) => Type::Text(text.clone()),
                Step::Number(_) => Type::Number,
                Step::Empty => Type::Nothing,
                Step::EmptyString => Type::Text(String::new()),
                Step::Operator(operator) => {
                    let (Some(right), Some(left)) = (values.pop(), values.pop()) else { continue };
                    let whole = Span::new(left.span.start, right.span.end);
                    let kind = match operator {
                        Operator::Arithmetic(arithmetic) => calculated(*arithmetic, span, left, right, &mut ignored)?,
                        Operator::Comparison(comparison) => compared(*comparison, &left, &right)?,
                        Operator::And | Operator::Or => {
                            expect_truth(&left, Some(*operator))?;
                            expect_truth(&right, Some(*operator))?;
                            Type::Truth
                        }
                    };
                    values.push(Value { kind, span: whole });
                    continue;
                }
            };
            values.push(Value { kind, span });
        }
        if let Some(whole) = values.pop() {
            expect_truth(&whole, None)?;
        }
        Ok(ignored)
    }
}

fn of_param(kind: OperandKind, span: Span) -> Result<Type, ConditionFault> {
    match kind {
        OperandKind::Number => Ok(Type::Number),
        OperandKind::Text => Ok(Type::Text(SAMPLE.to_owned())),
        OperandKind::Untyped => Ok(Type::Untyped),
        OperandKind::Missing => Err(ConditionFault::new(
            span,
            "this parameter has no `Interprete/Type`, so it is neither a number nor a text",
            "add `<Interprete><Type>double</Type>…` or `string` to the parameter",
        )),
    }
}

/// COND-23: a number or a text is no truth value.
fn expect_truth(value: &Value, joined_by: Option<Operator>) -> Result<(), ConditionFault> {
    if value.kind == Type::Truth {
        return Ok(());
    }
    let noun = value.kind.noun();
    let message = match joined_by {
        Some(operator) => format!("`{}` joins truth values, but this is {noun}", operator.as_str()),
        None => format!("a condition is a truth value, but this is {noun}"),
    };
    let help = match value.kind {
        Type::Text(_) => "compare it with a text: `id:7 == \"on\"`",
        Type::Nothing => "compare a parameter with it: `id:7 == empty`",
        _ => "compare it with a number: `id:7 == 1`, `(id:7 & 4) != 0`",
    };
    Err(ConditionFault::new(value.span, message, help))
}

/// The type that an operator at `place` gives, or the fault.
fn calculated(
    operator: Arithmetic,
    place: Span,
    left: Value,
    right: Value,
    ignored: &mut Vec<Span>,
) -> Result<Type, ConditionFault> {
    match operator {
        Arithmetic::Add => join(left, right),
        Arithmetic::Subtract | Arithmetic::Multiply | Arithmetic::Divide => {
            let sign = Operator::Arithmetic(operator).as_str();
            for value in [&left, &right] {
                if !value.kind.may_be_number() {
                    let message = format!("`{sign}` needs two numbers, but this is {}", value.kind.noun());
                    return Err(ConditionFault::new(value.span, message, "only `+` joins texts"));
                }
            }
            Ok(Type::Number)
        }
        Arithmetic::BitAnd | Arithmetic::BitOr | Arithmetic::BitXor => {
            if left.kind.may_be_number() && right.kind.may_be_number() {
                return Ok(Type::Number);
            }
            ignored.push(place);
            Ok(left.kind)
        }
    }
}

/// `+`: the sum of two numbers, or two texts as one (COND-06).
fn join(left: Value, right: Value) -> Result<Type, ConditionFault> {
    match (left.kind, right.kind) {
        (Type::Number, Type::Number) => Ok(Type::Number),
        (Type::Text(mut text), Type::Text(more)) => {
            text.push_str(&more);
            Ok(Type::Text(text))
        }
        (Type::Untyped, Type::Number | Type::Text(_) | Type::Untyped)
        | (Type::Number | Type::Text(_), Type::Untyped) => Ok(Type::Untyped),
        (kind @ (Type::Truth | Type::Nothing), _) => Err(no_summand(&kind, left.span)),
        (_, kind @ (Type::Truth | Type::Nothing)) => Err(no_summand(&kind, right.span)),
        (first, second) => {
            let message = format!("this is {}, and it is joined to {}", second.noun(), first.noun());
            let help = "`+` adds two numbers or joins two texts; write numbers without quotes, and texts in them";
            Err(ConditionFault::new(right.span, message, help))
        }
    }
}

fn no_summand(kind: &Type, span: Span) -> ConditionFault {
    let message = format!("`+` needs two numbers or two texts, but this is {}", kind.noun());
    ConditionFault::new(span, message, "write a number, a text or a parameter")
}

/// The type that a comparison gives, or the fault.
fn compared(operator: Comparison, left: &Value, right: &Value) -> Result<Type, ConditionFault> {
    for (value, other) in [(left, right), (right, left)] {
        match (&value.kind, &other.kind) {
            // The platform forgets the comparison (schema, A24k).
            (Type::Truth, _) => {
                let help = "join truth values by AND or OR, or remove the comparison";
                return Err(ConditionFault::new(value.span, "this is a truth value and cannot be compared", help));
            }
            // The platform takes these for `==` (schema, A24f).
            (Type::Nothing, _) if !matches!(operator, Comparison::Equal | Comparison::NotEqual) => {
                let sign = Operator::Comparison(operator).as_str();
                let message = format!("`empty` is neither less nor greater than anything, but `{sign}` compares it");
                return Err(ConditionFault::new(value.span, message, "write `== empty` or `!= empty`"));
            }
            (Type::Text(text), Type::Number) if !is_number(text) => {
                let help = "compare a number with a number, and a text with a text";
                let message = "this is compared with a number but does not read as one";
                return Err(ConditionFault::new(value.span, message, help));
            }
            _ => {}
        }
    }
    Ok(Type::Truth)
}

/// Whether a text reads as a number where one is needed: as a parameter of type `double` reads it (PARAM-42,
/// PARAM-43, PARAM-57).
fn is_number(text: &str) -> bool {
    let text = text.trim_matches(' ');
    let spells = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b',' | b'e' | b'E'));
    let comma = text.contains(',') && !text.contains('.');
    let number = if comma { text.replacen(',', ".", 1).parse() } else { text.parse() };
    spells && number.is_ok_and(|number: f64| number.is_finite())
}
