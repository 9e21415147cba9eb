//! The headers of a handshake (CONN-36, CONN-37, CONN-42, CONN-43).

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Header, Model};
use crate::text::quoted;

/// CONN-42: the WebSocket sets these itself.
const OWNED: [&str; 5] = ["Upgrade", "Connection", "Sec-WebSocket-Key", "Sec-WebSocket-Version", "Host"];

pub(super) fn check(model: &Model, faults: &mut Faults) {
    let handshakes = model.sessions.iter().filter(|session| model.is_handshake(session));
    for connection in handshakes.flat_map(|session| &session.connections) {
        for header in &connection.headers {
            check_header(header, faults);
        }
    }
}

/// RFC 9110, section 5.6.2
pub(super) fn is_token(key: &str) -> bool {
    key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

fn check_header(header: &Header, faults: &mut Faults) {
    let (key, span) = (header.key.value.as_str(), header.key.span);
    let is = |name: &&str| name.eq_ignore_ascii_case(key);
    if !is_token(key) {
        let message = format!("{} cannot be the name of a header", quoted(key));
        faults.add(Fault::error(Kind::InvalidValue, span, message).help("write letters, digits and hyphens"));
    } else if OWNED.iter().any(is) {
        let message = format!("the WebSocket sets the header {} itself; the value given here is not sent", quoted(key));
        faults.add(Fault::warning(Kind::UnsupportedHeader, span, message).help("remove the header").beyond_rules());
    }
    if let Some(text) = header.text.as_ref().filter(|text| text.value.contains(char::is_control)) {
        let message = format!("the value of the header {} holds a control character", quoted(key));
        faults.add(Fault::error(Kind::InvalidValue, text.span, message).help("write it in one line"));
    }
}
