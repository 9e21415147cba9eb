//! What else belongs to a matrix and what does not: alarms on its crosspoints, no trend, no setter.

use super::matrices;
use crate::check::file::{File, Param};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for matrix in matrices(file) {
        if matrix.kind != "write" {
            check_monitored(matrix, faults);
        }
        if let Some(trending) = matrix.attribute(&[], "trending").filter(|trending| trending.is("true")) {
            // 2.37.6
            let message = format!("{} is a matrix, of which no trend can be drawn", matrix.label());
            faults.add(Fault::rule("2.37.6", trending.span, message).help("remove `trending`"));
        }
        let setter = matrix.attribute(&[], "setter").filter(|setter| setter.is("true") && matrix.kind == "write");
        if let Some(setter) = setter {
            // 2.37.7
            let message = format!("{} sets a matrix, whose two sides hold different values", matrix.label());
            let help = "remove `setter`; what was set comes back from the device";
            faults.add(Fault::rule("2.37.7", setter.span, message).help(help));
        }
    }
}

fn check_monitored(matrix: &Param<'_>, faults: &mut Faults) {
    let alarm = matrix.element.find("Alarm");
    let monitored = alarm.and_then(|alarm| alarm.find("Monitored")).map(Slot::look);
    let message = format!("the crosspoints of {}, a matrix, cannot be monitored", matrix.label());
    // 2.37.5
    let fault = match (alarm, monitored) {
        (_, Some(monitored)) if monitored.is("true") => return,
        (_, Some(monitored)) => Fault::rule("2.37.5", monitored.span, message),
        (Some(alarm), None) => Fault::rule("2.37.5", alarm.name_span, message).missing("/Monitored"),
        (None, None) => Fault::rule("2.37.5", matrix.element.name_span, message).missing("/Alarm/Monitored"),
    };
    faults.add(fault.help("write `<Alarm><Monitored>true</Monitored></Alarm>`"));
}
