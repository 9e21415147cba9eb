//! The values of requests, fixed when their group is queued (HTTP-04, GRP-16).

use std::collections::VecDeque;
use std::fmt::Write as _;

use bytes::Bytes;
use genlock_spec::{Body, GroupIndex, GroupKind, Header, Request, RequestIndex, Rows, SessionItem, Source};

use super::super::Engine;
use super::super::header_line::HeaderLine;
use crate::error::Reason;

/// A request whose values do not change any more; where it goes is looked up when it is sent.
#[derive(Debug)]
pub(in crate::engine) struct Prepared {
    pub(super) request: RequestIndex,
    pub(super) verb: Box<str>,
    /// A path with its query, or a whole address; escaped.
    pub(super) url: String,
    pub(super) headers: Vec<HeaderLine>,
    pub(super) body: Bytes,
    pub(super) secret: bool,
    /// Why it can't be sent.
    pub(super) fault: Option<Reason>,
}

/// Header lines that follow from the message and from nothing else.
const OWNED: [&str; 2] = ["Content-Length", "Transfer-Encoding"];
/// HTTP-10
const USUAL: [(&str, &str); 3] =
    [("Accept-Encoding", "gzip, deflate"), ("User-Agent", "DataMiner/1.0"), ("Connection", "Keep-Alive")];

impl Engine<'_> {
    /// The requests of each session of a group, when it has sessions.
    pub(in crate::engine) fn prepare_sessions(&self, group: GroupIndex) -> VecDeque<VecDeque<Prepared>> {
        let row = self.spec.group(group);
        if row.kind != GroupKind::PollSessions {
            return VecDeque::new();
        }
        let items = self.spec.items_of(row.items).iter();
        items.map(|item| self.prepare(self.spec.session_item(item.session()))).collect()
    }

    /// All requests of a session, or the one that the group names (GRP-15).
    fn prepare(&self, item: &SessionItem) -> VecDeque<Prepared> {
        let Rows { start, len, .. } = self.spec.session(item.session).requests;
        let requests = (start..start + len).map(RequestIndex);
        requests
            .filter(|request| item.request.is_none_or(|one| one == *request))
            .map(|request| self.prepared(request))
            .collect()
    }

    fn prepared(&self, request: RequestIndex) -> Prepared {
        let row = self.spec.request(request);
        let verb = verb(self.spec.text(row.verb));
        let is_get = verb.eq_ignore_ascii_case("GET");
        let mut url = self.read_source(row.path).unwrap_or_default();
        let mut body = Bytes::new();
        match row.body {
            Body::None => {}
            // HTTP-08
            Body::Data(data) if is_get => url.push_str(&self.read_source(data).unwrap_or_default()),
            Body::Data(data) => body = self.data(row, data),
            Body::Fields(fields) => {
                let fields = self.fields(fields);
                if is_get {
                    url.push(if url.contains('?') { '&' } else { '?' });
                    url.push_str(&fields);
                } else {
                    body = fields.into();
                }
            }
        }
        let mut prepared = Prepared {
            request,
            url: escaped(&url),
            headers: Vec::new(),
            secret: self.comes_from_secret(row.path) || self.body_is_secret(row.body),
            body,
            fault: None,
            verb,
        };
        self.prepare_headers(row, &mut prepared);
        prepared
    }

    fn prepare_headers(&self, row: &Request, prepared: &mut Prepared) {
        for header in self.spec.headers_of(row.headers) {
            let name = self.spec.text(header.key);
            if OWNED.iter().any(|owned| owned.eq_ignore_ascii_case(name)) {
                continue;
            }
            // As in a handshake, an empty header is left out (CONN-44).
            let Some(value) = self.read_source(header.value).filter(|value| !value.is_empty()) else { continue };
            if let Some(control) = value.chars().find(|char| char.is_control() && *char != '\t') {
                let why = format!(
                    "the value of header {name} holds the control character {}; remove it",
                    control.escape_default()
                );
                prepared.fault = Some(Reason::Request(why.into())); // CONN-43
                continue;
            }
            let secret = self.comes_from_secret(header.value);
            prepared.headers.push(HeaderLine { name: name.into(), value: value.into(), secret });
        }
        for (name, value) in USUAL {
            if !prepared.has_header(name) {
                prepared.headers.push(HeaderLine::new(name, value));
            }
        }
        let takes_a_body = ["POST", "PUT"].iter().any(|verb| prepared.verb.eq_ignore_ascii_case(verb));
        if takes_a_body || !prepared.body.is_empty() {
            let value = prepared.body.len().to_string();
            prepared.headers.push(HeaderLine::new("Content-Length", value));
        }
    }

    /// HTTP-11: text is UTF-8, unless the request says that it is in another character set; then its bytes stay as
    /// they are.
    fn data(&self, row: &Request, data: Source) -> Bytes {
        let Source::Param(param) = data else { return self.read_source(data).unwrap_or_default().into() };
        let headers = self.spec.headers_of(row.headers).iter();
        let mut types = headers.filter(|header| self.spec.text(header.key).eq_ignore_ascii_case("Content-Type"));
        let is_foreign =
            types.any(|header| self.read_source(header.value).is_some_and(|value| names_another_charset(&value)));
        match self.value(param) {
            None => Bytes::new(),
            Some(value) if is_foreign => value.to_bytes(),
            Some(value) => value.to_text().into_bytes(),
        }
    }

    /// `key=value&key=value`, in document order (RN 33796).
    fn fields(&self, fields: Rows<Header>) -> String {
        let mut text = String::new();
        for field in self.spec.headers_of(fields) {
            if !text.is_empty() {
                text.push('&');
            }
            text.push_str(self.spec.text(field.key));
            text.push('=');
            text.push_str(&self.read_source(field.value).unwrap_or_default());
        }
        text
    }

    fn body_is_secret(&self, body: Body) -> bool {
        match body {
            Body::None => false,
            Body::Data(data) => self.comes_from_secret(data),
            Body::Fields(fields) => {
                self.spec.headers_of(fields).iter().any(|field| self.comes_from_secret(field.value))
            }
        }
    }
}

