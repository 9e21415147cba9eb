//! References from one item to another.

use super::index::Index;
use crate::source::Span;

/// A kind of item that has an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Target {
    Param,
    Command,
    Response,
    Pair,
    Group,
    Timer,
    Trigger,
    Action,
    QAction,
    Session,
    SessionConnection,
    Connection,
}

impl Target {
    /// What messages call it.
    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::Param => "parameter",
            Self::Command => "command",
            Self::Response => "response",
            Self::Pair => "pair",
            Self::Group => "group",
            Self::Timer => "timer",
            Self::Trigger => "trigger",
            Self::Action => "action",
            Self::QAction => "QAction",
            Self::Session => "session",
            Self::SessionConnection | Self::Connection => "connection",
        }
    }

    /// Its element.
    pub(crate) const fn element(self) -> &'static str {
        match self {
            Self::Param => "Param",
            Self::Command => "Command",
            Self::Response => "Response",
            Self::Pair => "Pair",
            Self::Group => "Group",
            Self::Timer => "Timer",
            Self::Trigger => "Trigger",
            Self::Action => "Action",
            Self::QAction => "QAction",
            Self::Session => "Session",
            Self::SessionConnection | Self::Connection => "Connection",
        }
    }
}

/// A reference to an item.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    /// The text, as written.
    pub(crate) text: String,
    /// The id; none when it is written in a form in which this place finds nothing.
    pub(crate) id: Option<i64>,
    /// Whether it has white space around it that does no harm.
    pub(crate) padded: bool,
    /// Where it stands.
    pub(crate) span: Span,
}

impl Reference {
    /// The position of the item that it names in the model's list of that kind.
    pub(crate) fn position(&self, target: Target, index: &Index) -> Option<usize> {
        self.id.and_then(|id| index.position(target, id))
    }
}

/// How a place reads a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Trimmed; digits without a leading zero.
    Plain,
    /// Trimmed; a sign and leading zeros pass.
    Loose,
    /// A number, but compared with the ids as text: white space or leading zeros find nothing.
    Literal,
}

impl Form {
    /// Reads `text`; none when it is no number.
    pub(super) fn read(self, text: &str, span: Span) -> Option<Reference> {
        let trimmed = text.trim();
        let digits = match self {
            Self::Plain => trimmed,
            Self::Loose | Self::Literal => trimmed.strip_prefix('+').unwrap_or(trimmed),
        };
        let number: u32 = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()?;
        if self == Self::Plain && digits != number.to_string() {
            return None;
        }
        let found = self != Self::Literal || text == number.to_string();
        Some(Reference {
            text: text.to_owned(),
            id: found.then_some(i64::from(number)),
            padded: self != Self::Literal && trimmed != text,
            span,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Form;
    use crate::source::Span;

    /// The id that is found; `unread` when the text is no number, `lost` when its form finds nothing.
    fn read(form: Form, text: &str) -> String {
        match form.read(text, Span::default()) {
            Some(reference) => reference.id.map_or_else(|| "lost".to_owned(), |id| id.to_string()),
            None => "unread".to_owned(),
        }
    }

    #[test]
    fn a_plain_number_has_no_sign_and_no_leading_zero() {
        assert_eq!(read(Form::Plain, " 7 "), "7");
        assert_eq!(read(Form::Plain, "0"), "0");
        for text in ["07", "+7", "4294967296", ""] {
            assert_eq!(read(Form::Plain, text), "unread", "{text}");
        }
    }

    #[test]
    fn a_loose_number_may_have_them() {
        assert_eq!(read(Form::Loose, " +07 "), "7");
        assert_eq!(read(Form::Loose, "-7"), "unread");
    }

    #[test]
    fn a_literal_number_is_found_only_in_its_shortest_form() {
        assert_eq!(read(Form::Literal, "7"), "7");
        assert_eq!(read(Form::Literal, " 7"), "lost");
        assert_eq!(read(Form::Literal, "07"), "lost");
        assert_eq!(read(Form::Literal, "x"), "unread");
    }
}
