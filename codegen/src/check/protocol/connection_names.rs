//! What a connection is called: the usual name for its type, the same in both places, and each its own.

use std::collections::BTreeMap;

use crate::check::file::{File, Link};
use crate::diagnostic::{Fault, Faults};
use crate::parse::{Element, Slot};
use crate::source::Span;
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    // 1.23.6: of two syntaxes at once nothing else is judged.
    if file.root.find("Connections").is_some() {
        return;
    }
    let mut first: BTreeMap<String, (Span, u32)> = BTreeMap::new();
    for link in file.links() {
        let Some(port) = link.port else { continue };
        let name = port.get("name").map(Slot::attribute).filter(|name| !name.is_blank());
        let is_unusual = name.is_some_and(|name| unusual(&link, port, name, faults));
        if !is_unusual {
            same(&link, port, faults);
        }
        let Some(name) = name else { continue };
        let key = name.trimmed().to_lowercase();
        if let Some(&(earlier, number)) = first.get(&key) {
            // 1.23.4
            let message =
                format!("connections {number} and {} have the same name, {}", link.number, quoted(name.trimmed()));
            let fault = Fault::rule("1.23.4", name.span, message).related(earlier, "the first one");
            faults.add(fault.help(format!("add what tells them apart: `{} - …`", name.trimmed())));
        } else {
            first.insert(key, (name.span, link.number));
        }
    }
}

/// 1.23.2: the name is the usual one, alone or with more behind it.
fn unusual(link: &Link<'_>, port: &Element, name: Slot<'_>, faults: &mut Faults) -> bool {
    let Some(base) = usual(link, port) else { return false };
    let text = name.trimmed();
    let more = text.strip_prefix(base);
    if more == Some("") || more.and_then(|more| more.strip_prefix(" - ")).is_some_and(|more| !more.trim().is_empty()) {
        return false;
    }
    let message = format!("connection {} is named {}, not `{base}`", link.number, quoted(text));
    let fault = Fault::rule("1.23.2", name.span, message).related(link.span, "its type is declared here");
    faults.add(fault.help(format!("write `{base}`, or `{base} - …` with what it is for")));
    true
}

/// The usual name for the type of a connection.
fn usual(link: &Link<'_>, port: &Element) -> Option<&'static str> {
    let is = |path: &[&str], word: &str| port.find_at(path).is_some_and(|found| Slot::look(found).is(word));
    let is_off = |kind: &str| is(&[kind, "Disabled"], "true");
    match link.kind? {
        "http" => Some("HTTP Connection"),
        "virtual" => Some("Virtual Connection"),
        _ if link.is_snmp() => Some("SNMP Connection"),
        "serial" | "serial single" if is(&["IPport", "DefaultValue"], "22") || port.find("SSH").is_some() => {
            Some("SSH Connection")
        }
        _ if link.is_serial() && is_off("PortTypeSerial") => Some("IP Connection"),
        _ if link.is_serial() && is_off("PortTypeIP") && is_off("PortTypeUDP") => Some("Serial Connection"),
        _ => None,
    }
}

/// 1.23.1: `Type@advanced` and `PortSettings` call it the same.
fn same(link: &Link<'_>, port: &Element, faults: &mut Faults) {
    let Some(entry) = link.entry else { return };
    let (here, there) = (link.name_part(), port.get("name").map(Slot::attribute));
    if here.map(|name| name.raw) == there.map(|name| name.raw) {
        return;
    }
    let shown = |name: Option<Slot<'_>>| name.map_or("nothing".to_owned(), |name| quoted(name.raw));
    let message =
        format!("connection {} is called {} here and {} in its `PortSettings`", link.number, shown(here), shown(there));
    let fault = Fault::rule("1.23.1", here.unwrap_or(entry).span, message);
    let fault = fault.related(there.map_or(port.name_span, |name| name.span), "its `PortSettings`");
    faults.add(fault.help("give both places the same name, in the same letters"));
}