impl Prepared {
    pub(super) fn has_header(&self, name: &str) -> bool {
        self.headers.iter().any(|header| header.is(name))
    }
}

/// HTTP-07
fn verb(word: &str) -> Box<str> {
    let is_word = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_word { word.into() } else { "GET".into() }
}

fn names_another_charset(content_type: &str) -> bool {
    let mut parameters = content_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let charset = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    charset.is_some_and(|(_, charset)| !charset.trim().trim_matches('"').eq_ignore_ascii_case("utf-8"))
}

/// HTTP-09: what would break the request line, or be no part of it, is escaped; everything else is the author's.
fn escaped(url: &str) -> String {
    let mut text = String::with_capacity(url.len());
    for char in url.chars() {
        if char.is_control() || !char.is_ascii() || matches!(char, ' ' | '"' | '#' | '<' | '>' | '`') {
            for byte in char.encode_utf8(&mut [0; 4]).bytes() {
                // Writing to a String can't fail.
                let _ = write!(text, "%{byte:02X}");
            }
        } else {
            text.push(char);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_07_a_verb_is_a_word_of_letters() {
        for (word, sent) in [("", "GET"), ("POST", "POST"), ("patch", "patch"), ("GET /x", "GET"), ("M-SEARCH", "GET")]
        {
            assert_eq!(&*verb(word), sent, "{word}");
        }
    }

    #[test]
    fn http_09_only_what_breaks_the_line_is_escaped() {
        assert_eq!(escaped("a b/ü?q=%20&r={1}|\"#<>`\r\n"), "a%20b/%C3%BC?q=%20&r={1}|%22%23%3C%3E%60%0D%0A");
    }

    #[test]
    fn http_11_the_character_set_is_read_from_the_content_type() {
        for (content_type, foreign) in [
            ("text/plain", false),
            ("text/plain; charset=UTF-8", false),
            ("text/plain; charset=\"utf-8\"", false),
            ("text/plain; a=b; Charset = iso-8859-1", true),
        ] {
            assert_eq!(names_another_charset(content_type), foreign, "{content_type}");
        }
    }
}
