//! The connections of a file, in either syntax (schema, section 6).

use super::number::loose;
use crate::parse::{Element, Slot};

/// A connection.
pub(crate) struct Connection {
    pub(crate) number: u32,
    /// Its kind as `Protocol/Type` writes it, in lower case; empty where the file does not tell it.
    pub(crate) kind: String,
}

/// The elements that say the kind, with the word for it.
const KINDS: [(&str, &str); 11] = [
    ("Virtual", "virtual"),
    ("Snmp", "snmp"),
    ("SnmpV2", "snmpv2"),
    ("SnmpV3", "snmpv3"),
    ("Http", "http"),
    ("Serial", "serial"),
    ("SmartSerial", "smart-serial"),
    ("Gpib", "gpib"),
    ("Opc", "opc"),
    ("Sla", "sla"),
    ("Service", "service"),
];

impl Connection {
    /// Smart-serial, with a socket of its own or not.
    pub(crate) fn is_smart_serial(&self) -> bool {
        matches!(self.kind.as_str(), "smart-serial" | "smart-serial single")
    }

    /// Of a serial kind.
    pub(crate) fn is_serial(&self) -> bool {
        self.is_smart_serial() || matches!(self.kind.as_str(), "serial" | "serial single")
    }

    /// Of any version of SNMP.
    pub(crate) fn is_snmp(&self) -> bool {
        matches!(self.kind.as_str(), "snmp" | "snmpv2" | "snmpv3")
    }
}

/// The connections of the file with the outermost element `root`; none where it declares none.
pub(super) fn of(root: &Element) -> Vec<Connection> {
    match root.find("Type") {
        Some(main) => by_type(main),
        None => root.all("Connections").flat_map(|list| list.all("Connection")).enumerate().map(by_element).collect(),
    }
}

/// `Type` is connection 0; `Type@advanced` has those from 1 on, each as `kind` or `kind:name`.
fn by_type(main: &Element) -> Vec<Connection> {
    let advanced =
        main.get("advanced").map(|attribute| attribute.value.as_str()).filter(|text| !text.trim().is_empty());
    let kinds = advanced.into_iter().flat_map(|list| list.split(';')).map(|entry| entry.split(':').next());
    let kinds = std::iter::once(Some(main.text.as_str())).chain(kinds).map(|kind| kind.unwrap_or_default().trim());
    (0..).zip(kinds).map(|(number, kind)| Connection { number, kind: kind.to_lowercase() }).collect()
}

/// `Connection`, with its kind in a `Type` or as the element in it.
fn by_element((position, element): (usize, &Element)) -> Connection {
    let number = element.get("id").and_then(|id| loose(&id.value));
    let by_name = |child: &Element| {
        let (_, kind) = KINDS.iter().find(|(name, _)| *name == child.name)?;
        let is_single = child.get("single").is_some_and(|single| Slot::attribute(single).is("true"));
        Some(format!("{kind}{}", if is_single { " single" } else { "" }))
    };
    let kind = element.find("Type").map(|kind| kind.text.trim().to_lowercase());
    Connection {
        number: number.or_else(|| u32::try_from(position).ok()).unwrap_or_default(),
        kind: kind.or_else(|| element.children.iter().find_map(by_name)).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::diagnostic::Faults;
    use crate::parse::read;
    use crate::source::SourceSet;

    /// Numbers and kinds.
    fn connections(text: &str) -> Vec<(u32, String)> {
        let document = read(&SourceSet::new("a.xml", text), 1 << 20, &mut Faults::default());
        let found = of(&document.root.unwrap());
        found.into_iter().map(|connection| (connection.number, connection.kind)).collect()
    }

    #[test]
    fn the_type_is_connection_0_and_the_advanced_ones_follow() {
        let found = connections("<Protocol><Type advanced='Smart-Serial:Events;snmpv2'>http</Type></Protocol>");
        assert_eq!(found, [(0, "http".into()), (1, "smart-serial".into()), (2, "snmpv2".into())]);
    }

    #[test]
    fn connections_have_their_number_and_kind_inside() {
        let found = connections(
            "<Protocol><Connections>\
             <Connection id='3'><Type>serial</Type></Connection>\
             <Connection><SmartSerial single='true'/></Connection>\
             </Connections></Protocol>",
        );
        assert_eq!(found, [(3, "serial".into()), (1, "smart-serial single".into())]);
    }
}
