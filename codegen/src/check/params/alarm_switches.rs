//! `Monitored@disabledIf` names a parameter and the value at which the alarm is off (ALM-12).

use super::dangling::dangling;
use crate::check::file::{File, Param, disabled_if};
use crate::diagnostic::{Fault, Faults};
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        check_switch(file, param, faults);
    }
}

fn check_switch(file: &File<'_>, param: &Param<'_>, faults: &mut Faults) {
    let value = param.attribute(&["Alarm", "Monitored"], "disabledIf");
    let Some(value) = value.filter(|value| !value.is_blank()) else { return };
    let label = param.label();
    let Some(mention) = disabled_if(param) else {
        // 2.72.3
        let message = format!("{} does not say when the alarm of {label} is off", quoted(value.trimmed()));
        let help = "write the id of a parameter, a comma and a value: `disabledIf=\"100,0\"`";
        return faults.add(Fault::rule("2.72.3", value.span, message).help(help));
    };
    let Some(switch) = mention.id.and_then(|id| file.param(id)) else {
        // 2.72.4
        return faults.add(dangling(file, "2.72.4", &format!("the alarm of {label} is switched by"), mention));
    };
    if switch.is_write() || switch.kind == "array" {
        // 2.72.5
        let what = if switch.is_write() { "a write parameter" } else { "a table" };
        let message = format!("the alarm of {label} is switched by {}, which is {what}", switch.label());
        let fault = Fault::rule("2.72.5", mention.slot.span, message).help("name a read parameter that is no table");
        faults.add(fault.related(switch.element.name_span, what));
    } else if value.is_padded() {
        // 2.72.2
        let message = format!("there is white space around {}", quoted(value.trimmed()));
        faults.add(Fault::rule("2.72.2", value.span, message).help("remove it"));
    }
}
