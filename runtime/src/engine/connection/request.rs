//! The opening request: where to, which path, which headers (CONN-20 to CONN-62).

use std::borrow::Cow;
use std::fmt::Write as _;

use genlock_spec::{ConnectionIndex, Source};

use super::super::Engine;
use super::super::destination::Destination;
use super::super::event::LogLevel;
use super::super::header_line::HeaderLine;
use super::super::opening::OpeningRequest;
use super::access::Access;
use super::address::Address;
use crate::error::Reason;
use crate::settings::Compression;

/// Header lines that the runtime writes itself (CONN-42).
const OWNED: [&str; 5] = ["Host", "Upgrade", "Connection", "Sec-WebSocket-Key", "Sec-WebSocket-Version"];

/// Where extensions are offered, and what of permessage-deflate browsers offer: that the server may limit our window
/// (RFC 7692, section 7.1.2.2).
const EXTENSIONS: &str = "Sec-WebSocket-Extensions";
const OFFER: &str = "permessage-deflate; client_max_window_bits";

impl Engine<'_> {
    /// The request of the next attempt, from the values that the parameters have now.
    pub(super) fn opening_request(&mut self, connection: ConnectionIndex) -> Result<OpeningRequest, Reason> {
        let mut address = self.target(connection)?;
        if let Some((path, is_secret)) = self.session_path(connection) {
            if path.contains("://") {
                address = Address::parse(&path, is_secret)?; // CONN-35: an absolute URL replaces host, port and path
            } else {
                address.is_secret = is_secret;
                address.path = Some(format!("/{}", path.trim_start_matches('/')).into()); // CONN-33, CONN-62
            }
        }
        let port = address.port.or(self.options.connections[connection].port);
        let secure = address.is_secure(port);
        let port = port.unwrap_or(Address::default_port(secure));
        let path = escape_path(address.path.as_deref().unwrap_or("/"))?;
        let path_is_secret = address.is_secret && path != "/";
        let mut lines = self.session_headers(connection)?;
        offer_compression(self.options.connections[connection].compression, &mut lines);
        let session = self.spec.connection(connection).handshake_session.map(|session| self.spec.session(session));
        let own = lines.iter().any(|line| line.is("Authorization"));
        let access = session.map_or_else(|| Ok(Access::default()), |session| self.session_access(session, own))?;
        let Access { authorization, proxy, certificate } = access;
        let to = Destination { secure, host: address.host, port, proxy, certificate };
        // CONN-20
        let mut headers = vec![
            HeaderLine::new("Host", to.host_line()),
            HeaderLine::new("Upgrade", "websocket"),
            HeaderLine::new("Connection", "Upgrade"),
            HeaderLine::new("Sec-WebSocket-Key", ""),
            HeaderLine::new("Sec-WebSocket-Version", "13"),
        ];
        headers.extend(lines);
        headers.extend(authorization.map(|value| HeaderLine::secret("Authorization", value)));
        let mut request = OpeningRequest { to, path: path.into(), path_is_secret, headers, key: Box::default() };
        self.renew_key(&mut request);
        Ok(request)
    }

    /// CONN-23: the dynamic-ip parameter when it is filled in, else the operator's host. What the parameter leaves out
    /// comes from the operator's settings, but for the scheme (CONN-49 to CONN-51).
    pub(in crate::engine) fn target(&self, connection: ConnectionIndex) -> Result<Address, Reason> {
        let dynamic = self.spec.connection(connection).dynamic_ip;
        let text = dynamic.and_then(|param| self.value(param)).map(crate::value::Value::to_text);
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            return Address::parse(&text, dynamic.is_some_and(|param| self.is_secret(param))); // CONN-58
        }
        match &self.options.connections[connection].host {
            Some(host) => Address::parse(host, false),
            None => Err(Reason::Address(match dynamic {
                Some(param) => {
                    let pid = self.spec.param(param).pid;
                    let why =
                        format!("the settings name no host, and parameter {pid} holds no address; set one of them");
                    Cow::Owned(why)
                }
                None => Cow::Borrowed("the settings name no host; set one"),
            })),
        }
    }

    /// The path that the handshake session gives, unless it is empty (CONN-62), and whether it is a secret.
    fn session_path(&self, connection: ConnectionIndex) -> Option<(String, bool)> {
        let source = self.spec.request(self.spec.connection(connection).handshake?).path;
        let path = self.read_source(source).filter(|path| !path.is_empty())?;
        Some((path, self.comes_from_secret(source)))
    }

    /// The session's headers, which come behind the standard ones (CONN-37).
    fn session_headers(&mut self, connection: ConnectionIndex) -> Result<Vec<HeaderLine>, Reason> {
        let mut headers = Vec::new();
        let Some(request) = self.spec.connection(connection).handshake else { return Ok(headers) };
        let row = self.spec.request(request);
        for header in self.spec.headers_of(row.headers) {
            let key = self.spec.text(header.key);
            if OWNED.iter().any(|owned| owned.eq_ignore_ascii_case(key)) {
                self.log(LogLevel::Warning, |_| {
                    format!(
                        "session {} sets the header {key}, which the runtime writes itself; its value is not sent",
                        row.session
                    )
                });
                continue;
            }
            // CONN-44: an empty header is left out.
            let Some(value) = self.read_source(header.value).filter(|value| !value.is_empty()) else { continue };
            if let Some(control) = value.chars().find(|char| char.is_control() && *char != '\t') {
                return Err(Reason::Request(Cow::Owned(format!(
                    "the value of header {key} (session {}) holds the control character {}; remove it",
                    row.session,
                    control.escape_default()
                )))); // CONN-43
            }
            let secret = self.comes_from_secret(header.value);
            headers.push(HeaderLine { name: key.into(), value: value.into(), secret });
        }
        Ok(headers)
    }

    pub(in crate::engine) fn read_source(&self, source: Source) -> Option<String> {
        match source {
            Source::None => None,
            Source::Literal(text) => Some(self.spec.text(text).to_owned()),
            Source::Param(param) => self.value(param).map(|value| value.to_text().into()),
        }
    }
}

