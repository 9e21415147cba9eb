//! What a server asks for with 401 (RFC 9110, section 11.6.1). The grammar is `http-auth`'s.

use http_auth::{ChallengeParser, ChallengeRef};

use super::digest::{Algorithm, Digest};

/// The ways to log in that a server takes.
#[derive(Debug, Default)]
pub(super) struct Challenges {
    /// The best Digest that is spoken here.
    pub(super) digest: Option<Digest>,
    /// Whether Basic is among them.
    pub(super) basic: bool,
    /// The others, for the log.
    others: Vec<String>,
}

impl Challenges {
    /// Reads the values of `WWW-Authenticate`; what can't be read ends its value.
    pub(super) fn read(values: &[String]) -> Self {
        let mut challenges = Self::default();
        for challenge in values.iter().flat_map(|value| ChallengeParser::new(value).map_while(Result::ok)) {
            if challenge.scheme.eq_ignore_ascii_case("Basic") {
                challenges.basic = true;
            } else if !challenge.scheme.eq_ignore_ascii_case("Digest") {
                challenges.others.push(challenge.scheme.to_owned());
            } else if let Some(digest) = digest(&challenge) {
                // RFC 7616, section 3.7: the strongest one.
                let best = challenges.digest.as_ref().map(|best| best.algorithm);
                if best.is_none_or(|best| best < digest.algorithm) {
                    challenges.digest = Some(digest);
                }
            } else {
                let algorithm = parameter(&challenge, "algorithm").unwrap_or_else(|| "MD5".to_owned());
                let kind = parameter(&challenge, "qop").map_or_else(String::new, |qop| format!(", qop {qop}"));
                challenges.others.push(format!("Digest ({algorithm}{kind})"));
            }
        }
        challenges
    }

    /// The schemes, where none of them is spoken here.
    pub(super) fn not_spoken(&self) -> Option<String> {
        let is_spoken = self.basic || self.digest.is_some() || self.others.is_empty();
        (!is_spoken).then(|| self.others.join(", ").escape_debug().to_string())
    }
}

/// The challenge, when all of it is spoken here.
fn digest(challenge: &ChallengeRef<'_>) -> Option<Digest> {
    let text = |name: &str| parameter(challenge, name);
    let word = text("algorithm").unwrap_or_else(|| "MD5".to_owned());
    let (name, is_session) = match word.len().checked_sub("-sess".len()).and_then(|at| word.split_at_checked(at)) {
        Some((name, end)) if end.eq_ignore_ascii_case("-sess") => (name, true),
        _ => (word.as_str(), false),
    };
    let algorithm =
        [Algorithm::Md5, Algorithm::Sha256].into_iter().find(|known| known.name().eq_ignore_ascii_case(name))?;
    let has_qop = match text("qop") {
        Some(qop) if qop.split(',').any(|way| way.trim().eq_ignore_ascii_case("auth")) => true,
        Some(_) => return None,
        None => false, // RFC 2069
    };
    let (realm, nonce, opaque) = (text("realm")?, text("nonce")?, text("opaque"));
    let named = text("algorithm").is_some();
    let is_stale = text("stale").is_some_and(|stale| stale.eq_ignore_ascii_case("true"));
    Some(Digest { realm, nonce, opaque, algorithm, named, is_session, has_qop, is_stale })
}

/// The nonce that the server wants next, from the values of `Authentication-Info` (RFC 7616, section 3.5).
pub(super) fn next_nonce<'a>(mut values: impl Iterator<Item = &'a str>) -> Option<String> {
    values.find_map(|value| {
        // The grammar is that of a challenge without its scheme.
        let value = format!("Digest {value}");
        let info = ChallengeParser::new(&value).next()?.ok()?;
        parameter(&info, "nextnonce").filter(|nonce| !nonce.is_empty())
    })
}

fn parameter(challenge: &ChallengeRef<'_>, name: &str) -> Option<String> {
    let (_, value) = challenge.params.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
    Some(value.to_unescaped())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[&str]) -> Challenges {
        let values: Vec<String> = values.iter().map(|&value| value.to_owned()).collect();
        Challenges::read(&values)
    }

    #[test]
    fn http_40_the_strongest_digest_that_is_spoken_is_taken() {
        for (values, algorithm) in [
            (&[r#"Digest realm="r", nonce="n""#][..], Some(Algorithm::Md5)),
            (
                &[r#"Basic realm="r", digest realm="r", nonce="n", qop="auth-int, AUTH", algorithm=md5-SESS"#],
                Some(Algorithm::Md5),
            ),
            (
                &[r#"Digest realm="r", nonce="n", qop=auth, algorithm=SHA-256"#, r#"Digest realm="r", nonce="n""#],
                Some(Algorithm::Sha256),
            ),
            (&[r#"Digest realm="r", nonce="n", qop="auth-int""#], None),
            (&[r#"Digest realm="r", nonce="n", algorithm=SHA-512-256"#], None),
            (&[r#"Digest realm="r""#], None),
            (&[r#"Digest realm="r"#, "\u{1f43b}", ""], None),
        ] {
            assert_eq!(read(values).digest.map(|digest| digest.algorithm), algorithm, "{values:?}");
        }
    }

    #[test]
    fn http_40_rfc_7616_3_5_the_next_nonce() {
        for (values, nonce) in [
            (&[r#"nextnonce="a\"b""#][..], Some("a\"b")),
            (&[r#"qop=auth, rspauth="x", cnonce="c", nc=00000001, NextNonce="n""#], Some("n")),
            (&["nc=1", "nextnonce=n"], Some("n")),
            (&[r#"nextnonce="""#], None),
            (&["nextnonce"], None),
            (&["", "\u{1f43b}"], None),
            (&[], None),
        ] {
            assert_eq!(next_nonce(values.iter().copied()).as_deref(), nonce, "{values:?}");
        }
    }

    #[test]
    fn http_40_schemes_that_are_not_spoken_have_names() {
        for (values, named) in [
            (&["Negotiate, NTLM"][..], Some("Negotiate, NTLM")),
            (&[r#"Digest realm="r", nonce="n", qop="auth-int""#], Some("Digest (MD5, qop auth-int)")),
            (&[r#"Basic realm="r", NTLM"#], None),
            (&[r#"Digest realm="r", nonce="n", NTLM"#], None),
            (&[], None),
        ] {
            assert_eq!(read(values).not_spoken().as_deref(), named, "{values:?}");
        }
    }
}
