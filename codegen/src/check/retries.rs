//! LIFE-52: an element does not go into timeout before the retries of a pair are used up.

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::Model;

/// When an element goes into timeout, in ms, unless an operator says otherwise.
const ELEMENT_TIMEOUT_MS: u64 = 30_000;
/// PAIR-22: the number of retries unless the file says otherwise.
const RETRIES: u32 = 3;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for connection in &model.connections {
        let Some(timeout) = connection.settings.timeout_ms else { continue };
        let sends = u64::from(connection.settings.retries.map_or(RETRIES, |retries| retries.value)) + 1;
        let longest = u64::from(timeout.value) * sends;
        if longest >= ELEMENT_TIMEOUT_MS {
            let message = format!(
                "{sends} attempts of {} ms take {longest} ms, but an element goes into timeout after {ELEMENT_TIMEOUT_MS} ms",
                timeout.value
            );
            let fault = Fault::warning(Kind::TimeoutTooShort, timeout.span, message);
            faults.add(fault.help("shorten `TimeoutTime`, or lower `Retries`"));
        }
    }
}
