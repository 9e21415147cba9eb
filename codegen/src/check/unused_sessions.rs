//! A session is sent by a group, or it opens a WebSocket.

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::Model;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    let sent = model.sent_sessions();
    for (position, session) in model.sessions.iter().enumerate() {
        if session.head.id.is_none() || sent.contains(&position) || model.is_handshake(session) {
            continue;
        }
        let message = format!(
            "{} is sent by no group, is the handshake of no connection, and has no effect",
            session.head.label()
        );
        let help = "name it in a group or in a `WebSocketHandshake`, or remove it";
        faults.add(Fault::style(Kind::NotUsed, session.head.span, message).help(help));
    }
}
