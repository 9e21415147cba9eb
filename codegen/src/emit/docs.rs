//! Documentation of generated items.
//!
//! Text of the XML is plain text: nothing in it may become a doctest, a link, HTML or any other markup.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::labels::Label;

/// The documentation of one item: paragraphs of Markdown.
#[derive(Clone, Debug, Default)]
pub(super) struct Docs {
    paragraphs: Vec<String>,
}

impl Docs {
    /// Documentation that begins with a sentence of ours, in Markdown.
    pub(super) fn new(markdown: impl Into<String>) -> Self {
        Self { paragraphs: vec![markdown.into()] }
    }

    /// The texts of `label`, then what and where it is: ``Parameter 7, `WebsocketStatus` (`nmos.xml:37`)``.
    pub(super) fn of(label: &Label, kind: &str, file: &str) -> Self {
        let mut docs = Self::default();
        for text in &label.docs {
            docs = docs.text(text);
        }
        docs.markdown(described(label, kind, file))
    }

    /// Adds the paragraphs of `other`.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.paragraphs.extend(other.paragraphs);
        self
    }

    /// Adds a paragraph of Markdown.
    pub(super) fn markdown(mut self, markdown: impl Into<String>) -> Self {
        self.paragraphs.push(markdown.into());
        self
    }

    /// Adds plain text of the XML: each of its lines is a paragraph.
    pub(super) fn text(mut self, text: &str) -> Self {
        self.paragraphs.extend(text.lines().map(escaped).filter(|line| !line.is_empty()));
        self
    }
}

/// One `#[doc]` a line, so that it prints as `///` comments.
impl ToTokens for Docs {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for (position, paragraph) in self.paragraphs.iter().enumerate() {
            if position > 0 {
                tokens.extend(quote!(#[doc = ""]));
            }
            let line = format!(" {paragraph}");
            tokens.extend(quote!(#[doc = #line]));
        }
    }
}

/// What and where an item is, in Markdown.
pub(super) fn described(label: &Label, kind: &str, file: &str) -> String {
    let name = if one_line(&label.name).is_empty() { String::new() } else { format!(", {}", code(&label.name)) };
    format!("{kind} {}{name} ({})", label.id, place(file, label.line))
}

/// A line of the XML, in Markdown.
pub(super) fn place(file: &str, line: u32) -> String {
    code(&format!("{file}:{line}"))
}

/// Text of the XML as a code span, which a backtick in it would end.
pub(super) fn code(text: &str) -> String {
    let text = one_line(text).replace('`', "'");
    if text.is_empty() { "(empty)".to_owned() } else { format!("`{text}`") }
}

/// Text of the XML such that Markdown shows it as it is.
fn escaped(text: &str) -> String {
    let line = one_line(text);
    let mut markdown = String::with_capacity(line.len());
    for (position, word) in line.split(' ').enumerate() {
        if position > 0 {
            markdown.push(' ');
        }
        if is_link(word) {
            markdown.extend(["<", word, ">"]);
        } else if word.contains("http://") || word.contains("https://") {
            // rustdoc asks for `<…>` around addresses; this word has more letters than the address.
            markdown.push_str(&code(word));
        } else if position == 0 {
            push_first_word(&mut markdown, word);
        } else {
            push_word(&mut markdown, word);
        }
    }
    markdown
}

/// A word that begins a line can begin a list, a heading or an underline there: `-`, `1.`, `#`, `===`.
fn push_first_word(markdown: &mut String, word: &str) {
    let digits = word.trim_start_matches(|letter: char| letter.is_ascii_digit());
    match digits.chars().next() {
        Some(mark @ ('.' | ')')) if digits.len() < word.len() => {
            markdown.push_str(word.strip_suffix(digits).unwrap_or_default());
            markdown.push('\\');
            markdown.push(mark);
            push_word(markdown, digits.get(1..).unwrap_or_default());
        }
        Some('#' | '+' | '-' | '=') if digits.len() == word.len() => {
            markdown.push('\\');
            push_word(markdown, word);
        }
        _ => push_word(markdown, word),
    }
}

fn push_word(markdown: &mut String, word: &str) {
    for letter in word.chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|' | '$') {
            markdown.push('\\');
        }
        markdown.push(letter);
    }
}

/// Whether `word` is an address that Markdown takes between angle brackets.
fn is_link(word: &str) -> bool {
    let is_plain = |letter: char| letter.is_ascii_graphic() && !matches!(letter, '<' | '>' | '\\' | '`');
    let rest = word.strip_prefix("https://").or_else(|| word.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(is_plain))
}

/// Runs of white space as one space; characters that would change how source text is read or shown are left out.
fn one_line(text: &str) -> String {
    let visible = |letter: &char| letter.is_whitespace() || !(letter.is_control() || is_bidirectional_control(*letter));
    let text: String = text.chars().filter(visible).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The compiler refuses these in comments (`text_direction_codepoint_in_comment`).
fn is_bidirectional_control(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
