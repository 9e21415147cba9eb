//! genlock carries out the moment of a trigger, and a trigger that has one says what it is on (TRG-04, TRG-19).

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Model, Moment, On};

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for trigger in &model.triggers {
        let label = trigger.head.label();
        if let (false, Some(time)) = (trigger.has_on, trigger.time_span) {
            // TRG-04
            let message = format!("{label} has a `Time` but no `On`, so it fires only when it is called");
            let fault = Fault::warning(Kind::MissingElement, time, message);
            faults.add(fault.help("add `<On id=\"…\">…</On>`, or remove `Time`"));
        }
        let (Some(on), Some(time)) = (trigger.on, trigger.time) else { continue };
        // TRG-19
        if on.value == On::Parameter && matches!(time.value, Moment::Timeout | Moment::TimeoutAfterRetries) {
            let message =
                format!("`{}` on a parameter belongs to SNMP, which genlock does not carry out", time.value.word());
            let fault = Fault::error(Kind::NotCarriedOut, time.span, message);
            faults.add(fault.help("genlock carries out `change` and `change after response`"));
        }
    }
}
