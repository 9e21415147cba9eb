//! The lines of a request's head.

use std::fmt;

/// A header line; it holds no control character (CONN-43).
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct HeaderLine {
    pub(crate) name: Box<str>,
    pub(crate) value: Box<str>,
    /// Whether the value must not be shown (PARAM-169).
    pub(crate) secret: bool,
}

impl HeaderLine {
    /// A line that may be shown.
    pub(crate) fn new(name: impl Into<Box<str>>, value: impl Into<Box<str>>) -> Self {
        Self { name: name.into(), value: value.into(), secret: false }
    }

    /// A line that must not be shown.
    pub(crate) fn secret(name: impl Into<Box<str>>, value: impl Into<Box<str>>) -> Self {
        Self { secret: true, ..Self::new(name, value) }
    }

    /// Whether this is its name, letter case ignored.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

impl fmt::Debug for HeaderLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HeaderLine({})", self.name)
    }
}
