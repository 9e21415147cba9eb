//! The headers of a request: none is missing, none stands twice (8.1).

use std::collections::BTreeMap;

use crate::check::file::{File, plain};
use crate::diagnostic::{Fault, Faults};
use crate::parse::{Element, Slot};
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for request in requests(file) {
        let Some(headers) = request.element.find("Headers") else { continue };
        if request.has_body() && !request.headers().any(|(key, _)| key.is("Content-Type")) {
            // 8.1.1
            let message = format!("a {} request does not say what its content is", request.verb().to_uppercase());
            let fault = Fault::rule("8.1.1", headers.name_span, message);
            faults
                .add(fault.help("add `<Header key=\"Content-Type\">…</Header>`, for example with `application/json`"));
        }
        twice(&request, faults);
    }
}

/// 8.1.2
fn twice(request: &Request<'_>, faults: &mut Faults) {
    let mut first: BTreeMap<String, (Slot<'_>, bool)> = BTreeMap::new();
    for (key, _) in request.headers() {
        let Some((earlier, is_known)) = first.get_mut(&key.trimmed().to_lowercase()) else {
            first.insert(key.trimmed().to_lowercase(), (key, false));
            continue;
        };
        // One fault for each header, however often it stands there.
        if !std::mem::replace(is_known, true) && earlier.raw != "Set-Cookie" {
            let message = format!("the header {} stands here twice", quoted(key.trimmed()));
            let fault = Fault::rule("8.1.2", key.span, message).related(earlier.span, "the first one");
            faults.add(fault.help("keep one of the two"));
        }
    }
}

/// A request of a session.
pub(super) struct Request<'d> {
    /// Its element.
    pub(super) element: &'d Element,
    /// Whether it is the one that opens a WebSocket.
    pub(super) is_handshake: bool,
}

impl<'d> Request<'d> {
    /// Its verb, `GET` unless it says so.
    pub(super) fn verb(&self) -> &'d str {
        self.element.get("verb").map(|verb| verb.value.trim()).filter(|verb| !verb.is_empty()).unwrap_or("GET")
    }

    /// Whether its verb sends content.
    pub(super) fn has_body(&self) -> bool {
        self.is("POST") || self.is("PUT")
    }

    /// Whether its verb is `verb`.
    pub(super) fn is(&self, verb: &str) -> bool {
        self.verb().eq_ignore_ascii_case(verb)
    }

    /// Its headers that have a key.
    pub(super) fn headers(&self) -> impl Iterator<Item = (Slot<'d>, &'d Element)> + use<'d> {
        let headers = self.element.find("Headers").into_iter().flat_map(|headers| headers.all("Header"));
        headers.filter_map(|header| {
            let key = header.get("key").map(Slot::attribute).filter(|key| !key.is_blank())?;
            Some((key, header))
        })
    }
}

/// The requests of the sessions and connections with valid ids.
pub(super) fn requests<'f, 'd: 'f>(file: &'f File<'d>) -> impl Iterator<Item = Request<'d>> + use<'f, 'd> {
    file.sessions.valid().flat_map(|session| {
        let is_handshake = session.id.is_some_and(|id| file.model.index.is_handshake(i64::from(id)));
        let valid = |connection: &&Element| connection.get("id").is_some_and(|id| plain(&id.value).is_some());
        let requests =
            session.element.all("Connection").filter(valid).filter_map(|connection| connection.find("Request"));
        requests.map(move |element| Request { element, is_handshake })
    })
}
