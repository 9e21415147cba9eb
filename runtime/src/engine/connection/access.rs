//! What a handshake's session says of logging in and of proxies (CONN-45, HTTP-40 to HTTP-43).

use std::borrow::Cow;

use data_encoding::BASE64;
use genlock_spec::{ConnectionIndex, LoginMethod, Source};

use super::super::Engine;
use super::super::opening::SessionProxy;
use crate::error::Reason;

/// What the session asks of the connection.
#[derive(Default)]
pub(super) struct Access {
    pub(super) proxy: Option<SessionProxy>,
    pub(super) certificate: bool,
}

impl Engine<'_> {
    /// What the session says now, and the header line that logs in. A header `Authorization` of its own wins.
    pub(super) fn session_access(
        &self,
        connection: ConnectionIndex,
        headers: &mut Vec<(Box<str>, Box<str>)>,
    ) -> Result<Access, Reason> {
        let Some(session) = self.spec.connection(connection).handshake_session else { return Ok(Access::default()) };
        let row = self.spec.session(session);
        let own = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("Authorization"));
        if row.login == Some(LoginMethod::Credentials)
            && !own
            && let Some([user, password]) = self.credentials(row.user_name, row.password)
        {
            if user.contains(':') {
                return Err(Reason::Request(Cow::Owned(format!(
                    "the user of session {} has a `:` in its name, which Basic has no room for",
                    row.id
                )))); // RFC 7617, section 2
            }
            // HTTP-40: Basic is sent in advance.
            let value = format!("Basic {}", BASE64.encode(format!("{user}:{password}").as_bytes()));
            headers.push(("Authorization".into(), value.into()));
        }
        let server = self.read_source(row.proxy_server).filter(|server| !server.trim().is_empty());
        let proxy = server
            .map(|server| SessionProxy { server, credentials: self.credentials(row.proxy_user, row.proxy_password) });
        Ok(Access { proxy, certificate: row.login == Some(LoginMethod::Certificate) })
    }

    /// HTTP-40: without a name or a password nobody logs in.
    fn credentials(&self, user: Source, password: Source) -> Option<[String; 2]> {
        let filled = |source| self.read_source(source).filter(|text| !text.is_empty());
        Some([filled(user)?, filled(password)?])
    }
}
