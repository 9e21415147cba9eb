//! PARAM-142: `setter` copies a write parameter to the read parameter of the same name.

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::Model;
use crate::pages::Form;
use crate::text::quoted;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for (position, param) in model.params.iter().enumerate() {
        let (Some(setter), Some(kind)) = (param.setter.filter(|setter| setter.value), param.kind) else { continue };
        let measurement = param.measurement.as_ref().and_then(|measurement| measurement.kind);
        if measurement.is_some_and(|kind| kind.value == Form::Matrix) && kind.value.is_write() {
            // 2.37.7
            continue;
        }
        let label = param.head.label();
        if !kind.value.is_write() {
            let message = format!("`setter` has no effect: {label} is no write parameter");
            let fault = Fault::warning(Kind::ExcessAttribute, setter.span, message);
            faults.add(fault.help("move `setter` to the write parameter"));
        } else if model.partner(position).is_none() {
            let message =
                format!("{label} sets a read parameter named {}, which is not declared", quoted(param.head.name()));
            let fault = Fault::error(Kind::DanglingReference, setter.span, message);
            faults.add(fault.help("declare a read parameter of that name, or remove `setter`"));
        }
    }
}
