//! ACT-27: only a fixed length can be changed.

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{ActionType, LengthKind, Model, Target};

pub(super) fn check(model: &Model, faults: &mut Faults) {
    let actions = model
        .actions
        .iter()
        .filter(|action| action.is_carried() && action.kind.is_some_and(|kind| kind.value == ActionType::ChangeLength));
    for target in actions.flat_map(|action| action.targets.iter().flatten()) {
        let param = target.position(Target::Param, &model.index).and_then(|position| model.params.get(position));
        let Some(param) = param else { continue }; // it is reported as dangling
        if param.interprete.as_ref().is_some_and(|inside| inside.length_type() == LengthKind::Fixed) {
            continue;
        }
        let message = format!("{} has no fixed length that could be changed", param.head.label());
        let fault = Fault::error(Kind::IncompatibleCombination, target.span, message);
        let fault = fault.beyond_rules().related(param.head.span, "it ends where what is behind it begins");
        faults.add(fault.help("give it `<LengthType>fixed</LengthType>` and a `<Length>`"));
    }
}
