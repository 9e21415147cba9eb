//! Addresses: `[scheme://]host[:port][/path]`, as operators and dynamic-ip parameters write them (CONN-49).

use std::borrow::Cow;

use http::Uri;

use crate::error::Reason;

/// The ports of a scheme when nobody names one (CONN-50).
const PORT: u16 = 80;
const SECURE_PORT: u16 = 443;

/// An address, as far as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::engine) struct Address {
    /// Whether the scheme asks for TLS; `None` without a scheme.
    pub(in crate::engine) secure: Option<bool>,
    pub(in crate::engine) host: Box<str>,
    pub(in crate::engine) port: Option<u16>,
    /// Path and query, beginning with `/`.
    pub(in crate::engine) path: Option<Box<str>>,
    /// Whether the path is that of a password parameter (PARAM-169).
    pub(in crate::engine) is_secret: bool,
}

impl Address {
    /// Reads an address; the reason says what is wrong with it. Of a secret one it does not say what it is.
    pub(in crate::engine) fn parse(text: &str, is_secret: bool) -> Result<Self, Reason> {
        let refused = |why: &str| {
            Reason::Address(Cow::Owned(if is_secret {
                format!("the address in the password parameter {why}")
            } else {
                format!("`{}` {why}", shown(text).escape_debug())
            }))
        };
        let text_trimmed = text.trim();
        let (scheme, rest) = match text_trimmed.split_once("://") {
            Some((scheme, rest)) => (Some(scheme), rest),
            None => (None, text_trimmed),
        };
        let secure = match scheme.map(str::to_ascii_lowercase).as_deref() {
            None => None,
            Some("ws" | "http") => Some(false),
            Some("wss" | "https") => Some(true),
            Some(_) => return Err(refused("has a scheme other than ws, wss, http and https")),
        };
        let uri: Uri =
            format!("ws://{rest}").parse().map_err(|_| refused("is no address; write ws://host:port/path"))?;
        let authority = uri.authority().ok_or_else(|| refused("has no host"))?;
        if authority.as_str().contains('@') {
            return Err(refused("holds a user name, which an address here can't"));
        }
        let port = match authority.as_str().rsplit_once(':').filter(|(_, port)| !port.contains(']')) {
            None => None,
            Some((_, digits)) => match digits.parse::<u16>() {
                Ok(port) if port > 0 => Some(port),
                _ => return Err(refused("has a port outside 1 to 65535")),
            },
        };
        let host = authority.host().trim_start_matches('[').trim_end_matches(']');
        if host.is_empty() {
            return Err(refused("has no host"));
        }
        let path = uri.path_and_query().map(http::uri::PathAndQuery::as_str).filter(|path| *path != "/");
        // RFC 6455, section 3: a query without a path is one of `/`.
        let path = path.map(|path| if path.starts_with('/') { path.into() } else { format!("/{path}").into() });
        Ok(Self { secure, host: host.into(), port, path, is_secret })
    }

    /// Whether to use TLS: the scheme decides (CONN-51); without one, port 443 means TLS (CONN-70).
    pub(in crate::engine) fn is_secure(&self, port: Option<u16>) -> bool {
        self.secure.unwrap_or(port == Some(SECURE_PORT))
    }

    /// The port to use when none is given anywhere.
    pub(in crate::engine) fn default_port(secure: bool) -> u16 {
        if secure { SECURE_PORT } else { PORT }
    }
}

/// The part of an address that may be shown: a query may hold an access token, and what stands before an `@` a password.
fn shown(text: &str) -> &str {
    let text = text.split(['?', '#']).next().unwrap_or_default();
    text.rsplit_once('@').map_or(text, |(_, host)| host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(secure: Option<bool>, host: &str, port: Option<u16>, path: Option<&str>) -> Address {
        Address { secure, host: host.into(), port, path: path.map(Into::into), is_secret: false }
    }

    #[test]
    fn conn_49_every_form_of_an_address_is_read() {
        for (text, expected) in [
            (
                "ws://127.0.0.1:8050/x-nmos/events/ws",
                address(Some(false), "127.0.0.1", Some(8050), Some("/x-nmos/events/ws")),
            ),
            ("wss://device", address(Some(true), "device", None, None)),
            ("HTTPS://device/", address(Some(true), "device", None, None)),
            ("http://device:1/a?b=c", address(Some(false), "device", Some(1), Some("/a?b=c"))),
            ("ws://device?token=1", address(Some(false), "device", None, Some("/?token=1"))),
            ("10.0.0.1:9000", address(None, "10.0.0.1", Some(9000), None)),
            ("device", address(None, "device", None, None)),
            ("device/path", address(None, "device", None, Some("/path"))),
            (" device ", address(None, "device", None, None)),
            ("ws://[::1]:8050/", address(Some(false), "::1", Some(8050), None)),
            ("[::1]", address(None, "::1", None, None)),
        ] {
            assert_eq!(Address::parse(text, false), Ok(expected), "{text}");
        }
    }

    #[test]
    fn conn_60_an_unusable_address_says_why() {
        for (text, why) in [
            ("ftp://device", "scheme"),
            ("ws://", "no address"),
            ("ws://device:0", "port"),
            ("ws://device:65536", "port"),
            ("ws://device:x", "port"),
            ("ws://user@device", "user name"),
            ("two words", "no address"),
            ("device\r\nHost: other", "no address"),
        ] {
            let reason = Address::parse(text, false).expect_err(text).to_string();
            assert!(reason.contains(why), "{text}: {reason}");
        }
    }

    #[test]
    fn a_refused_address_shows_no_secret() {
        for text in [
            "ws://device:0/path?access_token=secret",
            "ws://user:secret@device",
            "device:x#secret",
            "ftp://u:secret@d?secret",
        ] {
            let reason = Address::parse(text, false).expect_err(text).to_string();
            assert!(!reason.contains("secret"), "{reason}");
        }
        let reason = Address::parse("ws://device:0/xyzzy", true).expect_err("port 0").to_string();
        assert!(reason.contains("port") && !reason.contains("device") && !reason.contains("xyzzy"), "{reason}");
    }
}
