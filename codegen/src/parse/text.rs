//! Text and attribute values: references are replaced, line ends and white space normalised.

use super::charset::is_allowed;
use crate::diagnostic::{Fault, Faults, Kind};
use crate::source::Span;
use crate::text::quoted;

/// Appends character data without references to `text`, with line ends as `\n` (XML 1.0, section 2.11).
pub(super) fn push_characters(text: &mut String, raw: &str) {
    let mut pieces = raw.split('\r').peekable();
    text.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        if !piece.starts_with('\n') {
            text.push('\n');
        }
        text.push_str(piece);
    }
}

/// Appends what the reference `&name;` stands for (XML 1.0, section 4.1 and 4.6).
pub(super) fn push_reference(text: &mut String, name: &str, span: Span, faults: &mut Faults) {
    match resolve(name) {
        Some(character) => text.push(character),
        None if name.starts_with('#') => faults.add(
            Fault::error(Kind::NotWellFormed, span, format!("{} is not a character", quoted(&format!("&{name};"))))
                .help("a character is written `&#10;` (decimal) or `&#xA;` (hexadecimal)"),
        ),
        None => faults.add(
            Fault::error(Kind::NotWellFormed, span, format!("there is no entity {}", quoted(&format!("&{name};"))))
                .help(
                    "XML itself has `&amp;`, `&lt;`, `&gt;`, `&quot;` and `&apos;`; write other characters as they are",
                ),
        ),
    }
}

/// The character that the reference `&name;` stands for.
pub(crate) fn resolve(name: &str) -> Option<char> {
    if let Some(digits) = name.strip_prefix("#x") {
        return number(digits, 16);
    }
    if let Some(digits) = name.strip_prefix('#') {
        return number(digits, 10);
    }
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

fn number(digits: &str, radix: u32) -> Option<char> {
    let digits = Some(digits).filter(|digits| digits.chars().all(|digit| digit.is_digit(radix)))?;
    u32::from_str_radix(digits, radix).ok().and_then(char::from_u32).filter(|&character| is_allowed(character))
}

/// The value of an attribute that stands at `start` as `raw` between its quotes (XML 1.0, section 3.3.3).
pub(super) fn attribute_value(raw: &str, start: usize, faults: &mut Faults) -> String {
    let mut value = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, from)) = rest.split_once('&') {
        push_normalised(&mut value, before);
        let at = start + raw.len() - from.len() - 1;
        let end = from.find(';').filter(|&end| !from.get(..end).is_some_and(|name| name.contains(['&', ' ', '<'])));
        let Some((name, after)) = end.and_then(|end| Some((from.get(..end)?, from.get(end + 1..)?))) else {
            faults.add(lone_ampersand(at));
            value.push('&');
            rest = from;
            continue;
        };
        push_reference(&mut value, name, Span::new(at, at + name.len() + 2), faults);
        rest = after;
    }
    push_normalised(&mut value, rest);
    value
}

fn push_normalised(value: &mut String, raw: &str) {
    let start = value.len();
    push_characters(value, raw);
    if value.get(start..).is_some_and(|piece| piece.contains(['\n', '\t'])) {
        let piece = value.split_off(start);
        value.extend(piece.chars().map(|character| if matches!(character, '\n' | '\t') { ' ' } else { character }));
    }
}

/// The fault of an ampersand that starts no reference.
pub(super) fn lone_ampersand(at: usize) -> Fault {
    Fault::error(Kind::NotWellFormed, Span::new(at, at + 1), "`&` starts no reference").help("write `&amp;`")
}

/// Reports characters that no XML file may hold.
pub(super) fn check_characters(raw: &str, start: usize, faults: &mut Faults) {
    for (at, character) in raw.char_indices().filter(|&(_, character)| !is_allowed(character)) {
        let span = Span::new(start + at, start + at + character.len_utf8());
        let code = u32::from(character);
        faults.add(
            Fault::error(Kind::NotWellFormed, span, format!("XML does not allow the character U+{code:04X}"))
                .help("remove it; binary values are written as text, such as `0x0A`"),
        );
    }
}
