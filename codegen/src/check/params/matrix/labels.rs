//! A matrix names the file in which the labels of its lines are kept.

use super::read_matrices;
use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::text::quoted;

/// How the name of such a file ends.
const EXTENSION: &str = ".xml";

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for matrix in read_matrices(file) {
        let Some(kind) = matrix.element.find_at(&["Measurement", "Type"]) else { continue };
        let Some(link) = kind.get("link").map(Slot::attribute) else {
            // 2.42.2
            let message = format!("the matrix of {} names no file for its labels", matrix.label());
            let fault = Fault::rule("2.42.2", kind.name_span, message).missing("@link");
            faults.add(fault.help("add `link=\"….xml\"`"));
            continue;
        };
        let text = link.trimmed();
        let end = text.len().checked_sub(EXTENSION.len()).and_then(|start| text.get(start..));
        if !end.is_some_and(|end| end.eq_ignore_ascii_case(EXTENSION)) {
            // 2.42.1
            let message = match text {
                "" => format!("the matrix of {} names no file for its labels", matrix.label()),
                _ => format!("{} is not the name of a file with labels", quoted(text)),
            };
            faults
                .add(Fault::rule("2.42.1", link.span, message).help(format!("name a file that ends in `{EXTENSION}`")));
        }
    }
}
