//! The session of a handshake describes one GET request (CONN-31 to CONN-35).

use genlock_spec::ValueType;

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Body, Model, Reference, Session, SessionConnection, Target, Url};
use crate::text::quoted;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for session in model.sessions.iter().filter(|session| model.is_handshake(session)) {
        count(model, session, faults);
        for connection in &session.connections {
            request(model, connection, faults);
        }
    }
}

/// CONN-31
fn count(model: &Model, session: &Session, faults: &mut Faults) {
    if session.connections.len() == 1 {
        return;
    }
    let message = match session.connections.len() {
        0 => format!("{} is a handshake, but has no `Connection`", session.head.label()),
        several => format!("{} is a handshake, but has {several} connections", session.head.label()),
    };
    let mut fault = Fault::error(Kind::InvalidHandshake, session.head.span, message);
    let users = model
        .connections
        .iter()
        .filter(|connection| connection.handshake.as_ref().is_some_and(|handshake| handshake.id == session.head.id()));
    for user in users.take(1) {
        let span = user.handshake.as_ref().map_or(user.head.span, |handshake| handshake.span);
        fault = fault.related(span, format!("{} uses it", user.head.label()));
    }
    faults.add(fault.help("a handshake is one request: keep exactly one `<Connection>` in the session"));
}

fn request(model: &Model, connection: &SessionConnection, faults: &mut Faults) {
    if let Some(verb) = connection.verb.as_ref().filter(|verb| !verb.value.eq_ignore_ascii_case("GET")) {
        // CONN-32
        let message = format!("a handshake is a GET request, not {}", quoted(&verb.value));
        faults.add(Fault::error(Kind::InvalidHandshake, verb.span, message).help("write `verb=\"GET\"`"));
    }
    match (&connection.url, &connection.pid) {
        (Some(Url::Param(pid)), _) => {
            // CONN-34
            let message = format!("the URL {} is taken for the parameter with that id", quoted(&pid.text));
            let fault = Fault::warning(Kind::NumericUrl, pid.span, message);
            faults.add(fault.help(format!("write `pid=\"{0}\"`, or `url=\"/{0}\"` for a path", pid.text)));
            string(model, pid, faults);
        }
        (Some(Url::Literal(path)), _) => literal(&path.value, path.span, faults),
        (None, Some(pid)) => string(model, pid, faults),
        (None, None) => {}
    }
    if let (Some(url), Some(pid)) = (&connection.url, &connection.pid) {
        let span = match url {
            Url::Param(reference) => reference.span,
            Url::Literal(text) => text.span,
        };
        let fault = Fault::warning(Kind::ConflictingSyntax, pid.span, "`pid` has no effect next to `url`");
        faults.add(fault.related(span, "the path is taken from here").help("keep one of the two"));
    }
    if !matches!(connection.body, Body::None) {
        let message =
            format!("{} opens a WebSocket, so it carries neither `Data` nor `Parameters`", connection.head.label());
        faults.add(Fault::error(Kind::InvalidHandshake, connection.head.span, message).help("remove them"));
    }
    if let Some(header) = connection.answer_headers.first() {
        let message = "headers of the answer that opens a WebSocket are not stored";
        let fault = Fault::error(Kind::NotCarriedOut, header.key.span, message);
        faults.add(fault.help("remove `Headers` from the `Response`"));
    }
}

/// CONN-33: the path is text.
fn string(model: &Model, pid: &Reference, faults: &mut Faults) {
    let Some(param) = pid.position(Target::Param, &model.index).and_then(|position| model.params.get(position)) else {
        return;
    };
    if param.value_type() == ValueType::Number {
        let message = format!("a path is text, but {} is a number", param.head.label());
        let fault = Fault::error(Kind::WrongReferenceKind, pid.span, message);
        let fault = fault.related(param.head.span, format!("{} is declared here", param.head.label()));
        faults.add(fault.help("write `<RawType>other</RawType>` and `<Type>string</Type>` in its `Interprete`"));
    }
}

/// CONN-43: a path is one line.
fn literal(path: &str, span: crate::source::Span, faults: &mut Faults) {
    if path.contains(|character: char| character.is_control() || character == ' ') {
        let message = format!("the path {} holds white space or a control character", quoted(path));
        faults.add(Fault::error(Kind::InvalidValue, span, message).help("encode it: a space is `%20`"));
    }
}
