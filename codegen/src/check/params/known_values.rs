//! A parameter that is shown by its known values has some (PARAM-145, PARAM-150).

use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        let Some(measurement) = param.element.find("Measurement") else { continue };
        let needs_list = matches!(param.measurement.as_str(), "button" | "discreet" | "pagebutton");
        match measurement.find("Discreets") {
            None if needs_list => {
                // 2.51.1
                let message = format!("{} is shown by its known values, but there are none", param.label());
                let fault = Fault::rule("2.51.1", measurement.name_span, message).missing("/Discreets");
                faults.add(fault.help("add `<Discreets>` with one `<Discreet>` for each value"));
            }
            Some(list) if list.find("Discreet").is_none() && list.get("dependencyId").is_none() => {
                // 2.52.1
                let message = format!("the list of known values of {} is empty", param.label());
                let fault = Fault::rule("2.52.1", list.name_span, message).missing("/Discreet");
                faults.add(fault.help("add `<Discreet><Display>…</Display><Value>…</Value></Discreet>`"));
            }
            _ => {}
        }
    }
}
