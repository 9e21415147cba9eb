//! Texts of devices, made safe for a terminal.

use std::borrow::Cow;

/// The same text in one line, with what would move the cursor, change the terminal or turn the order of letters round
/// as a picture of itself.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|letter| picture(letter).is_none()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|letter| picture(letter).unwrap_or(letter)).collect())
}

/// What stands for a letter that must not reach a terminal.
fn picture(letter: char) -> Option<char> {
    match letter {
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(letter)),
        '\u{7f}' => Some('\u{2421}'),
        // The second set of control characters; marks and overrides of direction; separators of lines.
        '\u{80}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some(char::REPLACEMENT_CHARACTER)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_device_moves_the_cursor() {
        assert_eq!(visible("{\"tally\":\"on\"}"), "{\"tally\":\"on\"}");
        assert_eq!(visible("a\u{1b}[2Jb\r\nc\u{9b}d\u{202e}e\u{7f}"), "a␛[2Jb␍␊c\u{fffd}d\u{fffd}e␡");
        assert_eq!(visible("Zürich 東京"), "Zürich 東京");
    }
}
