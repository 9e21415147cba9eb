//! Digest (RFC 7616): a proof of the password instead of the password. The hashes are libraries'; what they are made of
//! stands here, because the client's nonce is the engine's random and not one of a library.

use std::fmt::Write as _;

use data_encoding::HEXLOWER;
use md5::Md5;
use sha2::{Digest as _, Sha256};

/// What the server's challenge says.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "four facts that do not exclude each other")]
pub(super) struct Digest {
    pub(super) realm: String,
    pub(super) nonce: String,
    pub(super) opaque: Option<String>,
    pub(super) algorithm: Algorithm,
    /// Whether the server names the algorithm.
    pub(super) named: bool,
    /// `-sess`: the nonces are part of what stands for the password.
    pub(super) is_session: bool,
    /// Whether the server takes `qop=auth`; without, it speaks RFC 2069.
    pub(super) has_qop: bool,
    /// Whether only the nonce of the last proof was wrong.
    pub(super) is_stale: bool,
}

/// From the weakest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Algorithm {
    Md5,
    Sha256,
}

impl Algorithm {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Sha256 => "SHA-256",
        }
    }

    fn hash(self, text: &str) -> String {
        match self {
            Self::Md5 => HEXLOWER.encode(Md5::digest(text).as_slice()),
            Self::Sha256 => HEXLOWER.encode(Sha256::digest(text).as_slice()),
        }
    }
}

/// How often a nonce was used: each is answered once.
const COUNT: &str = "00000001";

impl Digest {
    /// The value of `Authorization` (section 3.4). `client_nonce` is new.
    pub(super) fn respond(&self, [user, password]: [&str; 2], [verb, target]: [&str; 2], client_nonce: &str) -> String {
        let hash = |text: String| self.algorithm.hash(&text);
        let Self { realm, nonce, .. } = self;
        let mut secret = hash(format!("{user}:{realm}:{password}"));
        if self.is_session {
            secret = hash(format!("{secret}:{nonce}:{client_nonce}"));
        }
        let request = hash(format!("{verb}:{target}"));
        let response = if self.has_qop {
            hash(format!("{secret}:{nonce}:{COUNT}:{client_nonce}:auth:{request}"))
        } else {
            hash(format!("{secret}:{nonce}:{request}"))
        };
        let mut value = format!(
            "Digest username={}, realm={}, nonce={}, uri={}, response=\"{response}\"",
            quoted(user),
            quoted(realm),
            quoted(nonce),
            quoted(target)
        );
        // Writing to a String can't fail.
        if self.named {
            let session = if self.is_session { "-sess" } else { "" };
            let _ = write!(value, ", algorithm={}{session}", self.algorithm.name());
        }
        if let Some(opaque) = &self.opaque {
            let _ = write!(value, ", opaque={}", quoted(opaque));
        }
        if self.has_qop {
            let _ = write!(value, ", qop=auth, nc={COUNT}");
        }
        if self.has_qop || self.is_session {
            let _ = write!(value, ", cnonce=\"{client_nonce}\"");
        }
        value
    }
}

/// RFC 9110, section 5.6.4
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn challenge(algorithm: Algorithm) -> Digest {
        Digest {
            realm: "http-auth@example.org".to_owned(),
            nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v".to_owned(),
            opaque: Some("FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS".to_owned()),
            algorithm,
            named: true,
            is_session: false,
            has_qop: true,
            is_stale: false,
        }
    }

    fn response(challenge: &Digest) -> String {
        let nonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
        let value = challenge.respond(["Mufasa", "Circle of Life"], ["GET", "/dir/index.html"], nonce);
        value.split("response=\"").nth(1).and_then(|rest| rest.split('"').next()).expect(&value).to_owned()
    }

    #[test]
    fn http_40_rfc_7616_3_9_1_examples() {
        assert_eq!(response(&challenge(Algorithm::Md5)), "8ca523f5e9506fed4657c9700eebdbec");
        let sha = "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1";
        assert_eq!(response(&challenge(Algorithm::Sha256)), sha);
    }

    #[test]
    fn http_40_the_whole_header_is_as_the_rfc_shows_it() {
        let nonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
        let value = challenge(Algorithm::Md5).respond(["Mufasa", "Circle of Life"], ["GET", "/dir/index.html"], nonce);
        assert_eq!(
            value,
            "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", \
             nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", uri=\"/dir/index.html\", \
             response=\"8ca523f5e9506fed4657c9700eebdbec\", algorithm=MD5, \
             opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\", qop=auth, nc=00000001, \
             cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\""
        );
    }

    #[test]
    fn http_40_rfc_2069_servers_and_sessions_are_answered_their_way() {
        let plain = Digest { has_qop: false, opaque: None, named: false, ..challenge(Algorithm::Md5) };
        let value = plain.respond(["a\"b", "c"], ["GET", "/"], "n");
        assert!(value.starts_with("Digest username=\"a\\\"b\", "), "{value}");
        for absent in ["qop", "nc=", "cnonce", "algorithm", "opaque"] {
            assert!(!value.contains(absent), "{absent}: {value}");
        }
        let session = Digest { is_session: true, ..challenge(Algorithm::Sha256) };
        assert!(session.respond(["a", "b"], ["GET", "/"], "n").contains("algorithm=SHA-256-sess, "));
        assert_ne!(response(&session), response(&challenge(Algorithm::Sha256)));
    }
}
