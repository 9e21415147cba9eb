//! The table option that keeps previous values.

use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};
use crate::text::quoted;

/// The rule writes it as one word, the documentation as two.
const NAMES: [&str; 2] = ["preserveState", "preserve state"];

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for table in &file.tables {
        // 2.17.6
        for option in table.choices.iter().filter(|option| NAMES.iter().any(|name| option.is(name))) {
            let message = format!("{} keeps every cell of {} twice", quoted(option.slot.trimmed()), table.label());
            let help = "remove it, and let a QAction remember the values that it compares";
            faults.add(Fault::rule("2.17.6", option.slot.span, message).help(help));
        }
    }
}
