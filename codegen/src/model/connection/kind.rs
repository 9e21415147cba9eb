//! What carries a connection: a word in `Type`, or an element in `Connection`.

use genlock_spec::ConnectionKind;

use crate::model::item::Placed;
use crate::model::reader::{Reader, Slot};
use crate::model::vocabulary::Meaning::Carried;
use crate::model::vocabulary::Vocabulary;
use crate::parse::Element;

/// The words of `Protocol/Type`, of its `advanced` and of `Connection/Type`. What has no transport is reported with the
/// connection as a whole.
const WORDS: Vocabulary<ConnectionKind> = Vocabulary {
    words: &[
        ("virtual", Carried(ConnectionKind::Virtual)),
        ("http", Carried(ConnectionKind::Http)),
        ("serial", Carried(ConnectionKind::Serial)),
        ("serial single", Carried(ConnectionKind::SerialSingle)),
        ("smart-serial", Carried(ConnectionKind::SmartSerial)),
        ("smart-serial single", Carried(ConnectionKind::SmartSerialSingle)),
        ("snmp", Carried(ConnectionKind::Snmp)),
        ("snmpv2", Carried(ConnectionKind::SnmpV2)),
        ("snmpv3", Carried(ConnectionKind::SnmpV3)),
        ("gpib", Carried(ConnectionKind::Gpib)),
        ("opc", Carried(ConnectionKind::Opc)),
        ("sla", Carried(ConnectionKind::Sla)),
        ("service", Carried(ConnectionKind::Service)),
    ],
};

/// The elements in `Connection`, and the attribute `single` of some.
const ELEMENTS: [(&str, ConnectionKind); 11] = [
    ("Virtual", ConnectionKind::Virtual),
    ("Http", ConnectionKind::Http),
    ("Serial", ConnectionKind::Serial),
    ("SmartSerial", ConnectionKind::SmartSerial),
    ("Snmp", ConnectionKind::Snmp),
    ("SnmpV2", ConnectionKind::SnmpV2),
    ("SnmpV3", ConnectionKind::SnmpV3),
    ("Gpib", ConnectionKind::Gpib),
    ("Opc", ConnectionKind::Opc),
    ("Sla", ConnectionKind::Sla),
    ("Service", ConnectionKind::Service),
];

/// The kind that a word names. A word that is none leaves it open: `$CONNECTIONTYPE$` is filled in before a connector
/// is installed.
pub(super) fn from_word(slot: &Slot<'_>, reader: &mut Reader<'_, '_>) -> Placed<ConnectionKind> {
    reader.word(slot, &WORDS).unwrap_or(Placed { value: ConnectionKind::Unknown, span: slot.span })
}

/// The first element of `connection` that says what it is.
pub(super) fn element<'e>(
    connection: &'e Element,
    reader: &mut Reader<'_, '_>,
) -> Option<(&'e Element, ConnectionKind)> {
    let known = |child: &'e Element| {
        let (_, kind) = ELEMENTS.iter().find(|(name, _)| *name == child.name)?;
        Some((child, *kind))
    };
    let (element, kind) = connection.children.iter().find_map(known)?;
    // An element of another transport is reported by its name.
    element.taken.set(matches!(kind, ConnectionKind::Http | ConnectionKind::Virtual));
    let single = reader.attribute(element, "single").and_then(|single| reader.flag(&single));
    let is_single = single.is_some_and(|single| single.value);
    let kind = match kind {
        ConnectionKind::Http if is_web_socket(element, reader) => ConnectionKind::WebSocket,
        ConnectionKind::Serial if is_single => ConnectionKind::SerialSingle,
        ConnectionKind::SmartSerial if is_single => ConnectionKind::SmartSerialSingle,
        other => other,
    };
    Some((element, kind))
}

/// CONN-01: without the flag it is plain HTTP.
fn is_web_socket(http: &Element, reader: &mut Reader<'_, '_>) -> bool {
    let options = reader.child(http, "CommunicationOptions");
    let flag = options.and_then(|options| reader.child(options, "WebSocket"));
    // A flag that is no flag has its own fault; what was meant is a WebSocket.
    flag.is_some_and(|flag| reader.flag(&Slot::text(flag)).is_none_or(|flag| flag.value))
}
