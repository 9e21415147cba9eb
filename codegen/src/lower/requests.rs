//! HTTP sessions and their requests; the one request of a handshake.

use genlock_spec::{Body, Header, Request, RequestIndex, Rows, Session, SessionIndex, SessionItem, Source};

use super::params::rows;
use super::{Lower, row_id};
use crate::model::{self, Credential, GroupItem, Moment, On, Reference, SessionConnection, Target, Url};

impl Lower<'_> {
    /// The request of the session that a handshake uses; two connections may share one.
    pub(super) fn handshake(&mut self, session: usize) -> Option<RequestIndex> {
        let session = self.model.sessions.get(session)?;
        let (id, connection) = (row_id(&session.head), session.connections.first()?);
        let known = self.spec.requests.iter().position(|row| row.session == id);
        let position = known.unwrap_or_else(|| {
            let row = self.request(id, connection);
            self.spec.requests.push(row);
            self.spec.requests.len() - 1
        });
        Some(RequestIndex(position as u32))
    }

    /// The session of a handshake, where it says how to log in or which proxy to use (CONN-45).
    pub(super) fn access(&mut self, position: usize, request: RequestIndex) -> Option<SessionIndex> {
        let session = self.model.sessions.get(position)?;
        if session.login.is_none() && session.proxy_server.is_none() {
            return None;
        }
        if let Some(known) = self.session_rows.get(&position) {
            return Some(*known);
        }
        let request = request.0 as usize;
        Some(self.session(position, session, rows(request, request + 1)))
    }

    /// The sessions that groups send, in document order.
    pub(super) fn sessions(&mut self) {
        for position in self.model.sent_sessions() {
            let Some(session) = self.model.sessions.get(position) else { continue };
            if self.session_rows.contains_key(&position) {
                continue; // a handshake, too: it has the one request
            }
            let start = self.spec.requests.len();
            for connection in &session.connections {
                let row = self.request(row_id(&session.head), connection);
                self.spec.requests.push(row);
            }
            self.session(position, session, rows(start, self.spec.requests.len()));
        }
    }

    fn session(&mut self, position: usize, session: &model::Session, requests: Rows<Request>) -> SessionIndex {
        let row = Session {
            id: row_id(&session.head),
            name: self.text(session.head.name()),
            line: session.head.line,
            requests,
            login: session.login,
            user_name: self.credential(session.user_name.as_ref()),
            password: self.credential(session.password.as_ref()),
            proxy_server: self.credential(session.proxy_server.as_ref()),
            proxy_user: self.credential(session.proxy_user.as_ref()),
            proxy_password: self.credential(session.proxy_password.as_ref()),
            timeout_ms: session.timeout_ms,
            ignore_timeout: session.ignore_timeout,
            keep_alive: session.keep_alive,
            on_timeout: self.dispatch.triggers(On::Session, Moment::Timeout, position),
        };
        let index = SessionIndex(self.spec.sessions.len() as u32);
        self.session_rows.insert(position, index);
        self.spec.sessions.push(row);
        index
    }

    /// A session in a group's Content.
    pub(super) fn session_item(&mut self, item: &GroupItem) -> Option<u32> {
        let position = item.reference.as_ref()?.position(Target::Session, &self.model.index)?;
        let session = *self.session_rows.get(&position)?;
        let rows = self.spec.sessions.get(session.0 as usize)?.requests;
        let requests = self.spec.requests.iter().enumerate().skip(rows.start as usize).take(rows.len as usize);
        let mut requests = requests.filter(|(_, row)| item.request.is_some_and(|id| id.value == row.id));
        let request = requests.next().map(|(position, _)| RequestIndex(position as u32));
        if item.request.is_some() && request.is_none() {
            return None; // reported; it must not become all of them
        }
        self.spec.session_items.push(SessionItem { session, request });
        Some(self.spec.session_items.len() as u32 - 1)
    }

    fn request(&mut self, session: u32, connection: &SessionConnection) -> Request {
        let verb = connection.verb.as_ref().map_or("", |verb| verb.value.as_str());
        Request {
            session,
            id: row_id(&connection.head),
            name: self.text(connection.head.name()),
            line: connection.head.line,
            // What is sent without a verb is GET.
            verb: if verb.eq_ignore_ascii_case("GET") { self.text("") } else { self.text(verb) },
            headers: self.headers(&connection.headers),
            path: self.path(connection),
            body: self.body(&connection.body),
            timeout_ms: connection.timeout_ms,
            ignore_timeout: connection.ignore_timeout,
            // CONN-40: their parameters need not exist.
            status_code: connection.status_code.as_ref().and_then(|pid| self.item(pid, Target::Param)),
            answer_headers: self.headers(&connection.answer_headers),
            content: connection.content.as_ref().and_then(|pid| self.item(pid, Target::Param)),
        }
    }

    fn headers(&mut self, headers: &[model::Header]) -> Rows<Header> {
        let start = self.spec.headers.len();
        for header in headers {
            let value = match (&header.pid, &header.text) {
                (Some(pid), _) => self.param(pid),
                (None, Some(text)) => Source::Literal(self.text(&text.value)),
                (None, None) => Source::None,
            };
            let key = self.text(&header.key.value);
            self.spec.headers.push(Header { key, value });
        }
        rows(start, self.spec.headers.len())
    }

    fn body(&mut self, body: &model::Body) -> Body {
        match body {
            model::Body::None => Body::None,
            model::Body::Data { pid: Some(pid), .. } => Body::Data(self.param(pid)),
            model::Body::Data { pid: None, text } => Body::Data(Source::Literal(self.text(text))),
            model::Body::Fields(fields) => Body::Fields(self.headers(fields)),
        }
    }

    /// CONN-33, CONN-34. When both are there, `url` wins (schema, A03).
    fn path(&mut self, connection: &SessionConnection) -> Source {
        match (&connection.url, &connection.pid) {
            (Some(Url::Literal(path)), _) => Source::Literal(self.text(&path.value)),
            (Some(Url::Param(pid)), _) | (None, Some(pid)) => self.param(pid),
            (None, None) => Source::None,
        }
    }

    /// Schema, A67: digits are a parameter if there is one.
    fn credential(&mut self, credential: Option<&Credential>) -> Source {
        let Some(credential) = credential else { return Source::None };
        match credential.pid.as_ref().map(|pid| self.param(pid)) {
            Some(Source::Param(param)) => Source::Param(param),
            _ => Source::Literal(self.text(&credential.text)),
        }
    }

    fn param(&self, pid: &Reference) -> Source {
        self.item(pid, Target::Param).map_or(Source::None, Source::Param)
    }
}
