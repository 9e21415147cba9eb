//! genlock carries out what an action does.

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{ActionType, Model};
use crate::text::either;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for action in &model.actions {
        let (Some(on), Some(kind)) = (action.on, action.kind) else { continue };
        let (on_word, word) = (on.value.word(), kind.value.word());
        // What does not go together is a fault of the file (6.7.1).
        if kind.value.allowed().contains(&on.value) && !kind.value.carried().contains(&on.value) {
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
    }
}
