//! What is wrong with a file, where, and what to do about it.

mod fault;
mod json;
mod kinds;
mod not_carried_out;
mod render;
mod styles;
mod validator;

pub(crate) use fault::{Fault, Faults};
pub use json::render_json;
pub use kinds::Kind;
pub(crate) use not_carried_out::Refusal;
pub use render::{render_body, render_styled, render_text};
pub use styles::Styles;
pub use validator::{Rule, rule, rules};
pub(crate) use validator::{rule_at, without_predicates};

use crate::source::Span;

/// One fault of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// Its code, `GLnnnn`: one a kind of fault.
    pub code: &'static str,
    /// The name of its kind, such as `dangling-reference`.
    pub fault: &'static str,
    /// The number of the rule of the platform's validator that it corresponds to, such as `5.1.6`.
    pub validator_id: Option<&'static str>,
    /// How bad it is.
    pub severity: Severity,
    /// What it is about.
    pub class: Class,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// Where.
    pub span: Span,
    /// Where, as a path in the XML: `Protocol/Triggers/Trigger[@id=5]/On@id`.
    pub path: String,
    /// Other places that it has to do with.
    pub related: Vec<Related>,
    /// Why it is silenced, if it is: the reason that the file gives, which may be empty.
    pub suppressed: Option<String>,
}

impl Diagnostic {
    /// Whether it may be silenced: all but errors of what runs. A file with one of these has no tables that could be
    /// generated soundly, so that silencing it could only hide it. An error at a place that no driver reads, such as
    /// one of how a parameter is shown, is none of them.
    pub fn can_be_silenced(&self) -> bool {
        crate::suppress::can_be_silenced(self)
    }
}

/// Another place that a fault has to do with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The place.
    pub span: Span,
    /// What is there.
    pub message: String,
}

/// How bad a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// No code is generated.
    Error,
    /// It runs, but see [`Class`].
    Warning,
    /// A choice that genlock made where the language leaves it open.
    Note,
}

impl Severity {
    /// `error`, `warning` or `note`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// What a fault is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// What runs does not do, or may not do, what the file seems to say.
    Behaviour,
    /// Style, leftovers, advice. The macros and the build script do not show these.
    Style,
}

impl Class {
    /// `behaviour` or `style`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Behaviour => "behaviour",
            Self::Style => "style",
        }
    }
}

/// The page, in Markdown, that explains the faults of a code such as `GL0412`.
pub fn explain(code: &str) -> Option<&'static str> {
    Kind::ALL.iter().find(|kind| kind.code().eq_ignore_ascii_case(code)).map(|kind| kind.page())
}
