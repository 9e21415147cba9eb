//! `On@nr` belongs to two types of action (6.7.100), and holds something there (6.22).

use super::action::recognised;
use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};
use crate::model::{ActionType, On};
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for action in recognised(file) {
        let Some(positions) = action.on_attribute("nr") else { continue };
        let is_taken = action.is(On::Pair, ActionType::SetNext) || action.is(On::Parameter, ActionType::Reverse);
        if !is_taken {
            // 6.7.100
            let message = format!("an action `{}` on {} takes no `nr`", action.kind.word(), action.on.word());
            let span = action.on_element.get("nr").map_or(positions.span, |nr| nr.name_span);
            faults.add(Fault::rule("6.7.100", span, message).help("remove `nr`"));
        }
        if positions.is_blank() {
            // 6.22.2
            let message = format!("{} has an empty `nr`", action.item.label());
            let help = if is_taken { "write positions with `;` between them" } else { "remove `nr`" };
            faults.add(Fault::rule("6.22.2", positions.span, message).help(help));
        } else if positions.is_padded() {
            // 6.22.3
            let message = format!("there is white space around {}", quoted(positions.trimmed()));
            faults.add(Fault::rule("6.22.3", positions.span, message).help("remove it"));
        }
    }
}
