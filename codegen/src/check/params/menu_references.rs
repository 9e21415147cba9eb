//! The parameters that the entries of a context menu ask for are declared.

use super::dangling::dangling;
use crate::check::file::{File, menu_values};
use crate::diagnostic::Faults;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for menu in file.params.iter().filter(|param| param.is_context_menu()) {
        for mention in menu.discreets().flat_map(menu_values) {
            if mention.id.and_then(|id| file.param(id)).is_none() {
                // 2.59.3
                faults.add(dangling(file, "2.59.3", "this entry of the menu asks for", mention));
            }
        }
    }
}
