//! An action that changes the timeout of a pair says where the time is (6.7.3, 6.7.5).

use super::action::recognised;
use crate::check::file::{File, loose};
use crate::diagnostic::{Fault, Faults};
use crate::model::{ActionType, On, Target};
use crate::parse::Slot;
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for action in recognised(file).filter(|action| action.is(On::Pair, ActionType::Timeout)) {
        match action.kind_attribute("id") {
            None => {
                // 6.7.3
                let message = format!("{} does not say which parameter holds the timeout", action.item.label());
                let fault = Fault::rule("6.7.3", action.kind_element.name_span, message).missing("@id");
                faults.add(fault.help("write `<Type id=\"…\">timeout</Type>`"));
            }
            Some(id) => time(file, &action.item.label(), id, faults),
        }
    }
}

/// 6.7.5: the parameter that holds a time exists. A blank id has its own fault.
pub(super) fn time(file: &File<'_>, label: &str, id: Slot<'_>, faults: &mut Faults) {
    if id.is_blank() {
        return;
    }
    let fault = match loose(id.raw) {
        Some(number) if file.has(Target::Param, number) => return,
        Some(number) => {
            let message = format!("{label} takes its time from parameter {number}, which is not declared");
            Fault::rule("6.7.5", id.span, message).help(file.nearest(Target::Param, number))
        }
        None => {
            let message = format!("{label} takes its time from {}, which is no parameter", quoted(id.trimmed()));
            Fault::rule("6.7.5", id.span, message).help("write the id of a parameter")
        }
    };
    faults.add(fault);
}
