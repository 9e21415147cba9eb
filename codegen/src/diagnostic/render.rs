//! Faults as text, the way rustc shows them.

use std::fmt::Write;

use anstyle::Style;

use super::Diagnostic;
use super::styles::Styles;
use crate::source::{SourceSet, Span};

/// How many characters of a line are shown.
const WIDTH: usize = 140;
/// How many characters of a line that is too long are shown before the place.
const BEFORE: usize = 40;
/// What a tab becomes.
const TAB: &str = "    ";

/// A fault as text: severity and code, then [`render_body`].
pub fn render_text(diagnostic: &Diagnostic, source: &SourceSet) -> String {
    render_styled(diagnostic, source, &Styles::plain())
}

/// A fault as [`render_text`] shows it, in styles.
pub fn render_styled(diagnostic: &Diagnostic, source: &SourceSet, styles: &Styles) -> String {
    let severity = styles.of(diagnostic.severity);
    let mut text = format!("{severity}{}[{}]{severity:#}", diagnostic.severity.as_str(), diagnostic.code);
    if diagnostic.suppressed.is_some() {
        text.push_str(" (suppressed)");
    }
    let Styles { message, .. } = styles;
    let _ = writeln!(text, "{message}: {}{message:#}", printable(&diagnostic.message));
    Page::new(diagnostic, source, styles).write(text, diagnostic)
}

/// A fault as text, for where something else says how severe it is: the message, the place with its line of XML, help
/// and related places. Ends with a line end.
pub fn render_body(diagnostic: &Diagnostic, source: &SourceSet) -> String {
    let text = format!("{}\n", printable(&diagnostic.message));
    Page::new(diagnostic, source, &Styles::plain()).write(text, diagnostic)
}

/// What all places of one fault have in common.
struct Page<'p> {
    source: &'p SourceSet,
    styles: &'p Styles,
    /// How wide the line numbers are.
    margin: usize,
}

impl<'p> Page<'p> {
    fn new(diagnostic: &Diagnostic, source: &'p SourceSet, styles: &'p Styles) -> Self {
        let spans = diagnostic.related.iter().map(|related| related.span).chain([diagnostic.span]);
        let last = spans.map(|span| source.line(span.start)).max().unwrap_or(1);
        Self { source, styles, margin: last.to_string().len() }
    }

    /// Writes everything but the message behind it.
    fn write(&self, mut text: String, diagnostic: &Diagnostic) -> String {
        self.snippet(&mut text, diagnostic.span, self.styles.of(diagnostic.severity));
        let facts = [("at", Some(diagnostic.path.as_str()).filter(|path| !path.is_empty()))];
        let help = diagnostic.help.iter().flat_map(|help| help.lines()).map(|line| ("help", Some(line)));
        let suppressed = ("suppressed", diagnostic.suppressed.as_deref().filter(|reason| !reason.is_empty()));
        let facts = facts.into_iter().chain(help).chain([suppressed]);
        let mut facts = facts.filter_map(|(name, fact)| Some((name, fact?))).peekable();
        if facts.peek().is_some() {
            self.frame(&mut text, "", "|", "");
        }
        for (name, fact) in facts {
            let Styles { message, .. } = self.styles;
            self.frame(&mut text, "", "=", &format!(" {message}{name}{message:#}: {}", printable(fact)));
        }
        for related in &diagnostic.related {
            let note = self.styles.note;
            let _ = writeln!(text, "{note}note{note:#}: {}", printable(&related.message));
            self.snippet(&mut text, related.span, note);
        }
        text
    }

    /// Writes one line behind the margin.
    fn frame(&self, text: &mut String, number: &str, bar: &str, line: &str) {
        let (Styles { frame, .. }, margin) = (self.styles, self.margin);
        let _ = writeln!(text, "{frame}{number:>margin$} {bar}{frame:#}{line}");
    }

    /// Writes the place: file, line and column, the line of XML, and carets under it.
    fn snippet(&self, text: &mut String, span: Span, marks: Style) {
        let Self { source, styles: Styles { frame, .. }, margin } = *self;
        let location = source.location(span.start);
        let file = printable(source.file_name());
        let _ = writeln!(text, "{frame}{:margin$}-->{frame:#} {file}:{}:{}", "", location.line, location.column);

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
        self.frame(text, "", "|", "");
        self.frame(text, &location.line.to_string(), "|", &format!(" {lead}{before}{marked}{after}{tail}"));
        let indent = lead.chars().count() + before.chars().count();
        let carets = "^".repeat(marked.chars().count().max(1));
        self.frame(text, "", "|", &format!(" {:indent$}{marks}{carets}{marks:#}", ""));
    }
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
    use anstyle::Style;

    use super::super::styles::Styles;
    use super::{BEFORE, Page, WIDTH};
    use crate::source::{SourceSet, Span};

    fn lines(text: &str, span: Span) -> Vec<String> {
        let mut rendered = String::new();
        let source = SourceSet::new("a.xml", text);
        Page { source: &source, styles: &Styles::plain(), margin: 1 }.snippet(&mut rendered, span, Style::new());
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
