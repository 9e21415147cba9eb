//! Connections, in the three ways in which they can be declared (schema, 6.1).

mod kind;
mod older;
mod settings;

use genlock_spec::ConnectionKind;

use super::item::{Head, Placed};
use super::reader::{Reader, Slot};
use super::reference::{Form, Reference, Target};
use crate::diagnostic::{Fault, Kind};
use crate::parse::Element;
use crate::text::quoted;

pub(crate) use settings::Settings;

/// A connection.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) head: Head,
    /// What carries it.
    pub(crate) kind: Placed<ConnectionKind>,
    /// The parameter that shows whether it is open (CONN-64).
    pub(crate) status: Option<Reference>,
    /// The session that describes the opening request (CONN-30).
    pub(crate) handshake: Option<Reference>,
    /// `MakeCommandByProtocol` (CMD-10).
    pub(crate) make_command_by_protocol: Option<Placed<bool>>,
    /// `CustomRedirect`: the connector follows redirects itself (HTTP-16).
    pub(crate) custom_redirect: bool,
    /// `RedundantPolling`.
    pub(crate) redundant_polling: bool,
    pub(crate) settings: Settings,
    /// Whether what says its kind counts as read.
    is_read: bool,
}

/// The connections that a file declares.
pub(super) fn read(root: &Element, reader: &mut Reader<'_, '_>) -> Vec<Connection> {
    let older = reader.child(root, "Type");
    let connections = match (reader.child(root, "Connections"), older) {
        (None, None) => Vec::new(),
        (None, Some(kind)) => older::read(root, kind, reader),
        (Some(list), older) => {
            // CONN-04: both are a fault of their own; the newer way says more.
            older.into_iter().for_each(Element::take_all);
            let declared = list.children("Connection").enumerate();
            declared.map(|(position, element)| Connection::read(element, position, reader)).collect()
        }
    };
    for connection in &connections {
        connection.report_unserved(reader);
    }
    connections
}

impl Connection {
    fn new(head: Head, kind: Placed<ConnectionKind>) -> Self {
        Self {
            head,
            kind,
            status: None,
            handshake: None,
            make_command_by_protocol: None,
            custom_redirect: false,
            redundant_polling: false,
            settings: Settings::default(),
            is_read: true,
        }
    }

    fn read(element: &Element, position: usize, reader: &mut Reader<'_, '_>) -> Self {
        // A missing id is the position (schema, A07).
        let id = if element.get("id").is_none() {
            i64::try_from(position).ok().map(|value| Placed { value, span: element.name_span })
        } else {
            reader.id(element, Target::Connection)
        };
        let head = Head::named_by_attribute(Target::Connection, id, element, reader);
        let unknown = Placed { value: ConnectionKind::Unknown, span: element.name_span };
        let mut connection = Self::new(head, unknown);
        if connection.head.id.is_some() {
            connection.read_kind(element, reader);
        }
        connection
    }

    fn read_kind(&mut self, element: &Element, reader: &mut Reader<'_, '_>) {
        let (holder, is_web_socket) = if let Some(word) = reader.child(element, "Type") {
            // CONN-05: the transitional way has options and settings beside its type.
            self.kind = kind::from_word(&Slot::text(word), reader);
            (element, false)
        } else if let Some((holder, kind)) = kind::element(element, reader) {
            self.kind = Placed { value: kind, span: holder.name_span };
            self.is_read = holder.taken.get();
            (holder, kind == ConnectionKind::WebSocket)
        } else {
            if element.children.is_empty() {
                let message = format!("{} does not say what it is", self.head.label());
                let fault = Fault::error(Kind::MissingElement, self.head.span, message).missing("/Http");
                reader.faults.add(fault.help(
                    "write `<Http><CommunicationOptions><WebSocket>true</WebSocket></CommunicationOptions></Http>` in it",
                ));
            }
            return;
        };
        if let Some(options) = reader.child(holder, "CommunicationOptions") {
            self.read_options(options, reader);
        }
        if let Some(settings) = reader.child(holder, "UserSettings") {
            self.settings = if is_web_socket {
                Settings::of_web_socket(settings, reader)
            } else {
                Settings::of_other(settings, reader)
            };
        }
    }

    fn read_options(&mut self, options: &Element, reader: &mut Reader<'_, '_>) {
        let make = reader.child(options, "MakeCommandByProtocol");
        self.make_command_by_protocol = make.and_then(|make| reader.flag(&Slot::text(make)));
        let redundant = options.find("RedundantPolling").and_then(|flag| reader.flag(&Slot::text(flag)));
        self.redundant_polling = redundant.is_some_and(|flag| flag.value);
        if self.kind.value == ConnectionKind::Http {
            let custom = reader.child(options, "CustomRedirect");
            let custom = custom.and_then(|custom| reader.flag(&Slot::text(custom)));
            self.custom_redirect = custom.is_some_and(|custom| custom.value);
        }
        if self.kind.value != ConnectionKind::WebSocket {
            return;
        }
        // CONN-03: two spellings occur.
        let notify = reader.child(options, "NotifyConnectionPIDs");
        let notify = notify.or_else(|| reader.child(options, "NotifyConnectionPID"));
        let status = notify.and_then(|notify| reader.child(notify, "Connections"));
        self.status = status.and_then(|status| reader.reference(&Slot::text(status), Form::Loose));
        let handshake = reader.child(options, "WebSocketHandshake");
        self.handshake = handshake.and_then(|session| reader.reference(&Slot::text(session), Form::Loose));
    }

    /// What has no transport compiles; the start of an element refuses by its name.
    fn report_unserved(&self, reader: &mut Reader<'_, '_>) {
        let kind = self.kind.value;
        // What says nothing about itself has a fault of its own; an element that is not read is reported by its name.
        if kind.is_served() || kind == ConnectionKind::Unknown || !self.is_read {
            return;
        }
        let message = format!("genlock has no transport for {}, which is {}", self.head.label(), quoted(kind.word()));
        let fault = Fault::error(Kind::NotCarriedOut, self.kind.span, message);
        reader.faults.add(fault.help("the driver compiles, but none of its elements starts until genlock has one"));
    }
}
