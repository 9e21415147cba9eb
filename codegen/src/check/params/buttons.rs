//! Buttons set something, so they are write parameters (PARAM-145).

use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in file.params.iter().filter(|param| !param.is_write() && !param.kind.is_empty()) {
        let button = param.text(&["Measurement", "Type"]);
        let Some(button) =
            button.filter(|_| matches!(param.measurement.as_str(), "button" | "pagebutton" | "togglebutton"))
        else {
            continue;
        };
        // 2.37.9
        let message =
            format!("{} is shown as {}, but it is no write parameter", param.label(), quoted(button.trimmed()));
        let kind = param.element.find("Type").map_or(param.element.name_span, |kind| kind.text_span);
        let fault = Fault::rule("2.37.9", button.span, message).related(kind, "its type");
        faults.add(fault.help("write `<Type>write</Type>`, or show the value as `discreet`"));
    }
}
