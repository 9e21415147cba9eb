//! What clients can have is described (2.14.3 to 2.14.5), each thing by words of its own (2.14.6).

use std::collections::BTreeMap;

use super::shared_names::may_share;
use crate::check::file::{File, Param};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in file.params.iter().filter(|param| file.is_available(param)) {
        faults.extend(check_form(param));
    }
    let mut sharing: BTreeMap<String, Vec<(&Param<'_>, Slot<'_>)>> = BTreeMap::new();
    for param in &file.params {
        let Some(description) = param.text(&["Description"]).filter(|text| !text.is_blank()) else { continue };
        sharing.entry(description.trimmed().to_lowercase()).or_default().push((param, description));
    }
    for described in sharing.values() {
        let params: Vec<&Param<'_>> = described.iter().map(|(param, _)| *param).collect();
        let Some(((first, place), others)) = described.split_first().filter(|_| !may_share(&params)) else { continue };
        for (param, description) in others {
            let text = quoted(description.trimmed());
            let message = format!("{} is described as {text}, and so is another parameter", param.label());
            let fault =
                Fault::rule("2.14.6", description.span, message).related(place.span, format!("{}, too", first.label()));
            faults.add(fault.help("describe it in other words, so that users can tell which is which"));
        }
    }
}

fn check_form(param: &Param<'_>) -> Option<Fault> {
    let label = param.label();
    let needs_one = !matches!(param.measurement.as_str(), "button" | "pagebutton") && !param.is_title_end();
    match param.text(&["Description"]) {
        None if needs_one => {
            let message = format!("{label} is available to clients, but it has no description");
            let fault = Fault::rule("2.14.4", param.element.name_span, message).missing("/Description");
            Some(fault.help("add `<Description>…</Description>`"))
        }
        Some(text) if text.is_blank() && needs_one => {
            let message = format!("{label} is available to clients, but its description is empty");
            Some(Fault::rule("2.14.5", text.span, message).help("write what users see as its name"))
        }
        Some(text) if !text.is_blank() && text.is_padded() => {
            let message = format!("there is white space around the description of {label}");
            let help = format!("write {}", quoted(&format!("<Description>{}</Description>", text.trimmed())));
            Some(Fault::rule("2.14.3", text.span, message).help(help))
        }
        _ => None,
    }
}
