//! A list of known values that depends on another parameter depends on one that can be read (PARAM-164).

use crate::check::file::{File, plain};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        let Some(id) = param.attribute(&["Measurement", "Discreets"], "dependencyId") else { continue };
        let Some(other) = plain(id.raw).and_then(|id| file.param(id)) else { continue };
        if other.is_read() {
            check_padding(id, faults);
            continue;
        }
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

/// 2.54.2: only around an id that can stand there.
fn check_padding(id: Slot<'_>, faults: &mut Faults) {
    if id.is_padded() {
        let message = format!("there is white space around {}", quoted(id.trimmed()));
        faults.add(Fault::rule("2.54.2", id.span, message).help("remove it"));
    }
}
