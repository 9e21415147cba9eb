//! The entries of `Type@advanced` are `type[:name]` with a known type.

use super::connection_type::unknown;
use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for link in file.links() {
        let Some(kind) = link.type_part() else { continue };
        if link.kind.is_none() {
            // 1.11.7
            let number = link.number;
            let message = match kind.trimmed() {
                "" => format!("connection {number} has no type"),
                word => format!("{} is not a type of connection, which connection {number} needs", quoted(word)),
            };
            faults.add(Fault::rule("1.11.7", link.span, message).help(unknown(kind.trimmed())));
        }
        let padded_type = Some(kind).filter(|_| link.kind.is_some());
        for part in padded_type.into_iter().chain(link.name_part()).filter(|part| part.is_padded() && !part.is_blank())
        {
            // 1.11.6
            let message =
                format!("there is white space around {} of connection {}", quoted(part.trimmed()), link.number);
            faults.add(Fault::rule("1.11.6", part.span, message).help("remove it"));
        }
    }
}