/// Offers permessage-deflate, or takes the offer back, as the operator wants it.
fn offer_compression(compression: Compression, headers: &mut Vec<HeaderLine>) {
    let is_offer = |line: &HeaderLine| line.is(EXTENSIONS);
    match compression {
        Compression::Declared => {}
        Compression::Offered if headers.iter().any(is_offer) => {}
        Compression::Offered => headers.push(HeaderLine::new(EXTENSIONS, OFFER)),
        Compression::Off => headers.retain(|header| !is_offer(header)),
    }
}

/// The path as it goes into the request line: nothing that breaks the line is left in it (CONN-43, HTTP-09). A
/// fragment is not part of a WebSocket address (RFC 6455, section 3).
fn escape_path(path: &str) -> Result<String, Reason> {
    let mut escaped = String::with_capacity(path.len());
    for char in path.chars() {
        match char {
            control if control.is_control() => {
                return Err(Reason::Request(Cow::Owned(format!(
                    "the path holds the control character {}; remove it",
                    control.escape_default()
                ))));
            }
            '#' => return Err(Reason::Request(Cow::Borrowed("the path holds a `#`; write %23 if it is meant"))),
            ' ' | '\u{80}'.. => {
                let mut buffer = [0; 4];
                for byte in char.encode_utf8(&mut buffer).bytes() {
                    // Writing to a String can't fail.
                    let _ = write!(escaped, "%{byte:02X}");
                }
            }
            char => escaped.push(char),
        }
    }
    Ok(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_09_what_breaks_the_request_line_is_escaped() {
        assert_eq!(escape_path("/a b/ü?q=1").as_deref(), Ok("/a%20b/%C3%BC?q=1"));
        assert_eq!(escape_path("/a%20b").as_deref(), Ok("/a%20b"));
    }

    #[test]
    fn conn_43_control_characters_in_a_path_are_refused() {
        for path in ["/a\r\nX: y", "/a\0", "/a\tb", "/a#b"] {
            assert!(escape_path(path).is_err(), "{path:?}");
        }
    }
}
