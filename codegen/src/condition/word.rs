//! Words: what stands between spaces and is neither a text in quotes nor a parenthesis.

use super::fault::ConditionFault;
use super::lexer::TokenKind;
use super::node::{Operator, Step};
use crate::source::Span;
use crate::text::{nearest, quoted};

/// Operators of other languages, and what they are called here.
const FOREIGN: [(&str, &str); 9] = [
    ("=", "=="),
    ("===", "=="),
    ("<>", "!="),
    ("!==", "!="),
    ("=>", ">="),
    ("=<", "<="),
    ("&&", "AND"),
    ("||", "OR"),
    ("XOR", "^"),
];

/// Reads the word that begins at `start`. Letter case is ignored (schema, A24a).
pub(super) fn read(word: &str, start: usize) -> Result<TokenKind, ConditionFault> {
    meaning(word).ok_or_else(|| meaningless(word, start))
}

fn meaning(word: &str) -> Option<TokenKind> {
    if let Some((_, operator)) = Operator::ALL.iter().find(|(text, _)| text.eq_ignore_ascii_case(word)) {
        return Some(TokenKind::Operator(*operator));
    }
    let step = if word.eq_ignore_ascii_case("empty") {
        Step::Empty
    } else if word.eq_ignore_ascii_case("emptystring") {
        Step::EmptyString
    } else if let Some(id) = after_id(word) {
        // An id of more digits than a number can have is no parameter's, but it is an id.
        Step::Param(is_digits(id).then(|| id.parse().unwrap_or(i64::MAX))?)
    } else {
        Step::Number(number(word)?)
    };
    Some(TokenKind::Operand(step))
}

/// What stands behind `id:`.
fn after_id(word: &str) -> Option<&str> {
    let (head, id) = word.split_at_checked("id:".len())?;
    head.eq_ignore_ascii_case("id:").then_some(id)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The number that a word spells: a point as decimal sign, with or without sign and exponent.
fn number(word: &str) -> Option<f64> {
    let spells = word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
    spells.then(|| word.parse().ok()).flatten().filter(|number: &f64| number.is_finite())
}

/// The fault of a word that is neither an operand nor an operator.
fn meaningless(word: &str, start: usize) -> ConditionFault {
    let span = Span::new(start, start + word.len());
    let fault = |message: String, help: String| ConditionFault::new(span, message, help);
    if let Some((at, mark)) = word.char_indices().find(|(_, character)| matches!(character, '#' | '$')) {
        // COND-03
        let span = Span::new(start + at, start + at + 1);
        let message = format!("`{mark}` cannot stand outside a text");
        return ConditionFault::new(span, message, "remove it, or put the text around it in double quotes");
    }
    if let Some(spaced) = spaced(word) {
        let message = format!("there are no spaces in {}", quoted(word));
        return fault(message, format!("write {}", quoted(&spaced)));
    }
    if let Some((_, here)) = FOREIGN.iter().find(|(text, _)| text.eq_ignore_ascii_case(word)) {
        return fault(format!("{} is no operator", quoted(word)), format!("write `{here}`"));
    }
    if let Some(id) = after_id(word) {
        return if id.is_empty() {
            fault("`id:` is followed by no id".to_owned(), "write the id without a space before it: `id:7`".to_owned())
        } else {
            let message = format!("{} is not the id of a parameter", quoted(id));
            fault(message, "write a whole number behind `id:`, without sign".to_owned())
        };
    }
    if word.starts_with('\'') {
        return fault(format!("{} is no operand", quoted(word)), "put texts in double quotes: `\"text\"`".to_owned());
    }
    if number(&word.replacen(',', ".", 1)).is_some() {
        let message = format!("{} is no number", quoted(word));
        return fault(message, format!("the decimal sign is a point: write `{}`", word.replacen(',', ".", 1)));
    }
    let message = format!("{} is neither an operand nor an operator", quoted(word));
    let help = match nearest(word, ["AND", "OR", "empty", "emptystring"]) {
        Some(known) => format!("did you mean `{known}`?"),
        None => "an operand is `id:7`, `\"text\"`, a number such as `1.5`, `empty` or `emptystring`".to_owned(),
    };
    fault(message, help)
}

/// The word with spaces around its operators, if it has a meaning then.
fn spaced(word: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let is_relational = |character: char| matches!(character, '=' | '!' | '<' | '>');
        let is_arithmetic = |character: char| matches!(character, '+' | '-' | '*' | '/' | '&' | '|' | '^');
        let end = if is_relational(first) {
            rest.find(|character| !is_relational(character))
        } else if is_arithmetic(first) {
            rest.find(|character| character != first)
        } else {
            rest.find(|character| is_relational(character) || is_arithmetic(character))
        };
        let (part, behind) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        let foreign = FOREIGN.iter().find(|(text, _)| *text == part).map(|(_, here)| *here);
        let part = foreign.unwrap_or(part);
        meaning(part)?;
        parts.push(part);
        rest = behind;
    }
    (parts.len() > 1).then(|| parts.join(" "))
}
