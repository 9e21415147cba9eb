//! Parameters of fixed length have one, and their Value fits into it (PARAM-20 to PARAM-29).

use genlock_spec::ParamKind;

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Interprete, LengthKind, Model, Param};

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for param in &model.params {
        let is_fixed = param.kind.is_some_and(|kind| kind.value == ParamKind::Fixed);
        match &param.interprete {
            Some(interprete) => check_length(param, interprete, is_fixed, faults),
            None if is_fixed => {
                let message = format!("{} is fixed but has no `Interprete` with its bytes", param.head.label());
                let fault = Fault::error(Kind::MissingElement, param.head.span, message).missing("/Interprete");
                let help = "add `<Interprete>` with `<LengthType>fixed</LengthType>` and `<Value>…</Value>`";
                faults.add(fault.help(help));
            }
            None => {}
        }
    }
}

fn check_length(param: &Param, interprete: &Interprete, is_fixed: bool, faults: &mut Faults) {
    let label = param.head.label();
    if let Some(kind) = interprete.length_type.filter(|kind| is_fixed && kind.value != LengthKind::Fixed) {
        let message = format!("{label} is fixed, so the type of its length is `fixed` as well");
        let fault = Fault::error(Kind::InvalidValue, kind.span, message).validator("2.73.3");
        faults.add(fault.help("write `<LengthType>fixed</LengthType>`"));
    }
    if interprete.length_type() != LengthKind::Fixed {
        return;
    }
    match (&interprete.length, &interprete.value) {
        (Some(length), Some(value)) if value.value.len() as u64 > u64::from(length.value) => {
            // PARAM-27: the original ignores the Value and fills with spaces.
            let message =
                format!("the `Value` of {label} has {} bytes, but its `Length` is {}", value.value.len(), length.value);
            let fault = Fault::error(Kind::IncompatibleValue, value.span, message);
            let help = format!("write `<Length>{}</Length>`, or shorten the `Value`", value.value.len());
            faults.add(fault.help(help).related(length.span, "the `Length`"));
        }
        // PARAM-28
        (None, Some(value)) if !interprete.has_length => {
            let message = format!("{label} has no `Length`; it is that of its `Value`");
            let fault = Fault::style(Kind::MissingElement, interprete.span, message).missing("/Length");
            faults.add(fault.help(format!("add `<Length>{}</Length>`", value.value.len())));
        }
        (None, None) if !interprete.has_length => {
            let message = format!("{label} has a fixed length, but no `Length`");
            let fault = Fault::error(Kind::MissingElement, interprete.span, message).missing("/Length");
            faults.add(fault.help("add `<Length>…</Length>` with the number of bytes"));
        }
        _ => {}
    }
    if let Some(value) = interprete.value.as_ref().filter(|value| str::from_utf8(&value.value).is_err()) {
        let message = format!("the `Value` of {label} is not UTF-8, which genlock does not carry out");
        faults.add(Fault::error(Kind::NotCarriedOut, value.span, message).help("use bytes up to 0x7F"));
    }
}
