//! Who may ask for what: the check before every request.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;

use super::{InspectorError, Shared};

/// The header that scripts of the page send with what changes something: no form, and no page of another site, can.
pub(super) const OWN: &str = "x-genlock";

/// What decides on requests.
pub(super) struct Guard {
    address: SocketAddr,
    token: Option<String>,
    hosts: Vec<String>,
    /// What the cookie of who gave the token holds.
    session: String,
    /// Its name has the port in it, because browsers send cookies to all ports of a host.
    cookie: String,
}

impl Guard {
    /// An error says that the operating system gives no randomness for the cookie.
    pub(super) fn new(address: SocketAddr, token: Option<String>, hosts: Vec<String>) -> Result<Self, InspectorError> {
        let session = secret(getrandom::fill)?;
        Ok(Self { address, token, hosts, session, cookie: format!("genlock_{}", address.port()) })
    }

    /// Whether who opens the page is asked for a token.
    pub(super) fn needs_token(&self) -> bool {
        self.token.is_some()
    }

    /// Whether this is the token, compared in a time that does not tell where it differs.
    pub(super) fn is_token(&self, given: &str) -> bool {
        self.token.as_deref().is_none_or(|token| same(token, given))
    }

    /// The cookie that stands for the token. `SameSite` keeps it from requests that other sites cause.
    pub(super) fn cookie(&self) -> String {
        format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie, self.session)
    }

    /// What takes the cookie away.
    pub(super) fn no_cookie(&self) -> String {
        format!("{}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0", self.cookie)
    }

    /// Whether who asks has given the token.
    pub(super) fn is_known(&self, headers: &HeaderMap) -> bool {
        let Some(token) = &self.token else { return true };
        let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        if let Some(given) = bearer.and_then(|value| value.strip_prefix("Bearer ")) {
            return same(token, given.trim());
        }
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.any(|(name, value)| name == self.cookie && same(&self.session, value))
    }

    /// Whether the name that was asked for is one of this page's. A page elsewhere whose name points here is refused.
    fn is_host(&self, host: &str) -> bool {
        let name = host_name(host).to_ascii_lowercase();
        if name == "localhost" || self.hosts.contains(&name) {
            return true;
        }
        let Ok(ip) = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() else { return false };
        // A loopback page has no business under another address; elsewhere an address cannot be made to point here.
        ip.is_loopback() || !self.address.ip().is_loopback()
    }

    /// Why a request is refused before anybody looks at who sent it.
    fn refusal(&self, request: &Request) -> Option<&'static str> {
        let headers = request.headers();
        let text = |name: &HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
        let Some(host) = text(&header::HOST) else { return Some("the request names no host") };
        if !self.is_host(host) {
            return Some("the page is not served under this name; the driver allows names by `Settings::host`");
        }
        if let Some(origin) = text(&header::ORIGIN) {
            // Behind a proxy with TLS the origin is `https`.
            let own = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
            if own.is_none_or(|own| !own.eq_ignore_ascii_case(host)) {
                return Some("the request comes from a page of another site");
            }
        }
        let site = text(&HeaderName::from_static("sec-fetch-site"));
        let is_page = request.uri().path() == "/" && request.method() == Method::GET;
        if !is_page && site.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
            return Some("the request comes from a page of another site");
        }
        let changes = !matches!(*request.method(), Method::GET | Method::HEAD);
        if changes && !headers.contains_key(OWN) {
            return Some("what changes something must have the header `X-Genlock: 1`");
        }
        None
    }
}

/// The check before every request, and the headers of every answer.
pub(super) async fn guard(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let guard = &shared.guard;
    let is_open = is_open(request.uri().path());
    let mut response = if let Some(reason) = guard.refusal(&request) {
        (StatusCode::FORBIDDEN, format!("{reason}\n")).into_response()
    } else if !is_open && !guard.is_known(request.headers()) {
        (StatusCode::UNAUTHORIZED, "give the token first\n").into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    for (name, value) in SECURITY {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

/// What who has not given the token gets as well: the page, which asks for it, without any of an element.
fn is_open(path: &str) -> bool {
    path == "/" || path == "/api/session" || path.starts_with("/assets/")
}

/// The headers of every answer: nothing from elsewhere, no script or style but the page's own files, in no frame.
const SECURITY: [(&str, &str); 8] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    // Another version of the driver has other files under the same names.
    ("cache-control", "no-store"),
];

/// A host without its port.
fn host_name(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) && !name.ends_with(':') => name,
        _ => host,
    }
}

/// Whether two texts are the same; the time says no more than their lengths.
fn same(left: &str, right: &str) -> bool {
    let differing = left.bytes().zip(right.bytes()).fold(0, |differing, (left, right)| differing | (left ^ right));
    left.len() == right.len() && std::hint::black_box(differing) == 0
}

/// 256 bits that nobody guesses, of the operating system's randomness: no element's seed is asked for this.
fn secret(fill: impl FnOnce(&mut [u8]) -> Result<(), getrandom::Error>) -> Result<String, InspectorError> {
    let mut bytes = [0; 32];
    fill(&mut bytes).map_err(|error| InspectorError::NoRandomness(io::Error::from(error)))?;
    Ok(HEXLOWER.encode(&bytes))
}

#[cfg(test)]
mod tests {
    use super::{Guard, host_name, same, secret};

    #[test]
    fn hosts_lose_their_port() {
        assert_eq!(host_name("127.0.0.1:80"), "127.0.0.1");
        assert_eq!(host_name("[::1]:8080"), "[::1]");
        assert_eq!(host_name("[::1]"), "[::1]");
        assert_eq!(host_name("localhost"), "localhost");
    }

    #[test]
    fn names_that_only_point_here_are_refused() {
        let own = Guard::new("127.0.0.1:80".parse().unwrap(), None, vec!["driver.example".to_owned()]).unwrap();
        for host in ["localhost:80", "127.0.0.1", "[::1]:80", "Driver.Example", "127.1.2.3:9"] {
            assert!(own.is_host(host), "{host}");
        }
        for host in ["evil.example", "localhost.evil.example", "10.0.0.1", "", "127.0.0.1.evil.example"] {
            assert!(!own.is_host(host), "{host}");
        }
        let open = Guard::new("0.0.0.0:80".parse().unwrap(), None, Vec::new()).unwrap();
        assert!(open.is_host("10.0.0.1:80") && !open.is_host("evil.example"));
    }

    #[test]
    fn secrets_are_compared_whole_and_differ() {
        assert!(same("abc", "abc") && !same("abc", "abd") && !same("abc", "ab") && !same("", "a"));
        let one = secret(getrandom::fill).unwrap();
        assert!(one.len() == 64 && one != secret(getrandom::fill).unwrap());
    }

    #[test]
    fn without_randomness_there_is_no_secret() {
        let error = secret(|_| Err(getrandom::Error::UNSUPPORTED)).unwrap_err();
        assert!(error.to_string().contains("no randomness"), "{error}");
    }
}
