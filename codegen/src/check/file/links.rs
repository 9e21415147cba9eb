//! The connections of a file: connection 0 is `Type` with `PortSettings`, the others are the entries of
//! `Type@advanced` with the `PortSettings` inside `Ports`, matched by position. Without `Type` they are the elements
//! inside `Connections`.

use super::File;
use super::number::loose;
use crate::parse::{Element, Slot};
use crate::source::Span;

/// The types of connection.
pub(crate) const TYPES: [&str; 13] = [
    "gpib",
    "http",
    "opc",
    "serial",
    "serial single",
    "service",
    "sla",
    "smart-serial",
    "smart-serial single",
    "snmp",
    "snmpv2",
    "snmpv3",
    "virtual",
];

/// A connection.
pub(crate) struct Link<'d> {
    /// Its number.
    pub(crate) number: u32,
    /// Its type; none when it is not a known one.
    pub(crate) kind: Option<&'static str>,
    /// Where its type stands.
    pub(crate) span: Span,
    /// Its entry in `Type@advanced`.
    pub(crate) entry: Option<Slot<'d>>,
    /// Its `PortSettings`.
    pub(crate) port: Option<&'d Element>,
}

impl<'d> Link<'d> {
    /// Serial, whether smart or not, single or shared.
    pub(crate) fn is_serial(&self) -> bool {
        self.kind.is_some_and(|kind| kind.starts_with("serial") || kind.starts_with("smart-serial"))
    }

    /// Smart-serial, single or shared.
    pub(crate) fn is_smart_serial(&self) -> bool {
        self.kind.is_some_and(|kind| kind.starts_with("smart-serial"))
    }

    /// Any version of SNMP.
    pub(crate) fn is_snmp(&self) -> bool {
        self.kind.is_some_and(|kind| kind.starts_with("snmp"))
    }

    /// The type part of its entry in `Type@advanced`, untrimmed.
    pub(crate) fn type_part(&self) -> Option<Slot<'d>> {
        let entry = self.entry?;
        Some(entry.within(entry.raw.split_once(':').map_or(entry.raw, |(kind, _)| kind)))
    }

    /// The name part of its entry in `Type@advanced`, untrimmed.
    pub(crate) fn name_part(&self) -> Option<Slot<'d>> {
        let entry = self.entry?;
        entry.raw.split_once(':').map(|(_, name)| entry.within(name))
    }
}

impl<'d> File<'d> {
    /// Its connections, by number as they are written.
    pub(crate) fn links(&self) -> Vec<Link<'d>> {
        match self.root.find("Type") {
            Some(main) => self.by_type(main),
            None => self.root.all("Connections").flat_map(|list| list.all("Connection")).zip(0..).map(nested).collect(),
        }
    }

    /// The `PortSettings` of the connections from 1 on, in order.
    pub(crate) fn ports(&self) -> impl Iterator<Item = &'d Element> + use<'d> {
        self.root.all("Ports").flat_map(|ports| ports.all("PortSettings"))
    }

    fn by_type(&self, main: &'d Element) -> Vec<Link<'d>> {
        let text = Slot::look(main);
        let first = Link {
            number: 0,
            kind: known(text.trimmed()),
            span: text.span,
            entry: None,
            port: self.root.find("PortSettings"),
        };
        let advanced = main.get("advanced").map(Slot::attribute).filter(|advanced| !advanced.is_blank());
        let mut ports = self.ports();
        let others = advanced.into_iter().flat_map(Slot::entries).zip(1..).map(|(entry, number)| {
            let word = entry.raw.split_once(':').map_or(entry.raw, |(kind, _)| kind);
            Link { number, kind: known(word.trim()), span: entry.span, entry: Some(entry), port: ports.next() }
        });
        std::iter::once(first).chain(others).collect()
    }
}

fn known(word: &str) -> Option<&'static str> {
    TYPES.iter().copied().find(|known| known.eq_ignore_ascii_case(word))
}

/// A connection inside `Connections`, with its position.
fn nested((element, position): (&Element, u32)) -> Link<'_> {
    let number = element.get("id").and_then(|id| loose(&id.value)).unwrap_or(position);
    let kind = match element.find("Type") {
        Some(kind) => known(kind.text.trim()),
        None => element.children.iter().find_map(of_element),
    };
    Link { number, kind, span: element.name_span, entry: None, port: None }
}

/// Whether an element inside `Connection` is one that says what the connection is.
pub(crate) fn is_connection_kind(element: &Element) -> bool {
    of_element(element).is_some()
}

/// The type that an element inside `Connection` stands for.
fn of_element(element: &Element) -> Option<&'static str> {
    let is_single = element.get("single").is_some_and(|single| Slot::attribute(single).is("true"));
    Some(match (element.name.as_str(), is_single) {
        ("Virtual", _) => "virtual",
        ("Snmp", _) => "snmp",
        ("SnmpV2", _) => "snmpv2",
        ("SnmpV3", _) => "snmpv3",
        ("Http", _) => "http",
        ("Serial", false) => "serial",
        ("Serial", true) => "serial single",
        ("SmartSerial", false) => "smart-serial",
        ("SmartSerial", true) => "smart-serial single",
        ("Gpib", _) => "gpib",
        ("Opc", _) => "opc",
        ("Sla", _) => "sla",
        ("Service", _) => "service",
        _ => return None,
    })
}
