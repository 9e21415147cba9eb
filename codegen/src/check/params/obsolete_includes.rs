//! `Information/Includes` has no meaning any more.

use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        let Some(includes) = param.element.find_at(&["Information", "Includes"]) else { continue };
        // 2.66.1
        let message = format!("`Includes` in the information of {} has no effect any more", param.label());
        faults.add(
            Fault::rule("2.66.1", includes.name_span, message).help("remove it; range and units show by themselves"),
        );
    }
}
