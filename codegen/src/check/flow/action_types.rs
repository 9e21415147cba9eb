//! What an action is on and what it does go together (6.7.1; ACT-01, ACT-08).

use super::action::recognised;
use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};
use crate::model::ActionType;
use crate::text::either;

/// Up to how many types are listed.
const SHOWN: usize = 9;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for action in recognised(file).filter(|action| !action.is_possible()) {
        let (on, kind) = (action.on.word(), action.kind.word());
        let message = format!("an action on {on} cannot be `{kind}`");
        let fault = Fault::rule("6.7.1", action.kind_element.text_span, message);
        let fault = fault.related(action.on_element.text_span, "what it is on");
        let here: Vec<&str> = ActionType::possible_on(action.on).collect();
        let here = if here.len() > SHOWN {
            String::new()
        } else {
            format!("; on {on} write {}", either(here.iter().copied()))
        };
        faults.add(fault.help(match action.kind.allowed() {
            // ACT-07
            [] => format!("`{kind}` is on nothing: remove the action{here}"),
            possible => format!("`{kind}` is on {}{here}", either(possible.iter().map(|on| on.word()))),
        }));
    }
}
