//! LIFE-52: an element does not go into timeout before the retries of a pair are used up.

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::Model;

/// When an element goes into timeout, in ms, unless the file or an operator says otherwise.
const ELEMENT_TIMEOUT_MS: u32 = 30_000;
/// PAIR-22: the number of retries unless the file says otherwise.
const RETRIES: u32 = 3;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    // LIFE-54: that of the main connection is used for all.
    let main = model.connections.iter().find(|connection| connection.head.id() == Some(0));
    let (element_timeout, help) = match main.and_then(|main| main.settings.element_timeout_ms) {
        Some(written) => (written, "raise `TimeoutTimeElement`, shorten `TimeoutTime`, or lower `Retries`"),
        None => (ELEMENT_TIMEOUT_MS, "shorten `TimeoutTime`, or lower `Retries`"),
    };
    for connection in &model.connections {
        let Some(timeout) = connection.settings.timeout_ms else { continue };
        let sends = u64::from(connection.settings.retries.map_or(RETRIES, |retries| retries.value)) + 1;
        let longest = u64::from(timeout.value) * sends;
        if longest >= u64::from(element_timeout) {
            let message = format!(
                "{sends} attempts of {} ms take {longest} ms, but an element goes into timeout after {element_timeout} ms",
                timeout.value
            );
            let fault = Fault::warning(Kind::TimeoutTooShort, timeout.span, message);
            faults.add(fault.help(help));
        }
    }
}
