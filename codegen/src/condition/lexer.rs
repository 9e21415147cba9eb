//! From the text of a condition to operands, operators and parentheses.

use super::fault::ConditionFault;
use super::node::{Operator, Step};
use super::word;
use crate::parse::is_space;
use crate::source::Span;
use crate::text::quoted;

/// A piece of a condition and its place.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
}

#[derive(Debug)]
pub(super) enum TokenKind {
    Open,
    Close,
    Operand(Step),
    Operator(Operator),
}

pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

/// Whether a word ends before this character.
fn ends_word(character: char) -> bool {
    is_space(character) || matches!(character, '(' | ')' | '"')
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next piece; none at the end. Any white space of XML separates, not the space alone (schema, A24j).
    pub(super) fn next(&mut self) -> Result<Option<Token>, ConditionFault> {
        self.at += self.rest().len() - self.rest().trim_start_matches(is_space).len();
        let start = self.at;
        let Some(first) = self.rest().chars().next() else { return Ok(None) };
        let kind = match first {
            '(' => {
                self.at += 1;
                return Ok(Some(Token { kind: TokenKind::Open, span: Span::new(start, self.at) }));
            }
            ')' => {
                self.at += 1;
                TokenKind::Close
            }
            '"' => TokenKind::Operand(Step::Text(self.quoted_text()?)),
            _ => {
                let word = self.rest().split(ends_word).next().unwrap_or_default();
                self.at += word.len();
                word::read(word, start)?
            }
        };
        self.expect_space(start)?;
        Ok(Some(Token { kind, span: Span::new(start, self.at) }))
    }

    /// Reads a text in quotes. A backslash protects the quote behind it.
    fn quoted_text(&mut self) -> Result<String, ConditionFault> {
        let start = self.at;
        let inside = self.rest().get(1..).unwrap_or_default();
        let is_end = |&(at, _): &(usize, &str)| !inside.get(..at).is_some_and(|before| before.ends_with('\\'));
        let Some((end, _)) = inside.match_indices('"').find(is_end) else {
            let help = "close it with `\"`; a quote inside a text is written `\\\"`, so a text cannot end with `\\`";
            return Err(ConditionFault::new(Span::new(start, self.text.len()), "this text is never closed", help));
        };
        self.at += end + 2;
        Ok(inside.get(..end).unwrap_or_default().replace("\\\"", "\""))
    }

    /// The piece that began at `start` is followed by white space, a closing parenthesis or nothing. The platform cuts
    /// the text at its spaces, so that what is not separated is one word.
    fn expect_space(&self, start: usize) -> Result<(), ConditionFault> {
        let rest = self.rest();
        if rest.chars().next().is_none_or(|next| is_space(next) || next == ')') {
            return Ok(());
        }
        let next = if rest.starts_with(['(', '"']) {
            rest.get(..1).unwrap_or_default()
        } else {
            rest.split(ends_word).next().unwrap_or_default()
        };
        let previous = self.text.get(start..self.at).unwrap_or_default();
        Err(ConditionFault::new(
            Span::new(self.at, self.at + next.len()),
            format!("there is no space between {} and {}", quoted(previous), quoted(next)),
            "operands and operators are separated by spaces",
        ))
    }
}
