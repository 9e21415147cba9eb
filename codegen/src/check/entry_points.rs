//! QA-10: a QAction has one entry point for each parameter that triggers it.

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::Model;
use crate::text::counted;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for qaction in &model.qactions {
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
