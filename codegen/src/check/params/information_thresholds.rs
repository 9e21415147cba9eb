//! No default threshold of level information: it makes an information event at each time the value is reached (ALM-11),
//! which is for the one who runs the element to choose.

use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        let Some(info) = param.text(&["Alarm", "Info"]) else { continue };
        faults.add(if info.is_blank() {
            // 2.79.3
            Fault::rule("2.79.3", info.span, "`Info` is empty").help("remove it")
        } else if info.is_padded() {
            // 2.79.2
            let message = format!("there is white space around {}", quoted(info.trimmed()));
            Fault::rule("2.79.2", info.span, message).help("remove it")
        } else {
            // 2.79.1
            let message = format!("{} has a default threshold for information events", param.label());
            Fault::rule("2.79.1", info.span, message).help("remove `Info`; alarm templates can set it")
        });
    }
}
