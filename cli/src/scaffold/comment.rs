//! Text of a connector as comments of Rust.

/// `text` as lines of `//` comments, without the indentation that all its lines share. Whatever it holds, nothing of it
/// becomes code: only a line end ends such a comment.
pub(super) fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let lines: Vec<&str> = text.split(['\n', '\r']).map(str::trim_end).collect();
    let indentation = shared_indentation(&lines);
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| !line.is_empty()).map_or(first, |last| last + 1);
    let shown = lines.get(first..last).unwrap_or_default().iter();
    shown
        .map(|line| format!("{}\n", format!("// {}", safe(line.get(indentation..).unwrap_or_default())).trim_end()))
        .collect()
}

/// The number of bytes of white space with which every line that is not blank begins.
fn shared_indentation(lines: &[&str]) -> usize {
    let mut lines = lines.iter().filter(|line| !line.is_empty());
    let Some(first) = lines.next() else { return 0 };
    let indentation = first.get(..first.len() - first.trim_start().len()).unwrap_or_default();
    lines
        .fold(indentation, |shared, line| {
            let same = shared.char_indices().zip(line.chars()).find(|&((_, ours), theirs)| ours != theirs);
            let end = same.map_or(shared.len().min(line.len()), |((at, _), _)| at);
            shared.get(..end).unwrap_or_default()
        })
        .len()
}

/// Text in one line, as documentation shows it between backticks.
pub(super) fn code(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('`', "'");
    format!("`{}`", safe(if text.is_empty() { "(no name)" } else { &text }))
}

/// `text` without what the compiler refuses in a comment: characters that change the direction of text, by which code
/// can be made to look like what it is not.
fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\t' => safe.push_str("    "),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => safe.extend(character.escape_unicode()),
            _ if character.is_control() => safe.extend(character.escape_unicode()),
            _ => safe.push(character),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::{code, lines};

    #[test]
    fn shared_indentation_is_taken_off_and_the_rest_kept() {
        assert_eq!(lines("\n\t\tusing System;\n\n\t\t\tint a; \n  \n"), "// using System;\n//\n//     int a;\n");
        assert_eq!(lines("a\r\n\tb\rc"), "// a\n//     b\n// c\n");
        assert_eq!(lines("\u{a0}a\n b"), "// \u{a0}a\n//  b\n");
        assert_eq!(lines(" \n\t"), "");
    }

    #[test]
    fn nothing_in_it_ends_the_comment_or_deceives() {
        assert_eq!(lines("/* x */ // \u{202e}y\\\nz"), "// /* x */ // \\u{202e}y\\\n// z\n");
        assert_eq!(lines("#if é\u{2028}#endif"), "// #if é\u{2028}#endif\n");
    }

    #[test]
    fn code_is_one_line_without_backticks() {
        assert_eq!(code(" a`b\n\u{202e}c "), "`a'b \\u{202e}c`");
        assert_eq!(code("\n"), "`(no name)`");
    }
}
