//! An action on groups or timers, and one that changes the timeout of pairs, names what it works on (6.7.2).

use super::action::{Action, recognised};
use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};
use crate::model::{ActionType, On};

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for action in recognised(file).filter(needs_target) {
        if action.on_element.get("id").is_some() {
            continue;
        }
        let message = format!("{} does not say which {} it is on", action.item.label(), action.on.word());
        let fault = Fault::rule("6.7.2", action.on_element.name_span, message).missing("@id");
        faults.add(fault.help(format!("write `<On id=\"…\">{}</On>`", action.on.word())));
    }
}

fn needs_target(action: &Action<'_>) -> bool {
    let is_one = matches!(action.on, On::Group | On::Timer) || action.is(On::Pair, ActionType::Timeout);
    is_one && action.is_possible()
}
