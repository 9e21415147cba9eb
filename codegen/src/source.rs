//! The file that is compiled: its text, places in it, and how to show them.

/// A range of bytes of the file, end exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to, not including, `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Whether `other` lies inside this span.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A place as people count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters (a tab is one).
    pub column: u32,
}

/// How many bytes are counted at most to find a column.
const BLOCK: usize = 1024;

/// The file that is compiled.
#[derive(Clone, Debug)]
pub struct SourceSet {
    file_name: String,
    text: String,
    /// The byte at which each line starts.
    lines: Vec<usize>,
    /// The number of characters before each block of [`BLOCK`] bytes, so that a column in a long line is found at once.
    blocks: Vec<usize>,
    /// The number of byte order marks: a file that was saved with one twice has two.
    marks: usize,
    undecodable: Option<usize>,
}

impl SourceSet {
    /// A file by its name, as messages show it, and its text.
    pub fn new(file_name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut blocks = vec![0];
        let mut before = 0;
        for block in text.as_bytes().chunks(BLOCK) {
            before += characters(block);
            blocks.push(before);
        }
        let marks = text.chars().take_while(|&first| first == '\u{feff}').count();
        Self { file_name: file_name.into(), text, lines, blocks, marks, undecodable: None }
    }

    /// A file by its name and its bytes. Bytes that are not UTF-8 are a fault that [`compile`](crate::compile) reports.
    pub fn from_bytes(file_name: impl Into<String>, bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::new(file_name, text),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let mut source = Self::new(file_name, String::from_utf8_lossy(error.as_bytes()).into_owned());
                source.undecodable = Some(valid);
                source
            }
        }
    }

    /// The name of the file, as messages show it.
    pub fn file_name(&self) -> &str {
        &self.file_name
    }

    /// The text of the file.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The first byte that is not UTF-8.
    pub(crate) fn undecodable(&self) -> Option<usize> {
        self.undecodable
    }

    /// The text of `span`; empty when it is not one.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// The line, from 1, in which byte `offset` lies.
    pub fn line(&self, offset: usize) -> u32 {
        self.lines.partition_point(|&start| start <= offset) as u32
    }

    /// The place of byte `offset`.
    pub fn location(&self, offset: usize) -> Location {
        let offset = offset.min(self.text.len());
        let line = self.line(offset);
        let before = self.characters_before(offset) - self.characters_before(self.line_start(line));
        // Byte order marks take no column.
        let marks = if line == 1 { self.marks } else { 0 };
        Location { line, column: before.saturating_sub(marks) as u32 + 1 }
    }

    /// The number of characters before byte `offset`.
    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let rest = self.text.as_bytes().get(block * BLOCK..offset).unwrap_or_default();
        self.blocks.get(block).copied().unwrap_or_default() + characters(rest)
    }

    /// The text of `line`, without its end.
    pub fn line_text(&self, line: u32) -> &str {
        self.slice(self.line_span(line))
    }

    /// Where the text of `line` stands, without its end and without a byte order mark.
    pub(crate) fn line_span(&self, line: u32) -> Span {
        let end = self.lines.get(line as usize).copied().unwrap_or(self.text.len());
        let start = self.line_start(line);
        let text = self.text.get(start..end).unwrap_or_default();
        let visible = text.trim_start_matches('\u{feff}');
        let start = start + text.len() - visible.len();
        Span::new(start, start + visible.trim_end_matches(['\n', '\r']).len())
    }

    /// The first byte of `line`.
    pub(crate) fn line_start(&self, line: u32) -> usize {
        (line as usize).checked_sub(1).and_then(|index| self.lines.get(index)).copied().unwrap_or(self.text.len())
    }
}

/// The number of characters that start in `bytes`, which are a part of UTF-8 text.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::{Location, SourceSet, Span};

    #[test]
    fn columns_count_characters_and_tabs_as_one() {
        let source = SourceSet::new("a.xml", "<é>\r\n\tö<x/>");
        assert_eq!(source.location(source.text().find("<x").unwrap()), Location { line: 2, column: 3 });
        assert_eq!(source.line_text(1), "<é>");
        assert_eq!(source.line_text(2), "\tö<x/>");
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        let source = SourceSet::new("a.xml", "\u{feff}<x/>");
        assert_eq!(source.location(3), Location { line: 1, column: 1 });
        assert_eq!(source.line_text(1), "<x/>");
        let source = SourceSet::new("a.xml", "\u{feff}\u{feff}<x/>");
        assert_eq!(source.location(0), Location { line: 1, column: 1 });
        assert_eq!(source.location(7), Location { line: 1, column: 2 });
    }

    #[test]
    fn columns_in_a_long_line_are_right() {
        let source = SourceSet::new("a.xml", format!("é\n{}x", "é".repeat(3000)));
        assert_eq!(source.location(3 + 6000), Location { line: 2, column: 3001 });
        assert_eq!(source.location(3 + 1024), Location { line: 2, column: 513 });
    }

    #[test]
    fn places_outside_the_text_are_its_end() {
        let source = SourceSet::new("a.xml", "ab\nc");
        assert_eq!(source.location(400), Location { line: 2, column: 2 });
        assert_eq!(source.slice(Span::new(2, 400)), "");
        assert_eq!(source.line_text(9), "");
    }
}
