//! What an action is on and what it does go together (ACT-01, ACT-08), and genlock carries it out.

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Action, ActionType, Model, On};
use crate::text::either;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for action in &model.actions {
        let (Some(on), Some(kind)) = (action.on, action.kind) else { continue };
        let (on_word, word) = (on.value.word(), kind.value.word());
        if kind.value.allowed().is_empty() {
            // ACT-07
            let message = format!("`{word}` belongs to the platform, which genlock does not carry out");
            faults.add(Fault::error(Kind::NotCarriedOut, kind.span, message).help("remove the action"));
        } else if !kind.value.allowed().contains(&on.value) {
            let message = format!("an action on {on_word} cannot be `{word}`");
            let fault = Fault::error(Kind::IncompatibleCombination, kind.span, message).validator("6.7.1");
            let possible = either(kind.value.allowed().iter().map(|on| on.word()));
            let carried = either(ActionType::carried_on(on.value));
            let help = match carried.as_str() {
                "" => format!("`{word}` is on {possible}"),
                _ => format!("`{word}` is on {possible}; on {on_word} write {carried}"),
            };
            faults.add(fault.help(help).related(on.span, "what it is on"));
        } else if !kind.value.carried().contains(&on.value) {
            let message = match kind.value.part() {
                Some(part) => format!("`{word}` belongs to {part}, which genlock does not carry out"),
                None => format!("genlock does not carry out `{word}` on {on_word}"),
            };
            let carried = either(ActionType::carried_on(on.value));
            let fault = Fault::error(Kind::NotCarriedOut, kind.span, message);
            let help = if carried.is_empty() {
                format!("genlock carries out no action on {on_word}")
            } else {
                format!("on {on_word} genlock carries out {carried}")
            };
            faults.add(fault.help(help));
        }
        positions(action, on.value, kind.value, faults);
    }
}

/// `On@nr` belongs to two types of action.
fn positions(action: &Action, on: On, kind: ActionType, faults: &mut Faults) {
    let takes = matches!((on, kind), (On::Pair, ActionType::SetNext) | (On::Parameter, ActionType::Reverse));
    if let Some(span) = action.positions.filter(|_| !takes) {
        let message = format!("an action `{}` on {} takes no `nr`", kind.word(), on.word());
        faults.add(Fault::error(Kind::UnsupportedAttribute, span, message).help("remove `nr`"));
    }
}
