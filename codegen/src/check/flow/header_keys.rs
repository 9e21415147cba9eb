//! The headers of a request are known ones that it can send (8.3). Those of a handshake are the WebSocket's own.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::request_headers::{Request, requests};
use crate::check::file::File;
use crate::check::headers::is_token;
use crate::diagnostic::{Fault, Faults};
use crate::parse::{Element, Slot};
use crate::schema::Form;
use crate::text::{nearest, quoted};

/// The headers of requests and those of all messages, as the platform lists them, by their lower case.
static KNOWN: LazyLock<BTreeMap<String, &'static str>> = LazyLock::new(|| {
    let vocabularies = ["EnumHttpRequestHeader", "EnumHttpHeader"].map(Form::new);
    vocabularies.iter().flat_map(Form::words).map(|&word| (word.to_lowercase(), word)).collect()
});

/// Headers that describe content.
const OF_CONTENT: [&str; 3] = ["Content-Length", "Content-Type", "Transfer-Encoding"];
/// What the platform can decode.
const ENCODINGS: [&str; 3] = ["identity", "gzip", "deflate"];

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for request in requests(file) {
        for (key, header) in request.headers() {
            judge(&request, key, header, faults);
        }
    }
}

fn judge(request: &Request<'_>, key: Slot<'_>, header: &Element, faults: &mut Faults) {
    let name = quoted(key.trimmed());
    let text = Slot::look(header);
    // A handshake upgrades the connection, and sends nothing of its own accord but what that needs. What cannot be the
    // name of a header has a fault of its own there.
    let is_judged = request.is_handshake && (key.is("Upgrade") || !is_token(key.trimmed()));
    let is_known = is_judged || KNOWN.contains_key(&key.trimmed().to_lowercase());
    let is_sent = key.is("User-Agent") || (key.is("Connection") && text.is("Keep-Alive"));
    if !is_known {
        // 8.3.1
        let help = match nearest(key.trimmed(), KNOWN.values().copied()) {
            Some(known) => format!("did you mean `{known}`? A device may have headers of its own"),
            None => "check the spelling; a device may have headers of its own".to_owned(),
        };
        let message = format!("{name} is not one of the headers that the platform lists");
        faults.add(Fault::rule("8.3.1", key.span, message).help(help));
    }
    if (request.is("GET") || request.is("HEAD")) && OF_CONTENT.iter().any(|word| key.is(word)) {
        // 8.3.5
        let verb = request.verb().to_uppercase();
        let message = format!("the header {name} describes content, and a {verb} request has none");
        faults.add(Fault::rule("8.3.5", key.span, message).help("remove the header"));
    } else if is_sent && !request.is_handshake {
        // 8.3.6
        let message = format!("the header {name} is sent in any case");
        faults.add(Fault::rule("8.3.6", key.span, message).help("remove the header"));
    } else if key.is("Content-Length") && request.has_body() {
        // 8.3.7
        let message = format!("the header {name} is calculated when the request is sent");
        faults.add(Fault::rule("8.3.7", key.span, message).help("remove the header"));
    } else if key.is("Accept-Encoding") && !text.is_blank() {
        let unknown = text.raw.split(',').map(str::trim).find(|word| !ENCODINGS.contains(word));
        if let Some(unknown) = unknown {
            // 8.3.7
            let message = format!("the platform may not be able to decode {}", quoted(unknown));
            let fault = Fault::rule("8.3.7", key.span, message).related(text.span, "the encodings");
            faults.add(fault.help("write `identity`, `gzip` and `deflate` only, in lower case"));
        }
    }
}
