//! CONN-94: `open` and `close` work on WebSockets in genlock only.

use genlock_spec::ConnectionKind;

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Connection, Detail, Model, Target};

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for action in &model.actions {
        let (Some(kind), Detail::Connection(number)) = (action.kind, &action.detail) else { continue };
        let position = match number {
            Some(number) => model.index.position(Target::Connection, i64::from(number.value)),
            None => model.default_connection(),
        };
        let connection: Option<&Connection> = position.and_then(|position| model.connections.get(position));
        if connection.is_some_and(|connection| connection.kind.value == ConnectionKind::WebSocket) {
            let message = format!("the platform carries out `{}` on serial lines only", kind.value.word());
            let fault = Fault::warning(Kind::DiscouragedConstruct, kind.span, message);
            faults.add(
                fault.help("genlock carries it out on a WebSocket as well; elsewhere write the dynamic-ip parameter"),
            );
        }
    }
}
