//! A login that a server has asked for, kept for the requests that follow: its nonce is used again and counted
//! (RFC 7616, sections 3.3 and 3.4), so that they need no refusal first. There is at most one a connection.

use std::fmt;

use super::super::destination::Destination;
use super::digest::{Digest, Use};

/// What a server asked for, and who answers.
pub(in crate::engine) struct KnownLogin {
    challenge: Digest,
    /// The server that asked.
    to: Destination,
    user: String,
    /// What stands for name and password.
    secret: String,
    /// How often the nonce was used.
    count: u32,
    /// The client's nonce, where it is part of what stands for the password (`-sess`).
    session_nonce: Option<String>,
}

impl KnownLogin {
    pub(super) fn new(challenge: Digest, to: &Destination, credentials: &[String; 2]) -> Self {
        let secret = challenge.secret(credentials);
        let [user, _] = credentials;
        Self { challenge, to: to.clone(), user: user.clone(), secret, count: 0, session_nonce: None }
    }

    /// Whether it is still the same server, name and password.
    pub(super) fn is_for(&self, to: &Destination, credentials: &[String; 2]) -> bool {
        let [user, _] = credentials;
        self.to.is_same_server(to) && self.user == *user && self.secret == self.challenge.secret(credentials)
    }

    /// The value of `Authorization` for one more request. `client_nonce` is new. None when the nonce can't be counted
    /// further.
    pub(super) fn proof(&mut self, verb: &str, target: &str, client_nonce: String) -> Option<String> {
        self.count = self.count.checked_add(1)?;
        let client_nonce = match &mut self.session_nonce {
            // Section 3.4.2: what stands for the password is made once, of the first nonces.
            kept if self.challenge.is_session => kept.get_or_insert(client_nonce),
            _ => &client_nonce,
        };
        let Self { user, secret, count, .. } = self;
        Some(self.challenge.respond(Use { user, secret, verb, target, count: *count, client_nonce }))
    }

    /// The server names the nonce that it wants next (section 3.5). A session goes on with its own.
    pub(super) fn renew(&mut self, nonce: String) {
        if !self.challenge.is_session {
            (self.challenge.nonce, self.count) = (nonce, 0);
        }
    }
}

impl fmt::Debug for KnownLogin {
    /// What stands for the password is as good as that.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KnownLogin").field("count", &self.count).finish_non_exhaustive()
    }
}
