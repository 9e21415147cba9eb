//! No default threshold of level information: it makes an information event at each time the value is reached (ALM-11),
//! which is for the one who runs the element to choose.

use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        let info = param.text(&["Alarm", "Info"]).filter(|info| !info.is_blank());
        // What has white space around it is 2.79.2 instead.
        let Some(info) = info.filter(|info| !info.is_padded()) else { continue };
        // 2.79.1
        let message = format!("{} has a default threshold for information events", param.label());
        faults.add(Fault::rule("2.79.1", info.span, message).help("remove `Info`; alarm templates can set it"));
    }
}
