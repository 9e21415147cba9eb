//! genlock carries out the moment of a trigger, and a trigger that has one says what it is on (TRG-04, TRG-19).

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Model, Moment, On, moments};
use crate::text::either;

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
        let possible = moments(on.value);
        if possible.contains(&time.value) {
            continue;
        }
        let words = either(possible.iter().map(|moment| moment.word()));
        let is_poll = on.value == On::Parameter && matches!(time.value, Moment::Timeout | Moment::TimeoutAfterRetries);
        // What does not go together is a fault of the file (5.6.1).
        if is_poll {
            // TRG-19
            let message =
                format!("`{}` on a parameter belongs to SNMP, which genlock does not carry out", time.value.word());
            let fault = Fault::error(Kind::NotCarriedOut, time.span, message);
            faults.add(fault.help(format!("genlock carries out {words}")));
        }
    }
}
