//! Which characters XML allows where.

/// XML 1.0, production 2: Char.
pub(super) fn is_allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// XML 1.0, production 4: `NameStartChar`, with all letters of Unicode instead of its list of ranges.
pub(super) fn starts_name(character: char) -> bool {
    character.is_alphabetic() || matches!(character, '_' | ':')
}

/// XML 1.0, production 4a: `NameChar`, with the same simplification.
pub(super) fn continues_name(character: char) -> bool {
    starts_name(character)
        || character.is_numeric()
        || matches!(character, '-' | '.' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}

/// Whether `text` is a name.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(starts_name) && text.chars().all(continues_name)
}

/// XML 1.0, production 3: white space.
pub(crate) const fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

/// A name without its namespace prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}
