//! PARAM-71: in a response, what follows a part of variable length has a fixed one, so that the end can be found.

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{LengthKind, Model, Param, Target};

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for response in &model.responses {
        for (reference, next) in response.params.iter().zip(response.params.iter().skip(1)) {
            let param = |pid: &crate::model::Reference| model.params.get(pid.position(Target::Param, &model.index)?);
            let (Some(first), Some(second)) = (param(reference), param(next)) else { continue };
            let has_marker = first.interprete.as_ref().is_some_and(|inside| inside.length_param.is_some()); // PARAM-76
            if is_variable(first) && is_variable(second) && !has_marker {
                let (first, second) = (first.head.label(), second.head.label());
                let message = format!("{first} and {second} both have a variable length, so {first} has no end");
                let fault = Fault::error(Kind::MissingEndMarker, next.span, message);
                let help =
                    format!("put a fixed parameter between them, or give {second} `<LengthType>fixed</LengthType>`");
                faults.add(
                    fault.help(help).related(reference.span, format!("{first} takes bytes up to the next fixed part")),
                );
            }
        }
    }
}

/// Whether a parameter takes as many bytes as it gets.
pub(super) fn is_variable(param: &Param) -> bool {
    let is_fixed = param.kind.is_some_and(|kind| kind.value.is_constant());
    let next = |inside: &crate::model::Interprete| {
        matches!(inside.length_type(), LengthKind::NextParam | LengthKind::LastNextParam)
    };
    !is_fixed && param.interprete.as_ref().is_none_or(next)
}
