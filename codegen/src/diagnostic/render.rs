//! Faults as text, the way rustc shows them.

use std::fmt::Write;

use super::Diagnostic;
use crate::source::{SourceSet, Span};

/// How many characters of a line are shown.
const WIDTH: usize = 140;
/// How many characters of a line that is too long are shown before the place.
const BEFORE: usize = 40;
/// What a tab becomes.
const TAB: &str = "    ";

/// A fault as text: severity and code, then [`render_body`].
pub fn render_text(diagnostic: &Diagnostic, source: &SourceSet) -> String {
    format!("{}[{}]: {}", diagnostic.severity.as_str(), diagnostic.code, render_body(diagnostic, source))
}

/// A fault as text, for where something else says how severe it is: the message, the place with its line of XML, help
/// and related places. Ends with a line end.
pub fn render_body(diagnostic: &Diagnostic, source: &SourceSet) -> String {
    let spans = || diagnostic.related.iter().map(|related| related.span).chain([diagnostic.span]);
    let last = spans().map(|span| source.line(span.start)).max().unwrap_or(1);
    let margin = last.to_string().len();

    let mut text = format!("{}\n", printable(&diagnostic.message));
    snippet(&mut text, source, diagnostic.span, margin);
    if !(diagnostic.path.is_empty() && diagnostic.help.is_none()) {
        let _ = writeln!(text, "{:margin$} |", "");
    }
    if !diagnostic.path.is_empty() {
        let _ = writeln!(text, "{:margin$} = at: {}", "", printable(&diagnostic.path));
    }
    for line in diagnostic.help.iter().flat_map(|help| help.lines()) {
        let _ = writeln!(text, "{:margin$} = help: {}", "", printable(line));
    }
    for related in &diagnostic.related {
        let _ = writeln!(text, "note: {}", printable(&related.message));
        snippet(&mut text, source, related.span, margin);
    }
    text
}

/// The place: file, line and column, the line of XML, and carets under it.
fn snippet(text: &mut String, source: &SourceSet, span: Span, margin: usize) {
    let location = source.location(span.start);
    let _ = writeln!(text, "{:margin$}--> {}:{}:{}", "", source.file_name(), location.line, location.column);

    let line = source.line_span(location.line);
    let start = span.start.clamp(line.start, line.end);
    let end = span.end.clamp(start, line.end);
    let is_long = source.location(line.end).column as usize > WIDTH;
    let before = source.slice(Span::new(line.start, start));
    let before = if is_long { last(before, BEFORE) } else { before };
    let room = if is_long { WIDTH - before.chars().count() } else { usize::MAX };
    let marked = first(source.slice(Span::new(start, end)), room);
    let room = room.saturating_sub(marked.chars().count());
    let after = first(source.slice(Span::new(start + marked.len(), line.end)), room);
    let lead = if start - before.len() > line.start { "…" } else { "" };
    let tail = if start + marked.len() + after.len() < line.end { "…" } else { "" };

    let (before, marked, after) = (printable(before), printable(marked), printable(after));
    let _ = writeln!(text, "{:margin$} |", "");
    let _ = writeln!(text, "{:>margin$} | {lead}{before}{marked}{after}{tail}", location.line);
    let indent = lead.chars().count() + before.chars().count();
    let carets = "^".repeat(marked.chars().count().max(1));
    let _ = writeln!(text, "{:margin$} | {:indent$}{carets}", "", "");
}

/// The first `count` characters of `text`.
fn first(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// The last `count` characters of `text`.
fn last(text: &str, count: usize) -> &str {
    text.char_indices().rev().take(count).last().and_then(|(start, _)| text.get(start..)).unwrap_or_default()
}

/// `text` with tabs widened and control characters made visible, so that carets stand where they should and a file
/// cannot send escape sequences to a terminal.
fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\t' => printable.push_str(TAB),
            _ if character.is_control() => printable.push('\u{fffd}'),
            _ => printable.push(character),
        }
    }
    printable
}

#[cfg(test)]
mod tests {
    use super::{BEFORE, WIDTH, snippet};
    use crate::source::{SourceSet, Span};

    fn lines(text: &str, span: Span) -> Vec<String> {
        let mut rendered = String::new();
        snippet(&mut rendered, &SourceSet::new("a.xml", text), span, 1);
        rendered.lines().map(str::to_owned).collect()
    }

    #[test]
    fn carets_stand_under_text_behind_tabs_and_wide_bytes() {
        let lines = lines("\té<On id=\"9\">", Span::new(11, 12));
        assert_eq!(lines[0], " --> a.xml:1:11");
        assert_eq!(lines[2], "1 |     é<On id=\"9\">");
        assert_eq!(lines[3], format!("  | {}^", " ".repeat(13)));
    }

    #[test]
    fn a_place_over_several_lines_is_marked_up_to_the_end_of_the_first() {
        let lines = lines("ab\r\ncd", Span::new(1, 6));
        assert_eq!(lines[2], "1 | ab");
        assert_eq!(lines[3], "  |  ^");
    }

    #[test]
    fn a_place_at_the_end_of_the_file_has_a_caret() {
        let lines = lines("ab", Span::new(2, 2));
        assert_eq!(lines[3], "  |   ^");
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("{}X{}", "a".repeat(5000), "b".repeat(5000));
        let lines = lines(&text, Span::new(5000, 5001));
        assert_eq!(lines[2].chars().count(), 4 + WIDTH + 2);
        assert_eq!(lines[3].find('^'), Some(4 + 1 + BEFORE));
    }

    #[test]
    fn control_characters_are_made_visible() {
        let lines = lines("a\u{1b}[31mb", Span::new(0, 1));
        assert_eq!(lines[2], "1 | a\u{fffd}[31mb");
    }
}
