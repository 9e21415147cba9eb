//! Connections, and what no element runs.

use genlock_spec::{Connection, List, ResponseIndex, Unserved};

use super::{Lower, row_id};
use crate::model::{self, Target};

impl Lower<'_> {
    pub(super) fn connections(&mut self) {
        let unbound = self.model.responses.iter().enumerate().filter(|(_, response)| response.connection.is_none());
        let unbound = unbound.map(|(position, _)| ResponseIndex(position as u32));
        let unbound = self.spec.list_of(unbound.collect::<Vec<_>>());
        for (position, connection) in self.model.connections.iter().enumerate() {
            let handshake = connection.handshake.as_ref();
            let handshake = handshake.and_then(|session| session.position(Target::Session, &self.model.index));
            let request = handshake.and_then(|session| self.handshake(session));
            let session = handshake.zip(request).and_then(|(session, request)| self.access(session, request));
            let status = connection.status.as_ref().and_then(|status| self.item(status, Target::Param));
            let settings = &connection.settings;
            let row = Connection {
                id: row_id(&connection.head),
                name: self.text(connection.head.name()),
                line: connection.head.line,
                kind: connection.kind.value,
                status,
                dynamic_ip: self.addresses.get(&position).copied(),
                handshake: request,
                handshake_session: session,
                make_command_by_protocol: connection.make_command_by_protocol.is_some_and(|make| make.value),
                custom_redirect: connection.custom_redirect,
                redundant_polling: connection.redundant_polling,
                bypass_proxy: settings.bypass_proxy,
                bus_address: settings.bus_address.as_ref().map(|address| self.text(&address.value)),
                port: settings.port.and_then(|port| u16::try_from(port.value).ok()),
                port_type: settings.port_type,
                timeout_ms: settings.timeout_ms.map(|timeout| timeout.value),
                retries: settings.retries.map(|retries| retries.value),
                element_timeout_ms: settings.element_timeout_ms,
                slow_poll: settings.slow_poll,
                ping_interval_ms: settings.ping_interval_ms,
                skip_certificate_verification: settings.skip_certificate_verification,
                drops_equal: self.model.protocol.drops_equal,
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

    pub(super) fn no_timeouts(&mut self) {
        for report in &self.model.no_timeouts {
            let text = self.text(&report.0);
            self.spec.no_timeouts.push(text);
        }
    }

    pub(super) fn unserved(&mut self) {
        for unserved in self.model.unserved() {
            let name = self.text(unserved.head.name());
            let (id, line) = (row_id(unserved.head), unserved.head.line);
            self.spec.unserved.push(Unserved { part: unserved.part, id, name, line });
        }
    }
}
