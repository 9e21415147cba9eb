//! HTTP sessions. Only the handshake of a WebSocket uses them.

use super::item::{Head, Placed};
use super::reader::{Reader, Slot};
use super::reference::{Form, Reference, Target};
use crate::diagnostic::{Fault, Kind};
use crate::parse::Element;
use crate::text::quoted;

/// A session.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) head: Head,
    pub(crate) connections: Vec<SessionConnection>,
}

/// One request of a session with its answer.
#[derive(Debug)]
pub(crate) struct SessionConnection {
    pub(crate) head: Head,
    pub(crate) verb: Option<Placed<String>>,
    /// `Request@pid` (CONN-33).
    pub(crate) pid: Option<Reference>,
    pub(crate) url: Option<Url>,
    pub(crate) headers: Vec<Header>,
    /// `Response@statusCode` (CONN-40).
    pub(crate) status_code: Option<Reference>,
    /// `Response/Content@pid` (CONN-40).
    pub(crate) content: Option<Reference>,
}

/// `Request@url` (CONN-34).
#[derive(Debug)]
pub(crate) enum Url {
    /// All digits: a parameter.
    Param(Reference),
    /// Anything else is the path itself.
    Literal(Placed<String>),
}

/// One header.
#[derive(Debug)]
pub(crate) struct Header {
    pub(crate) key: Placed<String>,
    /// `@pid`.
    pub(crate) pid: Option<Reference>,
    /// The text, when there is no `@pid`.
    pub(crate) text: Option<Placed<String>>,
}

impl Session {
    pub(super) fn read(element: &Element, _: usize, reader: &mut Reader<'_, '_>) -> Self {
        let id = reader.id(element, Target::Session);
        let head = Head::named_by_attribute(Target::Session, id, element, reader);
        let mut session = Self { head, connections: Vec::new() };
        if session.head.id.is_some() {
            let connections = element.children("Connection");
            session.connections = connections.map(|connection| SessionConnection::read(connection, reader)).collect();
        }
        session
    }
}

impl SessionConnection {
    fn read(element: &Element, reader: &mut Reader<'_, '_>) -> Self {
        let id = reader.id(element, Target::SessionConnection);
        let head = Head::named_by_attribute(Target::SessionConnection, id, element, reader);
        let mut connection =
            Self { head, verb: None, pid: None, url: None, headers: Vec::new(), status_code: None, content: None };
        if connection.head.id.is_some() {
            if let Some(request) = reader.child(element, "Request") {
                connection.read_request(request, reader);
            }
            if let Some(response) = reader.child(element, "Response") {
                connection.read_response(response, reader);
            }
        }
        connection
    }

    fn read_request(&mut self, request: &Element, reader: &mut Reader<'_, '_>) {
        self.verb = reader.attribute(request, "verb").and_then(|verb| verb.filled());
        let pid = reader.attribute(request, "pid");
        self.pid = pid.and_then(|pid| reader.reference(&pid, Form::Literal));
        self.url = reader.attribute(request, "url").and_then(|url| {
            let text = url.filled()?;
            let digits = text.value.bytes().all(|byte| byte.is_ascii_digit());
            let parameter = digits.then(|| Form::Literal.read(&text.value, text.span)).flatten();
            Some(parameter.map_or(Url::Literal(text), Url::Param))
        });
        if let Some(headers) = reader.child(request, "Headers") {
            self.headers = headers.children("Header").filter_map(|header| Header::read(header, reader)).collect();
        }
    }

    fn read_response(&mut self, response: &Element, reader: &mut Reader<'_, '_>) {
        let status_code = reader.attribute(response, "statusCode");
        self.status_code = status_code.and_then(|pid| reader.reference(&pid, Form::Literal));
        let content = reader.child(response, "Content");
        let content = content.and_then(|content| reader.attribute(content, "pid"));
        self.content = content.and_then(|pid| reader.reference(&pid, Form::Literal));
    }
}

impl Header {
    fn read(element: &Element, reader: &mut Reader<'_, '_>) -> Option<Self> {
        let Some(slot) = reader.attribute(element, "key") else {
            element.take_all();
            return None;
        };
        let key = slot.filled()?;
        // A text next to a pid has no effect and stays unread.
        let (pid, text) = match reader.attribute(element, "pid") {
            Some(pid) => (reader.reference(&pid, Form::Literal), None),
            None => (None, Slot::text(element).filled()),
        };
        if text.is_none() && element.attribute("pid").is_none() {
            let message = format!("the header {} has no value", quoted(&key.value));
            let fault = Fault::error(Kind::MissingAttribute, element.name_span, message).missing("@pid");
            reader.faults.add(fault.help("write `pid=\"…\"` with the parameter that holds its value"));
        }
        Some(Self { key, pid, text })
    }
}
