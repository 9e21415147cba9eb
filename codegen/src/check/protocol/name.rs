//! The name of the connector is one that the platform can use for its folders.

use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::text::quoted;

/// What no name can contain.
const FORBIDDEN: [char; 11] = ['<', '>', ':', '"', '/', '\\', '|', '?', '*', ';', '°'];
/// What the platform puts before the name of the version in production.
const RESERVED: &str = "production";

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let Some(name) = file.root.find("Name").map(Slot::look) else { return };
    // White space around it has its own fault, which ends the checking of the name.
    if name.is_blank() || name.is_padded() {
        return;
    }
    let offenders: Vec<String> = FORBIDDEN
        .iter()
        .filter(|&&character| name.raw.contains(character))
        .map(|character| quoted(&character.to_string()))
        .collect();
    if !offenders.is_empty() {
        // 1.2.4
        let message = format!("the name of a protocol cannot contain {}", offenders.join(", "));
        let help = "remove or replace them: letters, digits, spaces and hyphens are safe";
        faults.add(Fault::rule("1.2.4", name.span, message).help(help));
    } else if name.raw.get(..RESERVED.len()).is_some_and(|start| start.eq_ignore_ascii_case(RESERVED)) {
        // 1.2.5
        let message = format!("the name {} begins with a word that the platform uses itself", quoted(name.raw));
        faults
            .add(Fault::rule("1.2.5", name.span, message).help("choose a name that does not begin with `Production`"));
    }
}
