//! Captions are unique, so that each can be told from the others: those of known values, and those of exceptional ones
//! (PARAM-162).

use std::collections::BTreeMap;

use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};
use crate::parse::{Element, Slot};
use crate::source::Span;
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        // Elsewhere the attribute says with which values of another parameter an entry is offered, so that two entries
        // of one caption never meet; in a menu it lists what the entry asks for.
        let is_menu = param.is_context_menu();
        // 2.13.6
        let offered = param.discreets().map(|entry| (entry, offered(entry).filter(|_| !is_menu).unwrap_or_default()));
        unique("2.13.6", offered, faults);
        // 2.40.5
        unique("2.40.5", param.exceptions().map(|entry| (entry, "")), faults);
    }
}

/// With which values of another parameter an entry is offered.
fn offered(entry: &Element) -> Option<&str> {
    entry.get("dependencyValues").map(|values| values.value.trim())
}

/// Reports each caption that another entry with the same second part has as well.
fn unique<'e>(rule: &'static str, entries: impl Iterator<Item = (&'e Element, &'e str)>, faults: &mut Faults) {
    let mut seen: BTreeMap<(String, &str), Span> = BTreeMap::new();
    for (entry, offered) in entries {
        let caption = entry.find("Display").map(Slot::look).filter(|caption| !caption.is_blank());
        let Some(caption) = caption else { continue };
        let key = (caption.trimmed().to_lowercase(), offered);
        if let Some(&first) = seen.get(&key) {
            let message = format!("the caption {} stands in this list twice", quoted(caption.trimmed()));
            let fault = Fault::rule(rule, caption.span, message).help("give each entry a caption of its own");
            faults.add(fault.related(first, "the first one"));
        } else {
            seen.insert(key, caption.span);
        }
    }
}
