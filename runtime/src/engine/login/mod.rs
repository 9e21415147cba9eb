//! Logging in: Basic in advance, and Digest where a server asks for it (HTTP-40; RFC 9110, section 11).

mod challenge;
mod digest;

use data_encoding::{BASE64, HEXLOWER};
use genlock_spec::{LoginMethod, Session};

use self::challenge::Challenges;
use super::Engine;
use super::event::LogLevel;
use super::header_line::HeaderLine;

/// The header of the request.
const AUTHORIZATION: &str = "Authorization";

/// The value of `Authorization` for Basic (RFC 7617, section 2).
pub(super) fn basic([user, password]: &[String; 2]) -> String {
    format!("Basic {}", BASE64.encode(format!("{user}:{password}").as_bytes()))
}

/// How often one request is answered with a new proof: the nonce of the last one may have become stale.
const PROOFS: u32 = 3;

/// A request that a server has answered with 401.
pub(super) struct Refused<'a> {
    pub(super) session: &'a Session,
    /// The header lines that were prepared for it: with Basic, where that is sent in advance.
    pub(super) headers: &'a [HeaderLine],
    pub(super) verb: &'a str,
    /// Path and query.
    pub(super) target: &'a str,
    /// The values of `WWW-Authenticate`.
    pub(super) asked: &'a [String],
    /// How many proofs it was sent with before.
    pub(super) proofs: u32,
}

impl Engine<'_> {
    /// The `Authorization` of another attempt, which logs in the way that the server asks for. None when nobody logs in,
    /// when Basic is not sent in advance (to another server than the first, or with a header of the connector's own),
    /// when the server does not take the proof, or when genlock speaks none of its schemes: then the log names them.
    pub(super) fn proof(&mut self, refused: &Refused<'_>) -> Option<HeaderLine> {
        let Refused { session, headers, .. } = *refused;
        if session.login != Some(LoginMethod::Credentials) {
            return None;
        }
        let credentials = self.credentials(session.user_name, session.password)?;
        let basic = basic(&credentials);
        if !headers.iter().any(|line| line.is(AUTHORIZATION) && *line.value == *basic) {
            return None;
        }
        let challenges = Challenges::read(refused.asked);
        let Some(digest) = &challenges.digest else {
            self.log_other_schemes(session, &challenges);
            return None;
        };
        if refused.proofs > 0 && (!digest.is_stale || refused.proofs >= PROOFS) {
            return None;
        }
        let [user, password] = &credentials;
        if user.chars().any(char::is_control) {
            self.log(LogLevel::Warning, |_| {
                let id = session.id;
                format!("session {id}: the user's name holds a control character, so Digest can't carry it; remove it")
            });
            return None;
        }
        let mut nonce = [0; 16];
        self.random.fill(&mut nonce);
        let value = digest.respond([user, password], [refused.verb, refused.target], &HEXLOWER.encode(&nonce));
        Some(HeaderLine::secret(AUTHORIZATION, value))
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

/// The lines with the proof in the place of Basic.
pub(super) fn with_proof(headers: &[HeaderLine], proof: Option<&HeaderLine>) -> Vec<HeaderLine> {
    let line = |line: &HeaderLine| proof.filter(|proof| line.is(&proof.name)).unwrap_or(line).clone();
    headers.iter().map(line).collect()
}
