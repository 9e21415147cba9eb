//! A list of known values that depends on another parameter depends on one that can be read (PARAM-164).

use crate::check::file::{File, plain};
use crate::diagnostic::{Fault, Faults};

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        let Some(id) = param.attribute(&["Measurement", "Discreets"], "dependencyId") else { continue };
        let Some(other) = plain(id.raw).and_then(|id| file.param(id)).filter(|other| !other.is_read()) else {
            continue;
        };
        // 2.54.5
        let message =
            format!("the known values of {} depend on {}, which is no read parameter", param.label(), other.label());
        let fault = Fault::rule("2.54.5", id.span, message).related(other.element.name_span, "declared here");
        let partner = file.partner(other).filter(|partner| partner.is_read());
        faults.add(match partner {
            Some(partner) => fault.help(format!("name its read parameter: `dependencyId=\"{}\"`", partner.id)),
            None => fault.help("name a parameter of type `read` or `read bit`"),
        });
    }
}
