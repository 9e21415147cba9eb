//! What a session says of logging in and of proxies (CONN-45, HTTP-40 to HTTP-43).

use std::borrow::Cow;

use genlock_spec::{LoginMethod, Session, Source};

use super::super::Engine;
use super::super::destination::SessionProxy;
use super::super::login::basic;
use crate::error::Reason;

/// What the session asks of the connection.
#[derive(Default)]
pub(in crate::engine) struct Access {
    /// The value of the header `Authorization`.
    pub(in crate::engine) authorization: Option<String>,
    pub(in crate::engine) proxy: Option<SessionProxy>,
    pub(in crate::engine) certificate: bool,
}

impl Engine<'_> {
    /// What the session says now. A header `Authorization` of its own wins.
    pub(in crate::engine) fn session_access(&self, row: &Session, own: bool) -> Result<Access, Reason> {
        let mut authorization = None;
        if row.login == Some(LoginMethod::Credentials)
            && !own
            && let Some(credentials) = self.credentials(row.user_name, row.password)
        {
            let [user, _] = &credentials;
            if user.contains(':') {
                return Err(Reason::Request(Cow::Owned(format!(
                    "the user of session {} has a `:` in its name, which Basic has no room for",
                    row.id
                )))); // RFC 7617, section 2
            }
            // HTTP-40: Basic is sent in advance.
            authorization = Some(basic(&credentials));
        }
        let server = self.read_source(row.proxy_server).filter(|server| !server.trim().is_empty());
        let proxy = server
            .map(|server| SessionProxy { server, credentials: self.credentials(row.proxy_user, row.proxy_password) });
        Ok(Access { authorization, proxy, certificate: row.login == Some(LoginMethod::Certificate) })
    }

    /// HTTP-40: without a name or a password nobody logs in.
    pub(in crate::engine) fn credentials(&self, user: Source, password: Source) -> Option<[String; 2]> {
        let filled = |source| self.read_source(source).filter(|text| !text.is_empty());
        Some([filled(user)?, filled(password)?])
    }
}
