//! Digest (RFC 7616): a proof of the password instead of the password. The hashes are libraries'; what they are made of
//! stands here, because the client's nonce is the engine's random and not one of a library.

use std::borrow::Cow;
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

/// One use of a nonce.
#[derive(Clone, Copy)]
pub(super) struct Use<'a> {
    pub(super) user: &'a str,
    /// What stands for name and password: [`Digest::secret`].
    pub(super) secret: &'a str,
    pub(super) verb: &'a str,
    /// Path and query.
    pub(super) target: &'a str,
    /// How often the nonce was used, this time included.
    pub(super) count: u32,
    pub(super) client_nonce: &'a str,
}

impl Digest {
    /// What stands for name and password (section 3.4.2).
    pub(super) fn secret(&self, [user, password]: &[String; 2]) -> String {
        self.algorithm.hash(&format!("{user}:{}:{password}", self.realm))
    }

    /// The value of `Authorization` (section 3.4).
    pub(super) fn respond(&self, this: Use<'_>) -> String {
        let hash = |text: String| self.algorithm.hash(&text);
        let Self { realm, nonce, .. } = self;
        let Use { user, verb, target, count, client_nonce, .. } = this;
        let mut secret = Cow::Borrowed(this.secret);
        if self.is_session {
            secret = hash(format!("{secret}:{nonce}:{client_nonce}")).into();
        }
        let request = hash(format!("{verb}:{target}"));
        let response = if self.has_qop {
            hash(format!("{secret}:{nonce}:{count:08x}:{client_nonce}:auth:{request}"))
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
            let _ = write!(value, ", qop=auth, nc={count:08x}");
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

    const CLIENT_NONCE: &str = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

    fn respond(challenge: &Digest, [user, password]: [&str; 2], target: &str, count: u32) -> String {
        let secret = challenge.secret(&[user.to_owned(), password.to_owned()]);
        challenge.respond(Use { user, secret: &secret, verb: "GET", target, count, client_nonce: CLIENT_NONCE })
    }

    fn response(challenge: &Digest) -> String {
        let value = respond(challenge, ["Mufasa", "Circle of Life"], "/dir/index.html", 1);
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
        assert_eq!(
            respond(&challenge(Algorithm::Md5), ["Mufasa", "Circle of Life"], "/dir/index.html", 1),
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
        let value = respond(&plain, ["a\"b", "c"], "/", 1);
        assert!(value.starts_with("Digest username=\"a\\\"b\", "), "{value}");
        for absent in ["qop", "nc=", "cnonce", "algorithm", "opaque"] {
            assert!(!value.contains(absent), "{absent}: {value}");
        }
        let session = Digest { is_session: true, ..challenge(Algorithm::Sha256) };
        assert!(respond(&session, ["a", "b"], "/", 1).contains("algorithm=SHA-256-sess, "));
        assert_ne!(response(&session), response(&challenge(Algorithm::Sha256)));
    }

    #[test]
    fn http_40_rfc_7616_3_4_a_nonce_is_counted_in_eight_hexadecimal_digits() {
        for (count, digits) in [(1, "00000001"), (10, "0000000a"), (u32::MAX, "ffffffff")] {
            let value = respond(&challenge(Algorithm::Md5), ["a", "b"], "/", count);
            assert!(value.contains(&format!(", nc={digits}, ")), "{value}");
        }
        let [first, second] = [1, 2].map(|count| {
            respond(&challenge(Algorithm::Md5), ["a", "b"], "/", count).replace("nc=00000002", "nc=00000001")
        });
        assert_ne!(first, second, "the count is part of the proof");
    }
}
