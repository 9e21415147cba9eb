//! Connections and the sessions of their handshakes.

use genlock_spec::{Connection, Header, List, ResponseIndex, Session, SessionIndex, Source};

use super::params::rows;
use super::{Lower, row_id};
use crate::model::{self, Reference, SessionConnection, Target, Url};

impl Lower<'_> {
    pub(super) fn connections(&mut self) {
        let unbound = self.model.responses.iter().enumerate().filter(|(_, response)| response.connection.is_none());
        let unbound = unbound.map(|(position, _)| ResponseIndex(position as u32));
        let unbound = self.spec.list_of(unbound.collect::<Vec<_>>());
        for (position, connection) in self.model.connections.iter().enumerate() {
            let handshake = connection.handshake.as_ref().and_then(|session| self.handshake(session));
            let status = connection.status.as_ref().and_then(|status| self.item(status, Target::Param));
            let row = Connection {
                id: row_id(&connection.head),
                name: self.text(connection.head.name()),
                line: connection.head.line,
                status,
                dynamic_ip: self.addresses.get(&position).copied(),
                handshake,
                make_command_by_protocol: connection.make_command_by_protocol.is_some_and(|make| make.value),
                bypass_proxy: connection.bypass_proxy,
                port: connection.port.and_then(|port| u16::try_from(port.value).ok()),
                timeout_ms: connection.timeout_ms.map(|timeout| timeout.value),
                retries: connection.retries.map(|retries| retries.value),
                responses: self.candidates(connection, unbound),
            };
            self.spec.connections.push(row);
        }
    }

    /// RSP-02, RSP-07: the responses that are bound to no other connection, in document order. Connections to which
    /// none is bound share one list.
    fn candidates(&mut self, connection: &model::Connection, unbound: List<ResponseIndex>) -> List<ResponseIndex> {
        let binds = |response: &model::Response| response.connection.map(|number| i64::from(number.value));
        let id = connection.head.id();
        if !self.model.responses.iter().any(|response| binds(response).is_some_and(|bound| Some(bound) == id)) {
            return unbound;
        }
        let candidates = self.model.responses.iter().enumerate();
        let candidates = candidates.filter(|(_, response)| binds(response).is_none_or(|bound| Some(bound) == id));
        let candidates = candidates.map(|(position, _)| ResponseIndex(position as u32));
        self.spec.list_of(candidates.collect::<Vec<_>>())
    }

    /// The row of the session that a handshake uses; two connections may share one.
    fn handshake(&mut self, session: &Reference) -> Option<SessionIndex> {
        let session = self.model.sessions.get(session.position(Target::Session, &self.model.index)?)?;
        let id = row_id(&session.head);
        if let Some(known) = self.spec.sessions.iter().position(|row| row.id == id) {
            return Some(SessionIndex(known as u32));
        }
        let connection = session.connections.first()?;
        let start = self.spec.headers.len();
        for header in &connection.headers {
            let value = match (&header.pid, &header.text) {
                (Some(pid), _) => self.item(pid, Target::Param).map(Source::Param),
                (None, Some(text)) => Some(Source::Literal(self.text(&text.value))),
                (None, None) => None,
            };
            let key = self.text(&header.key.value);
            self.spec.headers.push(Header { key, value: value.unwrap_or(Source::None) });
        }
        let headers = rows(start, self.spec.headers.len());
        let path = self.path(connection);
        // CONN-40: their parameters need not exist.
        let status_code = connection.status_code.as_ref().and_then(|pid| self.item(pid, Target::Param));
        let content = connection.content.as_ref().and_then(|pid| self.item(pid, Target::Param));
        let name = self.text(session.head.name());
        let line = session.head.line;
        self.spec.sessions.push(Session { id, name, line, path, headers, status_code, content });
        Some(SessionIndex(self.spec.sessions.len() as u32 - 1))
    }

    /// CONN-33, CONN-34. When both are there, `url` wins (schema, A03).
    fn path(&mut self, connection: &SessionConnection) -> Source {
        let pid = match (&connection.url, &connection.pid) {
            (Some(Url::Literal(path)), _) => return Source::Literal(self.text(&path.value)),
            (Some(Url::Param(pid)), _) | (None, Some(pid)) => pid,
            (None, None) => return Source::None,
        };
        self.item(pid, Target::Param).map_or(Source::None, Source::Param)
    }
}
