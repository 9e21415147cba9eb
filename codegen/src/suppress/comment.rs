//! The comments that allow faults: what is written in them.
//!
//! `<!-- genlock: allow GL0412 5.1.6 reason -->` is ours; `<!-- SuppressValidator 2.9.7 reason -->` with
//! `<!-- /SuppressValidator 2.9.7 -->` is what the editor of the platform writes.

use super::fault_id::FaultId;
use crate::source::{SourceSet, Span};

/// What a comment says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// The next element may have the faults.
    Allow,
    /// What follows may have the faults.
    Open,
    /// What follows may not have them any more.
    Close,
}

/// A comment that allows faults.
#[derive(Debug)]
pub(super) struct Comment<'s> {
    pub(super) verb: Verb,
    /// What it names, known or not; never empty.
    pub(super) ids: Vec<Written<'s>>,
    /// The rest of it, in one line.
    pub(super) reason: String,
}

/// A word of a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written<'s> {
    pub(super) text: &'s str,
    pub(super) span: Span,
}

/// A comment that begins like one that allows faults and does not go on like one.
#[derive(Debug)]
pub(super) struct Malformed {
    pub(super) span: Span,
    pub(super) message: &'static str,
    pub(super) help: &'static str,
}

const ALLOW_HELP: &str = "write `<!-- genlock: allow GL0412 reason -->` before an element";
const SUPPRESS_HELP: &str =
    "write `<!-- SuppressValidator 5.1.6 reason -->`, and `<!-- /SuppressValidator 5.1.6 -->` where it ends";

/// Reads the comment at `span`; none when it says something else.
pub(super) fn read(source: &SourceSet, span: Span) -> Option<Result<Comment<'_>, Malformed>> {
    let inside = Span::new(span.start + "<!--".len(), span.end.saturating_sub("-->".len()));
    let mut words = Words { rest: source.slice(inside), at: inside.start };
    let first = words.next()?;
    let lower = first.text.to_ascii_lowercase();
    let malformed = |span, message, help| Some(Err(Malformed { span, message, help }));
    let verb = match lower.as_str() {
        "suppressvalidator" => Verb::Open,
        "/suppressvalidator" => Verb::Close,
        "genlock:allow" => Verb::Allow,
        "genlock:" | "genlock" => {
            let colon = lower.ends_with(':');
            match words.next() {
                Some(word) if word.text.eq_ignore_ascii_case("allow") && colon => Verb::Allow,
                Some(word) if word.text.eq_ignore_ascii_case("allow") => {
                    return malformed(first.span, "there is no `:` behind `genlock`", ALLOW_HELP);
                }
                Some(word) if colon => return malformed(word.span, "a comment to genlock says `allow`", ALLOW_HELP),
                None if colon => return malformed(first.span, "this comment to genlock is empty", ALLOW_HELP),
                _ => return None,
            }
        }
        _ => return None,
    };
    let mut ids = Vec::new();
    let mut reason = words;
    while let Some(word) = words.next() {
        let text = word.text.trim_end_matches(':');
        if !FaultId::is_like(text) {
            break;
        }
        let span = Span::new(word.span.start, word.span.start + text.len());
        ids.push(Written { text, span });
        reason = words;
        if text.len() < word.text.len() {
            break;
        }
    }
    if ids.is_empty() {
        let span = words_span(reason, first.span);
        return match verb {
            Verb::Allow => malformed(span, "this comment names no code that it allows", ALLOW_HELP),
            Verb::Open | Verb::Close => malformed(span, "this comment names no rule of the validator", SUPPRESS_HELP),
        };
    }
    let reason = reason.rest.split_whitespace().collect::<Vec<_>>().join(" ");
    let reason = reason.trim_start_matches([',', ';', ':', '-', ' ']).to_owned();
    Some(Ok(Comment { verb, ids, reason }))
}

/// The next word, else `otherwise`.
fn words_span(mut words: Words<'_>, otherwise: Span) -> Span {
    words.next().map_or(otherwise, |word| word.span)
}

/// The words of a text, parted by white space, `,` and `;`.
#[derive(Clone, Copy, Debug)]
struct Words<'s> {
    rest: &'s str,
    /// Where `rest` stands in the file.
    at: usize,
}

impl<'s> Words<'s> {
    fn next(&mut self) -> Option<Written<'s>> {
        let is_separator = |letter: char| letter.is_whitespace() || matches!(letter, ',' | ';');
        let text = self.rest.trim_start_matches(is_separator);
        let start = self.at + (self.rest.len() - text.len());
        let (word, rest) = text.split_at_checked(text.find(is_separator).unwrap_or(text.len()))?;
        (self.rest, self.at) = (rest, start + word.len());
        (!word.is_empty()).then(|| Written { text: word, span: Span::new(start, start + word.len()) })
    }
}

#[cfg(test)]
mod tests {
    use super::{Verb, read};
    use crate::source::{SourceSet, Span};

    /// `verb: rules: reason`, what is malformed and where, or nothing.
    fn shown(comment: &str) -> String {
        let source = SourceSet::new("a.xml", comment);
        match read(&source, Span::new(0, comment.len())) {
            None => String::new(),
            Some(Ok(comment)) => {
                let verb = match comment.verb {
                    Verb::Allow => "allow",
                    Verb::Open => "open",
                    Verb::Close => "close",
                };
                let ids: Vec<&str> = comment.ids.iter().map(|id| source.slice(id.span)).collect();
                format!("{verb}: {}: {}", ids.join(" "), comment.reason)
            }
            Some(Err(malformed)) => format!("{} at `{}`", malformed.message, source.slice(malformed.span)),
        }
    }

    #[test]
    fn rules_come_before_the_reason() {
        let cases = [
            ("<!-- genlock: allow GL0412 the pair comes later -->", "allow: GL0412: the pair comes later"),
            ("<!--genlock:allow gl0412,5.1.6 ; GL0001-->", "allow: gl0412 5.1.6 GL0001: "),
            ("<!-- genlock: allow GL0412: since 1.0.0.1\r\n\tin use -->", "allow: GL0412: since 1.0.0.1 in use"),
            ("<!-- genlock: allow GL0412 - GL0001 is worse -->", "allow: GL0412: GL0001 is worse"),
            ("<!-- SuppressValidator 2.9.7 No unit applicable. -->", "open: 2.9.7: No unit applicable."),
            ("<!--\n/SuppressValidator 2.9.7;2.9.8\n-->", "close: 2.9.7 2.9.8: "),
        ];
        for (comment, expected) in cases {
            assert_eq!(shown(comment), expected, "{comment}");
        }
    }

    #[test]
    fn slips_are_told_from_other_comments() {
        let cases = [
            ("<!-- genlock: allow -->", "this comment names no code that it allows at `genlock:`"),
            ("<!-- genlock: allow dangling -->", "this comment names no code that it allows at `dangling`"),
            ("<!-- genlock: alow GL0412 -->", "a comment to genlock says `allow` at `alow`"),
            ("<!-- genlock: -->", "this comment to genlock is empty at `genlock:`"),
            ("<!-- genlock allow GL0412 -->", "there is no `:` behind `genlock` at `genlock`"),
            ("<!-- SuppressValidator because -->", "this comment names no rule of the validator at `because`"),
            ("<!-- genlock reads this -->", ""),
            ("<!-- Suppress -->", ""),
            ("<!-- -->", ""),
            ("<!---->", ""),
            ("<!-->", ""),
        ];
        for (comment, expected) in cases {
            assert_eq!(shown(comment), expected, "{comment}");
        }
    }
}
