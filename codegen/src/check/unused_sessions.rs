//! Sessions are sent by groups, which genlock does not carry out; it uses them for handshakes alone.

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::Model;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for session in model.sessions.iter().filter(|session| session.head.id.is_some() && !model.is_handshake(session)) {
        let message = format!("{} is the handshake of no connection and has no effect", session.head.label());
        let help = "name it in a `WebSocketHandshake`, or remove it";
        faults.add(Fault::style(Kind::NotUsed, session.head.span, message).help(help));
    }
}
