//! The address of a proxy: `[scheme://][user[:password]@]host[:port]`.

use std::fmt;

use http::uri::Authority;
use percent_encoding::percent_decode_str;

use super::ProxyError;

/// The ports of a proxy when nobody names one (RFC 9110, section 4.2.1; RFC 1928, section 3).
const HTTP_PORT: u16 = 80;
const SOCKS_PORT: u16 = 1080;

/// A proxy.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::ws) struct ProxyServer {
    pub(super) kind: Kind,
    /// An IPv6 address without brackets.
    pub(super) host: Box<str>,
    pub(super) port: u16,
    pub(super) credentials: Option<Credentials>,
}

/// What a proxy speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ws) enum Kind {
    /// `CONNECT` (RFC 9110, section 9.3.6).
    Http,
    /// SOCKS5 (RFC 1928).
    Socks5 {
        /// Whether the proxy resolves the name of the device (`socks5h`).
        resolves: bool,
    },
}

/// Who asks.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::ws) struct Credentials {
    pub(super) user: String,
    pub(super) password: String,
}

impl ProxyServer {
    /// Reads an address. `credentials` win over those in it.
    pub(super) fn parse(text: &str, credentials: Option<Credentials>) -> Result<Self, ProxyError> {
        let text = text.trim();
        let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
        let (rest, _) = rest.split_once(['/', '?', '#']).unwrap_or((rest, ""));
        let (userinfo, authority) = rest.rsplit_once('@').map_or((None, rest), |(user, host)| (Some(user), host));
        let scheme = scheme.to_ascii_lowercase();
        let unusable =
            |why| ProxyError::Address { address: format!("{scheme}://{authority}").escape_debug().to_string(), why };
        let kind = match scheme.as_str() {
            "http" => Kind::Http,
            "socks5" => Kind::Socks5 { resolves: false },
            "socks5h" => Kind::Socks5 { resolves: true },
            "https" => return Err(unusable("TLS to the proxy itself is not spoken; name its http:// port")),
            "socks" | "socks4" | "socks4a" => {
                return Err(unusable("SOCKS4 is not spoken; use socks5:// or socks5h://"));
            }
            _ => return Err(unusable("its scheme is none of http, socks5 and socks5h")),
        };
        let host_and_port: Authority =
            authority.parse().map_err(|_| unusable("it is no address; write http://host:port"))?;
        let host = host_and_port.host().trim_start_matches('[').trim_end_matches(']');
        if host.is_empty() {
            return Err(unusable("it has no host"));
        }
        let digits = authority.rsplit_once(':').filter(|(_, port)| !port.contains(']')).map(|(_, port)| port);
        let port = match (digits.map(str::parse::<u16>), kind) {
            (None, Kind::Http) => HTTP_PORT,
            (None, Kind::Socks5 { .. }) => SOCKS_PORT,
            (Some(Ok(port)), _) if port > 0 => port,
            (Some(_), _) => return Err(unusable("its port is outside 1 to 65535")),
        };
        let credentials = credentials.or_else(|| userinfo.map(Credentials::of_address));
        if let Some(why) = credentials.as_ref().and_then(|credentials| credentials.fault(kind)) {
            return Err(unusable(why));
        }
        Ok(Self { kind, host: host.into(), port, credentials })
    }
}

impl From<[String; 2]> for Credentials {
    fn from([user, password]: [String; 2]) -> Self {
        Self { user, password }
    }
}

impl Credentials {
    /// What stands before the `@`, percent-encoded (RFC 3986, section 3.2.1).
    fn of_address(userinfo: &str) -> Self {
        let (user, password) = userinfo.split_once(':').unwrap_or((userinfo, ""));
        let decoded = |text| percent_decode_str(text).decode_utf8_lossy().into_owned();
        Self { user: decoded(user), password: decoded(password) }
    }

    /// What keeps them from being sent (RFC 7617, section 2; RFC 1929, section 2).
    fn fault(&self, kind: Kind) -> Option<&'static str> {
        let Self { user, password } = self;
        let controls = || user.chars().chain(password.chars()).any(char::is_control);
        match kind {
            Kind::Http if user.contains(':') => Some("the user has a `:` in its name, which Basic has no room for"),
            Kind::Http if controls() => Some("the user or the password holds a control character; remove it"),
            Kind::Socks5 { .. } if !(1..=255).contains(&user.len()) || !(1..=255).contains(&password.len()) => {
                Some("SOCKS5 has room for users and passwords of 1 to 255 bytes")
            }
            _ => None,
        }
    }
}

impl fmt::Display for ProxyServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.kind {
            Kind::Http => "http",
            Kind::Socks5 { resolves: false } => "socks5",
            Kind::Socks5 { resolves: true } => "socks5h",
        };
        if self.host.contains(':') {
            write!(f, "{scheme}://[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{scheme}://{}:{}", self.host, self.port)
        }
    }
}

impl fmt::Debug for ProxyServer {
    /// User and password stay out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProxyServer({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Kind, host, port, user and password of an address that can be used.
    fn parsed(text: &str) -> (Kind, String, u16, Option<[String; 2]>) {
        let ProxyServer { kind, host, port, credentials } = ProxyServer::parse(text, None).expect(text);
        (kind, host.into(), port, credentials.map(|Credentials { user, password }| [user, password]))
    }

    #[test]
    fn every_form_of_an_address_is_read() {
        let (here, there) = (Kind::Socks5 { resolves: false }, Kind::Socks5 { resolves: true });
        let who = |user: &str, password: &str| Some([user.to_owned(), password.to_owned()]);
        for (text, kind, host, port, credentials) in [
            ("proxy:3128", Kind::Http, "proxy", 3128, None),
            ("proxy", Kind::Http, "proxy", 80, None),
            (" HTTP://proxy:3128/ ", Kind::Http, "proxy", 3128, None),
            ("http://[::1]:3128", Kind::Http, "::1", 3128, None),
            ("socks5://10.0.0.1", here, "10.0.0.1", 1080, None),
            ("socks5h://jump:9", there, "jump", 9, None),
            ("http://us%40er:p%3Aw@proxy:1", Kind::Http, "proxy", 1, who("us@er", "p:w")),
            ("user:p@ss@proxy:1", Kind::Http, "proxy", 1, who("user", "p@ss")),
            ("user@proxy:1", Kind::Http, "proxy", 1, who("user", "")),
        ] {
            assert_eq!(parsed(text), (kind, host.to_owned(), port, credentials), "{text}");
        }
    }

    #[test]
    fn an_address_that_cannot_be_used_says_why_and_shows_no_password() {
        for (text, why) in [
            ("https://u:secret@proxy", "the proxy `https://proxy` cannot be used: TLS to the proxy itself"),
            ("socks4://u:secret@proxy", "SOCKS4 is not spoken"),
            ("socks4a://proxy", "SOCKS4 is not spoken"),
            ("ftp://proxy", "its scheme is none of"),
            ("http://u:secret@", "it is no address"),
            ("http://two words", "it is no address"),
            ("http://:3128", "it has no host"),
            ("proxy:0", "its port is outside"),
            ("proxy:65536", "its port is outside"),
            ("proxy:port", "its port is outside"),
            ("http://u:secret%0d%0a@proxy", "holds a control character"),
            ("http://a%3Ab:secret@proxy", "which Basic has no room for"),
            ("socks5://user@proxy", "1 to 255 bytes"),
        ] {
            let error = ProxyServer::parse(text, None).expect_err(text).to_string();
            assert!(error.contains(why), "{text}: {error}");
            assert!(!error.contains("secret"), "{error}");
        }
    }
}
