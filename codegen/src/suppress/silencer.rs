//! Which fault is silenced by what.

use std::collections::BTreeMap;

use super::scope::{Allowance, remark};
use super::{FaultId, Findings, IdleAllow};
use crate::diagnostic::{Diagnostic, Fault, Faults, Kind, Severity};
use crate::source::Span;
use crate::text::quoted;

/// What the comments and the options allow, and what has become of it.
pub(super) struct Silencer<'a> {
    /// In document order of the comments.
    allowances: Vec<(&'a Allowance, Use)>,
    /// The positions of the allowances of each rule, by where they begin.
    by_id: BTreeMap<FaultId, Vec<usize>>,
    /// What the options allow.
    everywhere: BTreeMap<FaultId, Use>,
    /// Whether there are errors that can be silenced.
    silences_errors: bool,
}

/// What an allowance did.
#[derive(Clone, Copy, Debug, Default)]
struct Use {
    has_silenced: bool,
    /// The first error in its scope that cannot be silenced.
    refused: Option<Span>,
}

impl<'a> Silencer<'a> {
    pub(super) fn new(allowances: &'a [Allowance], everywhere: &[FaultId], silences_errors: bool) -> Self {
        let mut by_id = BTreeMap::<FaultId, Vec<usize>>::new();
        for (index, allowance) in allowances.iter().enumerate() {
            by_id.entry(allowance.id).or_default().push(index);
        }
        for indices in by_id.values_mut() {
            let start = |&index: &usize| allowances.get(index).map(|allowance| allowance.scope.start);
            // Of two that begin at one place the later comment is the inner one.
            indices.sort_by_key(start);
        }
        Self {
            allowances: allowances.iter().map(|allowance| (allowance, Use::default())).collect(),
            by_id,
            everywhere: everywhere.iter().map(|&id| (id, Use::default())).collect(),
            silences_errors,
        }
    }

    /// Sorts `faults`, which are sorted by place, into those that are reported and those that are silenced.
    pub(super) fn sort(&mut self, faults: Vec<Diagnostic>, findings: &mut Findings) {
        let tracks = self.by_id.iter().map(|(&id, indices)| (id, Track { ahead: indices, inside: Vec::new() }));
        let mut tracks: BTreeMap<FaultId, Track<'_>> = tracks.collect();
        for mut fault in faults {
            let is_error = fault.severity == Severity::Error;
            let can_be_silenced = fault.can_be_silenced() && (self.silences_errors || !is_error);
            let mut reason: Option<&str> = None;
            for id in FaultId::of(&fault) {
                let track = tracks.get_mut(&id);
                let allowance = track.and_then(|track| track.innermost(fault.span.start, &self.allowances));
                if let Some((allowance, usage)) = allowance.and_then(|index| self.allowances.get_mut(index)) {
                    usage.note(fault.span, can_be_silenced);
                    reason = reason.or(Some(&allowance.reason));
                } else if let Some(usage) = self.everywhere.get_mut(&id) {
                    usage.note(fault.span, can_be_silenced);
                    reason = reason.or(Some("allowed by an option"));
                }
            }
            match reason.filter(|_| can_be_silenced) {
                Some(reason) => {
                    fault.suppressed = Some(reason.to_owned());
                    findings.silenced.push(fault);
                }
                None => findings.reported.push(fault),
            }
        }
    }

    /// The faults of the comments whose rules `is_meant`: those that silenced nothing, or not everything.
    pub(super) fn idle(&self, is_meant: impl Fn(FaultId) -> bool) -> Faults {
        let mut faults = Faults::default();
        let is_faulty = |(allowance, usage): &&(&Allowance, Use)| {
            is_meant(allowance.id) && (usage.is_idle() || usage.refused.is_some())
        };
        for (allowance, usage) in self.allowances.iter().filter(is_faulty) {
            let id = quoted(allowance.id.as_str());
            let Some(error) = usage.refused else {
                let message = format!("{id} is allowed here and does not occur");
                let fault = remark(Kind::UnusedSuppression, allowance.named, message, allowance.is_foreign);
                faults.add(fault.help("remove it from the comment"));
                continue;
            };
            let message = format!("{id} is an error here that cannot be allowed");
            let fault = Fault::warning(Kind::RefusedSuppression, allowance.named, message);
            let help = "mend the error; warnings and notes can be allowed, and errors that no driver notices";
            faults.add(fault.help(help).related(error, "the error"));
        }
        faults
    }

    /// What the options allow in vain.
    pub(super) fn idle_allows(&self) -> Vec<IdleAllow> {
        let idle = self.everywhere.iter().filter(|(_, usage)| usage.is_idle() || usage.refused.is_some());
        idle.map(|(&id, usage)| IdleAllow { id, is_refused: usage.refused.is_some() }).collect()
    }
}

impl Use {
    fn note(&mut self, fault: Span, can_be_silenced: bool) {
        if can_be_silenced {
            self.has_silenced = true;
        } else if self.refused.is_none() {
            self.refused = Some(fault);
        }
    }

    fn is_idle(&self) -> bool {
        !self.has_silenced
    }
}

/// The allowances of one rule while faults go by in the order of their places.
struct Track<'t> {
    /// Those that begin further on.
    ahead: &'t [usize],
    /// Those that have begun, innermost last. They lie inside each other, so only the last one can have ended.
    inside: Vec<usize>,
}

impl Track<'_> {
    /// The innermost allowance at byte `offset`, which is not before that of the call before.
    fn innermost(&mut self, offset: usize, allowances: &[(&Allowance, Use)]) -> Option<usize> {
        let scope = |index: usize| allowances.get(index).map_or(Span::default(), |(allowance, _)| allowance.scope);
        while let Some((&next, rest)) = self.ahead.split_first().filter(|(next, _)| scope(**next).start <= offset) {
            self.leave(scope(next).start, scope);
            self.inside.push(next);
            self.ahead = rest;
        }
        self.leave(offset, scope);
        self.inside.last().copied()
    }

    /// Leaves those that end at byte `offset` or before.
    fn leave(&mut self, offset: usize, scope: impl Fn(usize) -> Span) {
        while self.inside.last().is_some_and(|&index| scope(index).end <= offset) {
            self.inside.pop();
        }
    }
}
