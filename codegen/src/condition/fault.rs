//! Why a text is no condition.

use crate::source::Span;

/// Why a text is no condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ConditionFault {
    /// Where, from the start of the text.
    pub(crate) span: Span,
    /// What is wrong.
    pub(crate) message: String,
    /// What to write instead.
    pub(crate) help: String,
}

impl ConditionFault {
    pub(super) fn new(span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: help.into() }
    }
}
