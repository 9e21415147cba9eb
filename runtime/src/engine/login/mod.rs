//! Logging in: Basic in advance, and Digest where a server asks for it (HTTP-40; RFC 9110, section 11).

mod challenge;
mod digest;
mod known;

use data_encoding::{BASE64, HEXLOWER};
use genlock_spec::{ConnectionIndex, LoginMethod, Session};

use self::challenge::{Challenges, next_nonce};
pub(super) use self::known::KnownLogin;
use super::Engine;
use super::destination::Destination;
use super::event::LogLevel;
use super::header_line::HeaderLine;

/// The header of the request.
const AUTHORIZATION: &str = "Authorization";

/// The value of `Authorization` for Basic (RFC 7617, section 2).
pub(super) fn basic([user, password]: &[String; 2]) -> String {
    format!("Basic {}", BASE64.encode(format!("{user}:{password}").as_bytes()))
}

/// How often one request is sent again because of its login: the nonce of the last proof may have become stale.
const PROOFS: u32 = 3;

/// A request for a server that may want to know who asks.
#[derive(Clone, Copy)]
pub(super) struct Asking<'a> {
    pub(super) connection: ConnectionIndex,
    pub(super) session: &'a Session,
    pub(super) to: &'a Destination,
    /// The header lines that were prepared for it: with Basic, where that is sent in advance.
    pub(super) headers: &'a [HeaderLine],
    pub(super) verb: &'a str,
    /// Path and query.
    pub(super) target: &'a str,
}

/// What a server said that has answered it with 401.
#[derive(Clone, Copy)]
pub(super) struct Refusal<'a> {
    /// The values of `WWW-Authenticate`.
    pub(super) asked: &'a [String],
    /// How often it was sent again because of such an answer.
    pub(super) proofs: u32,
    /// Whether it carried a proof.
    pub(super) proved: bool,
}

impl Engine<'_> {
    /// The header lines to send: with a proof in the place of Basic when the server has asked the connection for one
    /// before. Also whether there is one.
    pub(super) fn logged_in(&mut self, asking: &Asking<'_>) -> (Vec<HeaderLine>, bool) {
        let proof = self.proof(asking);
        let line = |line: &HeaderLine| proof.as_ref().filter(|proof| line.is(&proof.name)).unwrap_or(line).clone();
        (asking.headers.iter().map(line).collect(), proof.is_some())
    }

    fn proof(&mut self, asking: &Asking<'_>) -> Option<HeaderLine> {
        if asking.session.login != Some(LoginMethod::Credentials) {
            return None; // what is known is another session's
        }
        let mut login = self.connections[asking.connection].login.take()?;
        // Another name, password or host: what was asked for is forgotten.
        let credentials = self.basic_credentials(asking)?;
        if !login.is_for(asking.to, &credentials) {
            return None;
        }
        let mut nonce = [0; 16];
        self.random.fill(&mut nonce);
        let value = login.proof(asking.verb, asking.target, HEXLOWER.encode(&nonce))?;
        self.connections[asking.connection].login = Some(login);
        Some(HeaderLine::secret(AUTHORIZATION, value))
    }

    /// Name and password, where they were sent as Basic in advance.
    fn basic_credentials(&self, asking: &Asking<'_>) -> Option<[String; 2]> {
        if asking.session.login != Some(LoginMethod::Credentials) {
            return None;
        }
        let credentials = self.credentials(asking.session.user_name, asking.session.password)?;
        let basic = basic(&credentials);
        let is_sent = asking.headers.iter().any(|line| line.is(AUTHORIZATION) && *line.value == *basic);
        is_sent.then_some(credentials)
    }

    /// Takes note of what a server asks for that answers with 401. Answers whether the request is to be sent again, which
    /// then logs in that way: not when nobody logs in, when Basic is not sent in advance (to another server than the first,
    /// or with a header of the connector's own), when the server does not take the proof, or when genlock speaks none of
    /// its schemes: then the log names them.
    pub(super) fn logs_in(&mut self, asking: &Asking<'_>, refusal: &Refusal<'_>) -> bool {
        let Some(credentials) = self.basic_credentials(asking) else { return false };
        // What was known of the login is not enough any more.
        self.connections[asking.connection].login = None;
        let challenges = Challenges::read(refusal.asked);
        let Some(digest) = challenges.digest else {
            self.log_other_schemes(asking.session, &challenges);
            // The server that took Digest wants Basic now, which this request has not shown yet.
            return challenges.basic && refusal.proved && refusal.proofs == 0;
        };
        if refusal.proofs >= PROOFS || refusal.proofs > 0 && !digest.is_stale {
            return false;
        }
        let [user, _] = &credentials;
        if user.chars().any(char::is_control) {
            self.log(LogLevel::Warning, |_| {
                let id = asking.session.id;
                format!("session {id}: the user's name holds a control character, so Digest can't carry it; remove it")
            });
            return false;
        }
        self.connections[asking.connection].login = Some(Box::new(KnownLogin::new(digest, asking.to, &credentials)));
        true
    }

    /// A server that has taken a proof may name the nonce of the next one.
    pub(super) fn take_next_nonce<'a>(&mut self, connection: ConnectionIndex, info: impl Iterator<Item = &'a str>) {
        if let Some(login) = &mut self.connections[connection].login
            && let Some(nonce) = next_nonce(info)
        {
            login.renew(nonce);
        }
    }

    fn log_other_schemes(&mut self, session: &Session, challenges: &Challenges) {
        let Some(schemes) = challenges.not_spoken() else { return };
        self.log(LogLevel::Warning, |_| {
            format!(
                "session {}: the server wants authentication by {schemes}, which genlock does not speak: let it accept \
                 Basic or Digest",
                session.id
            )
        });
    }
}
