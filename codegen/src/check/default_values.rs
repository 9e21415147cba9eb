//! The default of what is a number by its raw type alone is one as well (LIFE-12; schema, A66).

use genlock_spec::ValueType;

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Interprete, Model, plain_number};
use crate::text::quoted;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for param in &model.params {
        // With a type it is 2.68.3.
        let untyped = |inside: &&Interprete| inside.value_type.is_none() && inside.value_type() == ValueType::Number;
        let Some(inside) = param.interprete.as_ref().filter(untyped) else { continue };
        if let Some(default) = inside.default.as_ref().filter(|default| plain_number(&default.value).is_none()) {
            let label = param.head.label();
            let message = format!("{label} is a number, but its default {} is none", quoted(&default.value));
            let fault = Fault::error(Kind::IncompatibleValue, default.span, message);
            faults.add(fault.beyond_rules().help("write digits with at most one dot: `-1.5`"));
        }
    }
}
