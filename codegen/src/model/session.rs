//! HTTP sessions: those that open a WebSocket, and those that groups send.

use genlock_spec::LoginMethod;

use super::item::{Head, Placed};
use super::reader::{Reader, Slot};
use super::reference::{Form, Reference, Target};
use super::vocabulary::Meaning::Carried;
use super::vocabulary::{FLAG, Vocabulary};
use crate::diagnostic::{Fault, Kind};
use crate::parse::Element;
use crate::text::quoted;

/// A session.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) head: Head,
    pub(crate) connections: Vec<SessionConnection>,
    pub(crate) login: Option<LoginMethod>,
    pub(crate) user_name: Option<Credential>,
    pub(crate) password: Option<Credential>,
    pub(crate) proxy_server: Option<Credential>,
    pub(crate) proxy_user: Option<Credential>,
    pub(crate) proxy_password: Option<Credential>,
    pub(crate) timeout_ms: Option<u32>,
    pub(crate) ignore_timeout: bool,
    pub(crate) keep_alive: bool,
}

/// A text of a session, or the parameter that holds it.
#[derive(Debug)]
pub(crate) struct Credential {
    pub(crate) text: String,
    /// Digits name a parameter if there is one of that id (schema, A67).
    pub(crate) pid: Option<Reference>,
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
    pub(crate) body: Body,
    pub(crate) timeout_ms: Option<u32>,
    pub(crate) ignore_timeout: bool,
    /// `Response@statusCode` (CONN-40).
    pub(crate) status_code: Option<Reference>,
    /// `Response/Headers`.
    pub(crate) answer_headers: Vec<Header>,
    /// `Response/Content@pid` (CONN-40).
    pub(crate) content: Option<Reference>,
}

/// What a request carries. With both, `Parameters` win (schema, 16).
#[derive(Debug)]
pub(crate) enum Body {
    None,
    /// `Data`.
    Data {
        pid: Option<Reference>,
        text: String,
    },
    /// `Parameters`.
    Fields(Vec<Header>),
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

const LOGIN: Vocabulary<LoginMethod> = Vocabulary {
    words: &[("credentials", Carried(LoginMethod::Credentials)), ("certificate", Carried(LoginMethod::Certificate))],
};

impl Session {
    pub(super) fn read(element: &Element, _: usize, reader: &mut Reader<'_, '_>) -> Self {
        let id = reader.id(element, Target::Session);
        let head = Head::named_by_attribute(Target::Session, id, element, reader);
        let mut session = Self {
            login: reader
                .attribute(element, "loginMethod")
                .and_then(|word| reader.word(&word, &LOGIN))
                .map(|word| word.value),
            user_name: Credential::read(element, "userName", reader),
            password: Credential::read(element, "password", reader),
            proxy_server: Credential::read(element, "proxyServer", reader),
            proxy_user: Credential::read(element, "proxyUser", reader),
            proxy_password: Credential::read(element, "proxyPassword", reader),
            timeout_ms: timeout(element, reader),
            ignore_timeout: flag(element, "ignoreTimeout", reader),
            keep_alive: flag(element, "keepAlive", reader),
            head,
            connections: Vec::new(),
        };
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
        let mut connection = Self {
            head,
            verb: None,
            pid: None,
            url: None,
            headers: Vec::new(),
            body: Body::None,
            timeout_ms: timeout(element, reader),
            ignore_timeout: flag(element, "ignoreTimeout", reader),
            status_code: None,
            answer_headers: Vec::new(),
            content: None,
        };
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
        self.body = Body::read(request, reader);
    }

    fn read_response(&mut self, response: &Element, reader: &mut Reader<'_, '_>) {
        let status_code = reader.attribute(response, "statusCode");
        self.status_code = status_code.and_then(|pid| reader.reference(&pid, Form::Literal));
        if let Some(headers) = reader.child(response, "Headers") {
            let headers = headers.children("Header");
            self.answer_headers = headers.filter_map(|header| Header::read(header, reader)).collect();
        }
        let content = reader.child(response, "Content");
        let content = content.and_then(|content| reader.attribute(content, "pid"));
        self.content = content.and_then(|pid| reader.reference(&pid, Form::Literal));
    }
}

impl Body {
    fn read(request: &Element, reader: &mut Reader<'_, '_>) -> Self {
        let data = reader.child(request, "Data");
        if let Some(fields) = reader.child(request, "Parameters") {
            if let Some(data) = data {
                data.take_all();
                let message = "`Data` has no effect next to `Parameters`";
                let fault = Fault::warning(Kind::ConflictingSyntax, data.name_span, message);
                let fault = fault.related(fields.name_span, "these are sent"); // HTTP-08
                reader.faults.add(fault.help("keep one of the two"));
            }
            let fields = fields.children("Parameter");
            return Self::Fields(fields.filter_map(|field| Header::read(field, reader)).collect());
        }
        let Some(data) = data else { return Self::None };
        data.text_taken.set(true);
        let pid = reader.attribute(data, "pid");
        let pid = pid.and_then(|pid| reader.reference(&pid, Form::Literal));
        Self::Data { pid, text: data.text.clone() }
    }
}

impl Credential {
    fn read(element: &Element, name: &str, reader: &Reader<'_, '_>) -> Option<Self> {
        let slot = reader.attribute(element, name)?;
        Some(Self { text: slot.raw.to_owned(), pid: Form::Literal.read(slot.raw, slot.span) })
    }
}

fn timeout(element: &Element, reader: &mut Reader<'_, '_>) -> Option<u32> {
    let slot = reader.attribute(element, "timeout")?;
    reader.number(&slot, 0, u32::MAX, "a time in milliseconds").map(|timeout| timeout.value)
}

fn flag(element: &Element, name: &str, reader: &mut Reader<'_, '_>) -> bool {
    let flag = reader.attribute(element, name).and_then(|slot| reader.word(&slot, &FLAG));
    flag.is_some_and(|flag| flag.value)
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
