//! Binary numbers have the lengths that numbers have (PARAM-49, PARAM-50).

use crate::check::file::{File, Param, loose};
use crate::diagnostic::{Fault, Faults, Kind};

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        check_length(param, faults);
    }
}

fn check_length(param: &Param<'_>, faults: &mut Faults) {
    let (Some(raw), Some(kind)) = (param.text(&["Interprete", "RawType"]), param.text(&["Interprete", "LengthType"]))
    else {
        return;
    };
    let lengths: &[u32] = match raw.trimmed().to_lowercase().as_str() {
        // PARAM-49
        "signed number" | "unsigned number" if param.is_double() => &[1, 2, 4, 8],
        // PARAM-50
        "double" => &[4, 8],
        _ => return,
    };
    let allowed = lengths.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let label = param.label();
    if !kind.is("fixed") {
        if raw.is("double") && !kind.is_blank() {
            let message = format!("{label} is a binary `double`, whose length is fixed");
            let fault =
                Fault::error(Kind::IncompatibleCombination, kind.span, message).related(raw.span, "its raw type");
            faults.add(fault.help("write `<LengthType>fixed</LengthType>` and a `Length` of 4 or 8"));
        }
        return;
    }
    let Some(length) = param.text(&["Interprete", "Length"]) else { return };
    if let Some(bytes) = loose(length.raw).filter(|bytes| !lengths.contains(bytes)) {
        let message = format!("{label} is a binary number, which cannot have {bytes} bytes");
        let fault = Fault::error(Kind::IncompatibleValue, length.span, message).related(raw.span, "its raw type");
        faults.add(fault.help(format!("use one of the lengths {allowed}")));
    }
}
