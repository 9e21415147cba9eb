//! Exceptional values belong to read parameters; those of a write parameter are known values (PARAM-108).

use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in file.params.iter().filter(|param| param.is_write()) {
        let Some(exceptions) = param.element.find_at(&["Interprete", "Exceptions"]) else { continue };
        // 2.36.4
        let message = format!("{} is a write parameter, on which `Exceptions` have no effect", param.label());
        let help = "move them to the read parameter; what can be set stands in `Measurement/Discreets`";
        faults.add(Fault::rule("2.36.4", exceptions.name_span, message).help(help));
    }
}
