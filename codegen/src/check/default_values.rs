//! `DefaultValue` stands on read parameters, and that of a number is one (LIFE-12).

use genlock_spec::{ParamKind, ValueType};

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Model, plain_number};
use crate::text::quoted;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for param in &model.params {
        let Some(default) = param.interprete.as_ref().and_then(|inside| inside.default.as_ref()) else { continue };
        let label = param.head.label();
        if param.kind.is_some_and(|kind| kind.value != ParamKind::Read) {
            let message = format!("{label} is no read parameter, so it takes no `DefaultValue`");
            let fault = Fault::error(Kind::UnsupportedElement, default.span, message).validator("2.68.1");
            faults.add(fault.help("remove `DefaultValue`, or move it to the read parameter"));
        } else if param.value_type() == ValueType::Number && plain_number(&default.value).is_none() {
            let message = format!("{label} is a number, but its default {} is none", quoted(&default.value));
            let fault = Fault::error(Kind::IncompatibleValue, default.span, message);
            faults.add(fault.help("write digits with at most one dot: `-1.5`"));
        }
    }
}
