//! The older way to declare connections: `Protocol/Type` with `PortSettings` and `Ports` beside it (schema, 6.2).

use super::settings::Settings;
use super::{Connection, kind};
use crate::model::item::{Head, Placed};
use crate::model::reader::{Reader, Slot};
use crate::model::reference::Target;
use crate::parse::Element;

/// The connections that `kind`, the `Type` in `root`, declares: the main one is number 0, the n-th of `advanced` is
/// number n.
pub(super) fn read(root: &Element, kind: &Element, reader: &mut Reader<'_, '_>) -> Vec<Connection> {
    let mut main = Connection::new(
        Head::numbered(Target::Connection, 0, None, kind.name_span, reader.source.line(kind.span.start)),
        kind::from_word(&Slot::text(kind), reader),
    );
    main.read_shared_options(kind);
    let mut connections = vec![main];
    let advanced = reader.attribute(kind, "advanced");
    for (entry, number) in advanced.iter().flat_map(|advanced| advanced.parts()).zip(1..) {
        connections.push(entry_of_advanced(entry, number, reader));
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

impl Connection {
    /// `communicationOptions` are one list for all connections; those that every transport has are the main one's.
    fn read_shared_options(&mut self, kind: &Element) {
        let options = kind.get("communicationOptions").map(Slot::attribute);
        for option in options.iter().flat_map(|options| options.parts()) {
            let name = option.raw.trim();
            if name.eq_ignore_ascii_case("makeCommandByProtocol") {
                self.make_command_by_protocol = Some(Placed { value: true, span: option.span });
            }
            self.redundant_polling |= name.eq_ignore_ascii_case("redundantPolling");
        }
    }
}
