//! An action on groups or timers, and one that changes the timeout of pairs, names what it works on (6.7.2).

use super::action::{ALLOWED, Action, recognised};
use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for action in recognised(file).filter(needs_target) {
        if action.on.get("id").is_some() {
            continue;
        }
        let message = format!("{} does not say which {} it is on", action.item.label(), action.on_word);
        let fault = Fault::rule("6.7.2", action.on.name_span, message).missing("@id");
        faults.add(fault.help(format!("write `<On id=\"…\">{}</On>`", action.on_word)));
    }
}

fn needs_target(action: &Action<'_>) -> bool {
    let is_allowed = ALLOWED.iter().any(|(on, kinds)| *on == action.on_word && kinds.contains(&action.kind_word));
    is_allowed && (matches!(action.on_word, "group" | "timer") || action.is("pair", "timeout"))
}
