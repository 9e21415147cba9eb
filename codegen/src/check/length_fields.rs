//! PARAM-115: a length is a number of at most four bytes.

use genlock_spec::ParamKind;

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::Model;

const LONGEST: u32 = 4;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    let lengths = model.params.iter().filter(|param| param.kind.is_some_and(|kind| kind.value == ParamKind::Length));
    for param in lengths {
        let Some(length) = param.interprete.as_ref().and_then(|inside| inside.length) else { continue };
        if length.value > LONGEST {
            let message = format!("{} is a length of {} bytes", param.head.label(), length.value);
            let fault = Fault::error(Kind::IncompatibleValue, length.span, message).beyond_rules();
            faults.add(fault.help(format!("a parameter of type `length` has at most {LONGEST} bytes")));
        }
    }
}
