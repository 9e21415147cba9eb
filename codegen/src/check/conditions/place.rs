//! Where a part of a text stands in the file, although references such as `&lt;` are written longer than they are.

use crate::parse::{Element, is_space, resolve};
use crate::source::{SourceSet, Span};

/// The place of a part of the text of `element`; of the whole text when it cannot be told exactly, as when a comment or
/// the border of a CDATA section stands in it.
pub(super) fn place(source: &SourceSet, element: &Element, part: Span) -> Span {
    let written = source.slice(element.text_span);
    let text = element.text.trim_start_matches(is_space);
    let lead = element.text.len() - text.len();
    let text = text.trim_end_matches(is_space);
    let find = |at: usize| written_offset(written, text, at.checked_sub(lead)?);
    match (find(part.start), find(part.end)) {
        (Some(start), Some(end)) => Span::new(element.text_span.start + start, element.text_span.start + end),
        _ => element.text_span,
    }
}

/// The byte of `written` that stands for byte `at` of `text`.
fn written_offset(written: &str, text: &str, at: usize) -> Option<usize> {
    let (before, _) = text.split_at_checked(at)?;
    if written == text {
        return Some(at); // a CDATA section, or no references in it
    }
    let mut rest = written;
    for character in before.chars() {
        rest = skip(rest, character)?;
    }
    Some(written.len() - rest.len())
}

/// What follows the one character that stands at the start of `written` in whatever form.
fn skip(written: &str, character: char) -> Option<&str> {
    let reference = written.strip_prefix('&').and_then(|rest| rest.split_once(';'));
    if let Some((_, rest)) = reference.filter(|(name, _)| resolve(name) == Some(character)) {
        return Some(rest);
    }
    if character == '\n' {
        return written.strip_prefix("\r\n").or_else(|| written.strip_prefix(['\r', '\n']));
    }
    written.strip_prefix(character)
}

#[cfg(test)]
mod tests {
    use super::written_offset;

    #[test]
    fn references_and_line_ends_are_counted_as_they_are_written() {
        let cases = [
            ("id:7 == 1", "id:7 == 1", 5, Some(5)),
            ("a &lt; b &#38; c", "a < b & c", 4, Some(7)),
            ("a &lt; b &#38; c", "a < b & c", 9, Some(16)),
            ("a &amp; b", "a & b", 2, Some(2)),
            ("a\r\n< b", "a\n< b", 2, Some(3)),
            ("a & b;\r\n", "a & b;\n", 5, Some(5)),
            ("a<!-- --> b", "a b", 3, None),
            ("a", "a", 2, None),
        ];
        for (written, text, at, expected) in cases {
            assert_eq!(written_offset(written, text, at), expected, "{written}");
        }
    }
}
