//! What a file or the caller allows: faults that are found and not reported.
//!
//! A comment `<!-- genlock: allow GL0412 reason -->` is for the next element and all in it, before the outermost
//! element for the whole file; `<!-- SuppressValidator 2.9.7 reason -->` is for what stands between it and its
//! `<!-- /SuppressValidator 2.9.7 -->`, or the end of the element that it is in.
//!
//! Errors of what runs cannot be silenced, because tables are only made of a file without them; see
//! [`Diagnostic::can_be_silenced`]. Silencing comes after all checks and decides nothing but what is reported.

mod bearing;
mod comment;
mod fault_id;
mod scope;
mod silencer;

pub(crate) use bearing::can_be_silenced;
pub use fault_id::{FaultId, UnknownFaultId};

use crate::diagnostic::{Diagnostic, Faults, Kind, Severity};
use crate::options::Options;
use crate::parse::Document;
use crate::source::SourceSet;
use silencer::Silencer;

/// What [`Options::allow`] names and what silenced nothing, or not everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdleAllow {
    /// The code or the rule.
    pub id: FaultId,
    /// Whether the file has such a fault, but an error that cannot be silenced.
    pub is_refused: bool,
}

/// The faults of a file, sorted out.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// What is reported, by place.
    pub(crate) reported: Vec<Diagnostic>,
    /// What is silenced, by place.
    pub(crate) silenced: Vec<Diagnostic>,
    /// What the options allow in vain.
    pub(crate) idle_allows: Vec<IdleAllow>,
}

impl Findings {
    /// Whether there is an error that nothing silences.
    pub(crate) fn has_errors(&self) -> bool {
        self.reported.iter().any(|fault| fault.severity == Severity::Error)
    }
}

/// Sorts out the faults of a file. Without a model of it no error can be silenced, because there is nothing to compile.
pub(crate) fn sort(
    mut faults: Faults,
    document: &Document,
    source: &SourceSet,
    options: &Options,
    has_model: bool,
) -> Findings {
    let allowances = scope::read(document, source, &mut faults);
    let mut silencer = Silencer::new(&allowances, &options.allow, has_model);
    let mut findings = Findings::default();
    silencer.sort(faults.into_diagnostics(document), &mut findings);
    // An allow that is never needed is a fault as well, which another allow can silence.
    let unused = FaultId::of_kind(Kind::UnusedSuppression);
    silencer.sort(silencer.idle(|id| id != unused).into_diagnostics(document), &mut findings);
    silencer.sort(silencer.idle(|id| id == unused).into_diagnostics(document), &mut findings);
    let by_place = |fault: &Diagnostic| (fault.code == Kind::TooManyFaults.code(), fault.span, fault.severity);
    findings.reported.sort_by_key(by_place);
    findings.silenced.sort_by_key(by_place);
    findings.idle_allows = silencer.idle_allows();
    findings
}
