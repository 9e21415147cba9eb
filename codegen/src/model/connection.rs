//! Connections.

use super::item::{Head, Placed};
use super::reader::{Reader, Slot};
use super::reference::{Form, Reference, Target};
use crate::diagnostic::{Fault, Kind};
use crate::parse::Element;
use crate::text::quoted;

/// A connection. Only WebSockets are carried out.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) head: Head,
    /// The parameter that shows whether it is open (CONN-64).
    pub(crate) status: Option<Reference>,
    /// The session that describes the opening request (CONN-30).
    pub(crate) handshake: Option<Reference>,
    /// `MakeCommandByProtocol` (CMD-10).
    pub(crate) make_command_by_protocol: Option<Placed<bool>>,
    /// The bus address is `bypassProxy` (CONN-09).
    pub(crate) bypass_proxy: bool,
    pub(crate) port: Option<Placed<u32>>,
    pub(crate) timeout_ms: Option<Placed<u32>>,
    pub(crate) retries: Option<Placed<u32>>,
}

impl Connection {
    pub(super) fn read(element: &Element, position: usize, reader: &mut Reader<'_, '_>) -> Self {
        // A missing id is the position (schema, A07).
        let id = if element.attribute("id").is_none() {
            i64::try_from(position).ok().map(|value| Placed { value, span: element.name_span })
        } else {
            reader.id(element, Target::Connection)
        };
        let head = Head::named_by_attribute(Target::Connection, id, element, reader);
        let mut connection = Self {
            head,
            status: None,
            handshake: None,
            make_command_by_protocol: None,
            bypass_proxy: false,
            port: None,
            timeout_ms: None,
            retries: None,
        };
        if connection.head.id.is_some() {
            connection.read_kind(element, reader);
        }
        connection
    }

    fn read_kind(&mut self, element: &Element, reader: &mut Reader<'_, '_>) {
        let Some(http) = reader.child(element, "Http") else {
            // Another kind of connection is reported by name.
            if element.children.is_empty() {
                let message = format!("{} does not say what it is", self.head.label());
                let fault = Fault::error(Kind::MissingElement, self.head.span, message).missing("/Http");
                reader.faults.add(fault.help(
                    "write `<Http><CommunicationOptions><WebSocket>true</WebSocket></CommunicationOptions></Http>` in it",
                ));
            }
            return;
        };
        let options = reader.child(http, "CommunicationOptions");
        let web_socket = options.and_then(|options| reader.child(options, "WebSocket"));
        let is_web_socket = web_socket.and_then(|flag| reader.flag(&Slot::text(flag)));
        // CONN-01: without the flag it is plain HTTP.
        if web_socket.is_none() || is_web_socket.is_some_and(|flag| !flag.value) {
            let message = format!("{} is plain HTTP, which genlock does not carry out", self.head.label());
            let fault = Fault::error(Kind::NotCarriedOut, http.name_span, message);
            reader
                .faults
                .add(fault.help("make it a WebSocket: `<WebSocket>true</WebSocket>` in `CommunicationOptions`"));
        }
        if let Some(options) = options {
            self.read_options(options, reader);
        }
        if let Some(settings) = reader.child(http, "UserSettings") {
            self.read_settings(settings, reader);
        }
    }

    fn read_options(&mut self, options: &Element, reader: &mut Reader<'_, '_>) {
        // CONN-03: two spellings occur.
        let notify = reader.child(options, "NotifyConnectionPIDs");
        let notify = notify.or_else(|| reader.child(options, "NotifyConnectionPID"));
        let status = notify.and_then(|notify| reader.child(notify, "Connections"));
        self.status = status.and_then(|status| reader.reference(&Slot::text(status), Form::Loose));
        let make = reader.child(options, "MakeCommandByProtocol");
        self.make_command_by_protocol = make.and_then(|make| reader.flag(&Slot::text(make)));
        let handshake = reader.child(options, "WebSocketHandshake");
        self.handshake = handshake.and_then(|session| reader.reference(&Slot::text(session), Form::Loose));
    }

    /// CONN-06: defaults that an operator can override.
    fn read_settings(&mut self, settings: &Element, reader: &mut Reader<'_, '_>) {
        self.bypass_proxy = default_value(settings, "BusAddress", reader).is_some_and(|slot| {
            let bypass = slot.raw.trim().eq_ignore_ascii_case("bypassProxy");
            if !bypass && !slot.is_blank() {
                let message = format!("the bus address {} has no effect on a WebSocket", quoted(slot.raw.trim()));
                let fault = Fault::warning(Kind::InvalidValue, slot.span, message);
                reader.faults.add(fault.help("write `bypassProxy`, or remove it"));
            }
            bypass
        });
        let mut number = |name: &'static str, from, to, what: &str| {
            let slot = default_value(settings, name, reader)?;
            reader.number(&slot, from, to, what)
        };
        self.port = number("IPport", 0, 65535, "a port");
        self.timeout_ms = number("TimeoutTime", 10, 120_000, "a time in milliseconds");
        self.retries = number("Retries", 0, 10, "a number of retries");
    }
}

/// The text of `name/DefaultValue`.
fn default_value<'e>(settings: &'e Element, name: &'static str, reader: &mut Reader<'_, '_>) -> Option<Slot<'e>> {
    let setting = reader.child(settings, name)?;
    reader.child(setting, "DefaultValue").map(Slot::text)
}
