//! The Value of a parameter fits into its length (PARAM-20 to PARAM-29).

use genlock_spec::ParamKind;

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Interprete, LengthKind, Model, Param};

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for param in &model.params {
        let is_fixed = param.kind.is_some_and(|kind| kind.value == ParamKind::Fixed);
        match &param.interprete {
            Some(interprete) => check_length(param, interprete, faults),
            None if is_fixed => {
                let message = format!("{} is fixed but has no `Interprete` with its bytes", param.head.label());
                let fault = Fault::error(Kind::MissingElement, param.head.span, message).missing("/Interprete");
                let help = "add `<Interprete>` with `<LengthType>fixed</LengthType>` and `<Value>…</Value>`";
                faults.add(fault.beyond_rules().help(help));
            }
            None => {}
        }
    }
}

fn check_length(param: &Param, interprete: &Interprete, faults: &mut Faults) {
    if interprete.length_type() != LengthKind::Fixed {
        return;
    }
    let Some(value) = &interprete.value else { return };
    let (label, bytes) = (param.head.label(), value.value.len());
    if let Some(length) = interprete.length.filter(|length| bytes as u64 > u64::from(length.value)) {
        // PARAM-27: the original ignores the Value and fills with spaces.
        let message = format!("the `Value` of {label} has {bytes} bytes, but its `Length` is {}", length.value);
        let fault = Fault::error(Kind::IncompatibleValue, value.span, message);
        let help = format!("write `<Length>{bytes}</Length>`, or shorten the `Value`");
        faults.add(fault.help(help).related(length.span, "the `Length`"));
    }
    if str::from_utf8(&value.value).is_err() {
        let message = format!("the `Value` of {label} is not UTF-8, which genlock does not carry out");
        faults.add(Fault::error(Kind::NotCarriedOut, value.span, message).help("use bytes up to 0x7F"));
    }
}
