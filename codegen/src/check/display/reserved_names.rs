//! Names of parameters that the platform uses itself (2.2.5).

use std::collections::BTreeSet;

use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};
use crate::text::quoted;

/// The documented names of the platform's own parameters, one a line.
const NAMES: &str = include_str!("reserved_names.txt");

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let reserved: BTreeSet<String> = NAMES.lines().map(str::to_lowercase).collect();
    for param in &file.params {
        let Some(name) = param.text(&["Name"]) else { continue };
        let (message, help) = if param.name.starts_with("__") {
            let message = format!("{} starts with two underscores, as names of the platform do", quoted(param.name));
            (message, "take the underscores away")
        } else if reserved.contains(&param.name.to_lowercase()) {
            let message = format!("{} is the name of a parameter of the platform itself", quoted(param.name));
            (message, "choose another name, for instance with a word before it that tells whose it is")
        } else {
            continue;
        };
        faults.add(Fault::rule("2.2.5", name.span, message).help(help));
    }
}
