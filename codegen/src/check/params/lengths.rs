//! Parameters of fixed length say so and have one (PARAM-20 to PARAM-28).

use crate::check::file::{File, Param, loose};
use crate::diagnostic::{Fault, Faults};
use crate::model::Target;

/// The types of length; another word is a fault of its own.
const LENGTH_TYPES: [&str; 4] = ["fixed", "next param", "last next param", "other param"];
/// How many bytes the length of a frame can have (PARAM-115).
const LONGEST: u32 = 4;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        check_kind(param, faults);
        check_presence(file, param, faults);
        check_size(param, faults);
    }
}

fn check_kind(param: &Param<'_>, faults: &mut Faults) {
    let Some(kind) = param.text(&["Interprete", "LengthType"]).filter(|_| param.kind == "fixed") else { return };
    if !kind.is("fixed") && LENGTH_TYPES.iter().any(|known| kind.is(known)) {
        // 2.73.3
        let message = format!("{} is fixed, so the type of its length is `fixed` as well", param.label());
        faults.add(Fault::rule("2.73.3", kind.span, message).help("write `<LengthType>fixed</LengthType>`"));
    }
}

fn check_presence(file: &File<'_>, param: &Param<'_>, faults: &mut Faults) {
    let is_fixed = param.text(&["Interprete", "LengthType"]).is_some_and(|kind| kind.is("fixed"));
    let interprete = param.element.find("Interprete").filter(|_| is_fixed && param.kind != "read bit");
    let Some(interprete) = interprete.filter(|inside| inside.find("Length").is_none()) else { return };
    // 2.74.1
    let fault = |message| Fault::rule("2.74.1", interprete.name_span, message).missing("/Length");
    let position = file.model.index.position(Target::Param, i64::from(param.id));
    let value = position.and_then(|position| file.model.params.get(position)?.interprete.as_ref()?.value.as_ref());
    faults.add(match value.map(|value| value.value.len()) {
        // PARAM-28
        Some(bytes) => fault(format!("{} has no `Length`; it is that of its `Value`", param.label()))
            .mild()
            .help(format!("add `<Length>{bytes}</Length>`")),
        None => fault(format!("{} has a fixed length, but no `Length`", param.label()))
            .help("add `<Length>…</Length>` with the number of bytes"),
    });
}

fn check_size(param: &Param<'_>, faults: &mut Faults) {
    let Some(length) = param.text(&["Interprete", "Length"]).filter(|_| param.kind == "length") else { return };
    if let Some(bytes) = loose(length.raw).filter(|&bytes| bytes > LONGEST) {
        // 2.74.3
        let message = format!("{} counts the bytes of a frame in {bytes} bytes", param.label());
        faults.add(Fault::rule("2.74.3", length.span, message).help(format!("use at most {LONGEST}")));
    }
}
