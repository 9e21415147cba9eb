//! Faults as the phases collect them: without the path, which only the tree of the file knows.

use super::not_carried_out::{NotCarriedOut, Refusal};
use super::{Class, Diagnostic, Kind, Related, Severity, validator};
use crate::parse::Document;
use crate::source::Span;

/// How many faults are kept. A file that somebody else wrote may have one a byte.
pub(super) const LIMIT: usize = 10_000;

/// The faults that the phases have found, in the order in which they did.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    kept: Vec<Fault>,
    /// How many were found beyond the limit, and the worst among them.
    left_out: usize,
    not_carried_out: NotCarriedOut,
    worst_left_out: Option<Severity>,
}

/// One fault.
#[derive(Debug)]
pub(crate) struct Fault {
    kind: Kind,
    pub(super) severity: Severity,
    pub(super) class: Class,
    pub(super) message: String,
    help: Option<String>,
    pub(super) span: Span,
    missing: String,
    validator_id: Option<&'static str>,
    /// No rule is on it, although there is one on its place and its kind.
    is_beyond_rules: bool,
    related: Vec<Related>,
}

impl Faults {
    /// Adds a fault.
    pub(crate) fn add(&mut self, fault: Fault) {
        // A warning of this kind is one by itself: what is left out changes nothing that a driver does.
        if fault.kind == Kind::NotCarriedOut && fault.severity == Severity::Error {
            self.not_carried_out.add(fault);
        } else {
            self.keep(fault);
        }
    }

    fn keep(&mut self, fault: Fault) {
        if self.is_full() {
            self.leave_out(fault.severity);
        } else {
            self.kept.push(fault);
        }
    }

    /// Decides how bad it is that genlock does not carry out parts of the file: errors, or warnings when the start of an
    /// element refuses anyway.
    pub(crate) fn settle(&mut self, refusal: Option<&Refusal>) {
        let not_carried_out = std::mem::take(&mut self.not_carried_out);
        if let Some(refusal) = refusal {
            for fault in not_carried_out.into_warnings(refusal) {
                self.keep(fault);
            }
        } else {
            let (errors, beyond) = not_carried_out.into_errors();
            for fault in errors {
                self.keep(fault);
            }
            (0..beyond).for_each(|_| self.leave_out(Severity::Error));
        }
    }

    /// Whether no more faults are kept, so that it is not worth while to find good words for the next one.
    pub(crate) fn is_full(&self) -> bool {
        self.kept.len() >= LIMIT
    }

    /// Counts a fault that is not kept.
    pub(crate) fn leave_out(&mut self, severity: Severity) {
        self.left_out += 1;
        self.worst_left_out = self.worst_left_out.into_iter().chain([severity]).min();
    }

    /// Whether there is an error among them.
    pub(crate) fn has_errors(&self) -> bool {
        let mut severities = self.kept.iter().map(|fault| fault.severity).chain(self.worst_left_out);
        !self.not_carried_out.is_empty() || severities.any(|severity| severity == Severity::Error)
    }

    /// Whether the tree may be another than the author means. A file that declares another encoding, but is UTF-8, is
    /// read as it stands.
    pub(crate) fn break_the_tree(&self) -> bool {
        let may_break = |fault: &Fault| fault.severity == Severity::Error && fault.kind != Kind::UnsupportedEncoding;
        self.worst_left_out == Some(Severity::Error) || self.kept.iter().any(may_break)
    }

    /// The faults with their paths, by place; at the end, how many are left out.
    pub(crate) fn into_diagnostics(mut self, document: &Document) -> Vec<Diagnostic> {
        self.settle(None);
        let mut faults = self.kept;
        faults.sort_by_key(|fault| (fault.span, fault.severity));
        // Two phases may come upon the same fault: the one that knows its rule is kept.
        faults.dedup_by(|later, first| {
            let is_same = (later.span, &later.missing) == (first.span, &first.missing)
                && (later.kind == first.kind || later.is_why(first) || first.is_why(later))
                && (later.validator_id.is_none()
                    || first.validator_id.is_none()
                    // One place may break one rule in several ways.
                    || (later.validator_id, &later.message) == (first.validator_id, &first.message));
            if is_same && first.validator_id.is_none() {
                std::mem::swap(later, first);
            }
            is_same
        });
        let last = faults.last().map(|fault| fault.span).unwrap_or_default();
        let left_out = self.worst_left_out.map(|severity| {
            let message = format!("{} more faults are not listed", self.left_out);
            Fault::new(Kind::TooManyFaults, severity, Class::Behaviour, last, message)
                .help("mend those that are listed and check again; they may have one cause")
        });
        faults.into_iter().chain(left_out).map(|fault| fault.into_diagnostic(document)).collect()
    }
}

