//! Choices where the language leaves something open.

use genlock_spec::ParamKind;

use super::{DynamicIp, Model, Session, Target};

impl Model {
    /// The position of the connection that carries what names none: number 0, else the one with the lowest number
    /// (CONN-122; schema, A07). One on which nothing can be sent stands back where there is another.
    pub(crate) fn default_connection(&self) -> Option<usize> {
        let numbered = self.connections.iter().enumerate().filter_map(|(at, item)| {
            let carries = item.kind.value.carries_commands();
            Some((!carries, item.head.id()?, at))
        });
        numbered.min().map(|(_, _, position)| position)
    }

    /// The position of the connection whose address a parameter holds. Without a number it is 0, or the only
    /// connection that there is (CONN-46, CONN-98).
    pub(crate) fn addressed(&self, dynamic_ip: &DynamicIp) -> Option<usize> {
        let number = i64::from(dynamic_ip.connection.unwrap_or(0));
        let named = self.index.position(Target::Connection, number);
        let only = || (dynamic_ip.connection.is_none() && self.connections.len() == 1).then_some(0);
        named.or_else(only)
    }

    /// The position of the read parameter that has the name of the write parameter at `write` (schema, 4.2).
    pub(crate) fn partner(&self, write: usize) -> Option<usize> {
        let name = self.params.get(write)?.head.name().to_lowercase();
        let is_partner = |at: usize| {
            let param = self.params.get(at);
            param
                .and_then(|param| param.kind)
                .is_some_and(|kind| matches!(kind.value, ParamKind::Read | ParamKind::ReadBit))
        };
        self.index.named(&name).iter().copied().find(|&at| is_partner(at))
    }

    /// Whether a WebSocket opens with the request that `session` describes (CONN-30).
    pub(crate) fn is_handshake(&self, session: &Session) -> bool {
        session.head.id().is_some_and(|id| self.index.is_handshake(id))
    }
}
