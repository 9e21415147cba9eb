//! HTTP sessions: what they ask, and where the answers go.

use crate::index::{List, ParamIndex, RequestIndex, SessionIndex, Text, TriggerIndex};
use crate::rows::Rows;

/// An HTTP session (`Protocol.HTTP.Session`): one that groups send, or one that opens a WebSocket and logs in or uses a
/// proxy for that.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Session {
    /// The session's id.
    pub id: u32,
    /// Its name.
    pub name: Text,
    /// The line of its element in the XML, from 1.
    pub line: u32,
    /// Its requests, in the order in which they are sent.
    pub requests: Rows<Request>,
    /// How it logs in.
    pub login: Option<LoginMethod>,
    /// The user's name.
    pub user_name: Source,
    /// The user's password.
    pub password: Source,
    /// The proxy.
    pub proxy_server: Source,
    /// The user's name at the proxy.
    pub proxy_user: Source,
    /// The user's password at the proxy.
    pub proxy_password: Source,
    /// The wait for an answer, in ms, where the request has none.
    pub timeout_ms: Option<u32>,
    /// Timeouts leave the state of the element alone.
    pub ignore_timeout: bool,
    /// The connection stays open until the element stops.
    pub keep_alive: bool,
    /// Triggers on one of its requests that got no answer, or none that counts (TRG-22).
    pub on_timeout: List<TriggerIndex>,
}

/// How a session logs in (`Session@loginMethod`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginMethod {
    /// By name and password, in the scheme that the server offers.
    Credentials,
    /// By a client certificate.
    Certificate,
}

/// One request with its answer (`Protocol.HTTP.Session.Connection`): of a session, or the one that opens a WebSocket
/// (CONN-30, CONN-31).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Request {
    /// The id of its session.
    pub session: u32,
    /// Its own id within the session.
    pub id: u32,
    /// Its name.
    pub name: Text,
    /// The line of its element in the XML, from 1.
    pub line: u32,
    /// The verb; empty for GET.
    pub verb: Text,
    /// The path (CONN-33, CONN-34).
    pub path: Source,
    /// The headers that are added to the standard ones (CONN-36, CONN-37).
    pub headers: Rows<Header>,
    /// What it carries.
    pub body: Body,
    /// The wait for an answer, in ms.
    pub timeout_ms: Option<u32>,
    /// A timeout leaves the state of the element alone.
    pub ignore_timeout: bool,
    /// The parameter that takes the status line of the answer (CONN-40).
    pub status_code: Option<ParamIndex>,
    /// The parameters that take headers of the answer.
    pub answer_headers: Rows<Header>,
    /// The parameter that takes the body of the answer (CONN-40).
    pub content: Option<ParamIndex>,
}

/// What a request carries: behind the path with GET, else as its body.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Body {
    /// Nothing.
    None,
    /// `Data`, as it is.
    Data(Source),
    /// `Parameters`: names and values, joined with `&`.
    Fields(Rows<Header>),
}

/// A name with a value: a header line, or a field of a body.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Header {
    /// The name.
    pub key: Text,
    /// The value; of an answer, the parameter that takes it.
    pub value: Source,
}

/// Where a request takes a text from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Nowhere: it is left out.
    None,
    /// The file itself.
    Literal(Text),
    /// A parameter's value when the request is built (CONN-38).
    Param(ParamIndex),
}

/// A session in a group's Content (`Group/Content/Session`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionItem {
    /// The session.
    pub session: SessionIndex,
    /// The one of its requests that is sent (`@connection`); all of them without it.
    pub request: Option<RequestIndex>,
}