impl Extend<Fault> for Faults {
    fn extend<I: IntoIterator<Item = Fault>>(&mut self, faults: I) {
        for fault in faults {
            self.add(fault);
        }
    }
}

impl Fault {
    /// A fault against a rule of the platform's validator: kind, severity and class are the rule's. A number without a
    /// rule, which a test excludes, is an error of the form of a value.
    pub(crate) fn rule(id: &'static str, span: Span, message: impl Into<String>) -> Self {
        let Some(rule) = validator::rule(id) else { return Self::error(Kind::InvalidValue, span, message) };
        Self::new(rule.kind, rule.severity, rule.class, span, message.into()).validator(id)
    }

    /// The same as a warning that what runs may surprise, where a rule is milder in a case.
    pub(crate) fn mild(mut self) -> Self {
        self.severity = Severity::Warning;
        self.class = Class::Behaviour;
        self
    }

    /// An error.
    pub(crate) fn error(kind: Kind, span: Span, message: impl Into<String>) -> Self {
        Self::new(kind, Severity::Error, Class::Behaviour, span, message.into())
    }

    /// A warning that what runs may surprise.
    pub(crate) fn warning(kind: Kind, span: Span, message: impl Into<String>) -> Self {
        Self::new(kind, Severity::Warning, Class::Behaviour, span, message.into())
    }

    /// A warning about style.
    pub(crate) fn style(kind: Kind, span: Span, message: impl Into<String>) -> Self {
        Self::new(kind, Severity::Warning, Class::Style, span, message.into())
    }

    /// A remark on what may well be right.
    pub(crate) fn style_note(kind: Kind, span: Span, message: impl Into<String>) -> Self {
        Self::new(kind, Severity::Note, Class::Style, span, message.into())
    }

    /// A note about a choice that was made.
    pub(crate) fn note(kind: Kind, span: Span, message: impl Into<String>) -> Self {
        Self::new(kind, Severity::Note, Class::Behaviour, span, message.into())
    }

    fn new(kind: Kind, severity: Severity, class: Class, span: Span, message: String) -> Self {
        let (help, missing) = (None, String::new());
        Self {
            kind,
            severity,
            class,
            message,
            help,
            span,
            missing,
            validator_id: None,
            is_beyond_rules: false,
            related: Vec::new(),
        }
    }

    /// What to write instead.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The number of the validator's rule, where the place and the kind do not tell it.
    pub(crate) fn validator(mut self, id: &'static str) -> Self {
        self.validator_id = Some(id);
        self
    }

    /// That no rule of the validator is on it, although there is one on its place and its kind.
    pub(crate) fn beyond_rules(mut self) -> Self {
        self.is_beyond_rules = true;
        self
    }

    /// What is missing at the place, as the end of its path: `@id`, `/Name`.
    pub(crate) fn missing(mut self, what: impl Into<String>) -> Self {
        self.missing = what.into();
        self
    }

    /// Another place that it has to do with.
    pub(crate) fn related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Related { span, message: message.into() });
        self
    }

    /// Whether this is why `other` names nothing: it is no id at all.
    fn is_why(&self, other: &Self) -> bool {
        (self.kind, self.validator_id) == (Kind::InvalidValue, None) && other.kind == Kind::DanglingReference
    }

    fn into_diagnostic(self, document: &Document) -> Diagnostic {
        let path = document.path(self.span) + &self.missing;
        let by_place = || validator::rule_at(&path, self.kind).filter(|_| !self.is_beyond_rules).map(|rule| rule.id);
        Diagnostic {
            code: self.kind.code(),
            fault: self.kind.fault(),
            validator_id: self.validator_id.or_else(by_place),
            severity: self.severity,
            class: self.class,
            message: self.message,
            help: self.help,
            span: self.span,
            path,
            related: self.related,
            suppressed: None,
        }
    }
}
