//! A toggle button has two known values, of which it sends the one that does not hold (PARAM-147).

use crate::check::file::File;
use crate::diagnostic::{Fault, Faults, Kind};
use crate::text::counted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in file.params.iter().filter(|param| param.measurement == "togglebutton") {
        let list = param.element.find_at(&["Measurement", "Discreets"]);
        if list.is_some_and(|list| list.get("dependencyId").is_some()) {
            continue;
        }
        let (count, kind) = (param.discreets().count(), param.text(&["Measurement", "Type"]));
        if let Some(kind) = kind.filter(|_| count != 2) {
            let message = format!("{} is a toggle button with {}", param.label(), counted(count, "known value"));
            let fault = Fault::warning(Kind::InconsistentCount, kind.span, message);
            let fault = fault.help("give it two: it sends the one that does not hold");
            let list = list.into_iter();
            faults.add(list.fold(fault, |fault, list| fault.related(list.name_span, "its known values")));
        }
    }
}
