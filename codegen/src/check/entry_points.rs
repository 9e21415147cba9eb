//! QA-10: a QAction has one entry point for each parameter that triggers it, and each of those once.

use std::collections::BTreeMap;

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::Model;
use crate::source::Span;
use crate::text::{counted, quoted};

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for qaction in &model.qactions {
        let mut first: BTreeMap<&str, Span> = BTreeMap::new();
        for trigger in &qaction.triggers {
            if let Some(&earlier) = first.get(trigger.text.as_str()) {
                let message =
                    format!("{} is triggered by parameter {} twice", qaction.head.label(), quoted(&trigger.text));
                let fault = Fault::error(Kind::DuplicateReference, trigger.span, message);
                faults.add(fault.related(earlier, "the first time").help("remove one of the two"));
            }
            first.entry(&trigger.text).or_insert(trigger.span);
        }
        let (Some(entries), Some(triggers)) = (&qaction.entry_points, qaction.triggers_span) else { continue };
        if entries.value.len() != qaction.triggers.len() {
            let message = format!(
                "{} has {}, but {}",
                qaction.head.label(),
                counted(entries.value.len(), "entry point"),
                counted(qaction.triggers.len(), "trigger")
            );
            let fault = Fault::error(Kind::InconsistentCount, entries.span, message);
            let fault = fault.related(triggers, "the triggers");
            faults.add(fault.help("write one entry point for each trigger, in the same order, or remove `entryPoint`"));
        }
    }
}
