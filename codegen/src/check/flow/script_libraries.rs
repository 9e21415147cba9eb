//! The script of a QAction is in a language that the platform runs, with libraries that it still has.

use std::collections::BTreeSet;

use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::text::quoted;

/// Libraries that have been superseded, with what took their place.
const SUPERSEDED: [(&str, &str); 2] = [
    ("MySql.Data.dll", "use the NuGet package of the client, or the interfaces of the platform"),
    ("SLDatabase.dll", "use the interfaces of the platform"),
];

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for qaction in file.qactions.valid() {
        if let Some(encoding) = qaction.attribute("encoding").filter(|word| word.is("jscript") || word.is("vbscript")) {
            // 3.45.5
            let message = format!("the platform does not run {} any more", quoted(encoding.trimmed()));
            let help = "rewrite the script in C#, with `encoding=\"csharp\"`; a driver runs your Rust in its place";
            faults.add(Fault::rule("3.45.5", encoding.span, message).help(help));
        }
        let mut seen = BTreeSet::new();
        for library in qaction.attribute("dllImport").into_iter().flat_map(Slot::parts) {
            let name = library.trimmed().rsplit(['/', '\\']).next().unwrap_or_default();
            let Some((known, help)) = SUPERSEDED.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) else {
                continue;
            };
            if !seen.insert(*known) {
                continue;
            }
            // 3.44.1
            let message = format!("{} uses the library `{known}`, which has been superseded", qaction.label());
            faults.add(Fault::rule("3.44.1", library.span, message).help(*help));
        }
    }
}
