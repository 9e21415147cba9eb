//! The older way to declare connections: `Protocol/Type` with `PortSettings` and `Ports` beside it (schema, 6.2).

use genlock_spec::ConnectionKind;

use super::settings::Settings;
use super::{Connection, kind};
use crate::model::item::{Head, Placed};
use crate::model::option::Options;
use crate::model::reader::{Reader, Slot};
use crate::model::reference::Target;
use crate::parse::Element;

/// `Type@communicationOptions`: one list for all connections (schema, 6.5). Those that every transport has are the main
/// one's.
const OPTIONS: Options = Options {
    carried: &["makeCommandByProtocol", "customRedirect"],
    refused: &[
        ("asyncWMI", "other transports"),
        ("chunkedHTML", "serial lines"),
        ("closeConnectionOnResponse", "serial lines"),
        ("maxConcurrentConnections", "serial lines"),
        ("maxReceiveBuffer", "serial lines"),
        ("notifyConnectionPIDs", "serial lines"),
        ("packetInfo", "serial lines"),
        ("postPonePortInitialisation", "the platform"),
        ("progid", "other transports"),
        ("redundantPolling", ""),
        ("smartIpHeader", "serial lines"),
        ("useAgentBinding", "SNMP"),
    ],
};

/// The connections that `kind`, the `Type` in `root`, declares: the main one is number 0, the n-th of `advanced` is
/// number n.
pub(super) fn read(root: &Element, kind: &Element, reader: &mut Reader<'_, '_>) -> Vec<Connection> {
    let mut main = Connection::new(
        Head::numbered(Target::Connection, 0, None, kind.name_span, reader.source.line(kind.span.start)),
        kind::from_word(&Slot::text(kind), reader),
    );
    let options = reader.attribute(kind, "communicationOptions");
    let options = options.map_or_else(Vec::new, |options| OPTIONS.read(options, reader));
    let option = |name: &str| options.iter().find(|option| option.name == name);
    let make = option("makeCommandByProtocol");
    main.make_command_by_protocol = make.map(|make| Placed { value: true, span: make.slot.span });
    main.redundant_polling = option("redundantPolling").is_some();
    let mut connections = vec![main];
    let advanced = reader.attribute(kind, "advanced");
    for (entry, number) in advanced.iter().flat_map(|advanced| advanced.parts()).zip(1..) {
        connections.push(entry_of_advanced(entry, number, reader));
    }
    for connection in &mut connections {
        connection.custom_redirect =
            connection.kind.value == ConnectionKind::Http && option("customRedirect").is_some();
    }
    let others = reader.child(root, "Ports").into_iter().flat_map(|ports| ports.children("PortSettings"));
    let ports = std::iter::once(reader.child(root, "PortSettings")).chain(others.map(Some));
    for (connection, port) in connections.iter_mut().zip(ports) {
        if let Some(port) = port {
            let name = name(port, reader);
            connection.head.name = connection.head.name.take().or(name);
            connection.settings = Settings::of_other(port, reader);
        }
    }
    connections
}

/// `type[:name]`
fn entry_of_advanced(entry: Slot<'_>, number: i64, reader: &mut Reader<'_, '_>) -> Connection {
    let (word, name) = match entry.raw.split_once(':') {
        Some((word, name)) => (entry.within(word), entry.within(name).filled()),
        None => (entry, None),
    };
    let head = Head::numbered(Target::Connection, number, name, entry.span, reader.source.line(entry.span.start));
    Connection::new(head, kind::from_word(&word, reader))
}

fn name(port: &Element, reader: &Reader<'_, '_>) -> Option<Placed<String>> {
    reader.attribute(port, "name").and_then(|name| name.filled())
}
