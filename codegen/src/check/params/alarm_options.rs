//! The parameters that `Alarm@options` names are declared (ALM-13).

use super::dangling::dangling;
use crate::check::file::{File, alarm_options};
use crate::diagnostic::Faults;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        let owner = format!("the alarm of {} uses", param.label());
        for mention in alarm_options(param) {
            if mention.id.and_then(|id| file.param(id)).is_none() {
                // 2.34.6
                faults.add(dangling(file, "2.34.6", &owner, mention));
            }
        }
    }
}
