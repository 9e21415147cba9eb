//! Faults of what genlock does not carry out (GL0901): how bad they are is known only when the whole file is.
//!
//! Where an element would start, leaving a part out changes what it does: an error at each place. Where its start
//! refuses anyway nothing runs that could surprise: a warning for each part, with the number of places, so that a
//! connector of another transport does not drown in them.

use std::collections::BTreeMap;

use super::fault::{Fault, LIMIT};
use super::{Class, Severity};
use crate::source::Span;
use crate::text::counted;

/// Why no element of a connector starts.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    /// The first part that no element runs, in words: `connection 0`.
    pub(crate) part: String,
    /// The places of all such parts, that of the first one first.
    pub(crate) spans: Vec<Span>,
}

/// The faults, by what they say.
#[derive(Debug, Default)]
pub(super) struct NotCarriedOut {
    parts: BTreeMap<String, Part>,
    kept: usize,
}

#[derive(Debug, Default)]
struct Part {
    places: Vec<Fault>,
    /// How many places there are beyond the limit.
    beyond: usize,
}

impl NotCarriedOut {
    pub(super) fn add(&mut self, fault: Fault) {
        let part = self.parts.entry(fault.message.clone()).or_default();
        // The first place of each part is always kept.
        if self.kept < LIMIT || part.places.is_empty() {
            part.places.push(fault);
            self.kept += 1;
        } else {
            part.beyond += 1;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Errors, one for each place, and how many more there are.
    pub(super) fn into_errors(self) -> (Vec<Fault>, usize) {
        let beyond = self.parts.values().map(|part| part.beyond).sum();
        (self.parts.into_values().flat_map(|part| part.places).collect(), beyond)
    }

    /// Warnings, one for each part.
    pub(super) fn into_warnings(self, refusal: &Refusal) -> impl Iterator<Item = Fault> {
        self.parts.into_values().filter_map(|part| {
            let count = part.places.len() + part.beyond;
            let mut fault = part.places.into_iter().next()?;
            fault.severity = Severity::Warning;
            fault.class = Class::Behaviour;
            if count > 1 {
                fault.message = format!("{} ({} in this file)", fault.message, counted(count, "place"));
            }
            let cause = refusal.spans.first().filter(|_| !refusal.spans.contains(&fault.span));
            Some(match cause {
                Some(&cause) => fault.related(cause, format!("no element starts, because none runs {}", refusal.part)),
                None => fault,
            })
        })
    }
}
