//! HTTP-01: sessions are sent on a connection that carries requests.

use genlock_spec::ConnectionKind;

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Connection, Group, GroupItem, ItemKind, Model, Target};

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for group in &model.groups {
        let Some(item) = group.items.iter().find(|item| item.kind == ItemKind::Session) else { continue };
        // GRP-09: the parameter says at run time which connection it is.
        if group.connection_param.is_some() {
            continue;
        }
        match &group.connection {
            Some(number) => {
                let position = model.index.position(Target::Connection, i64::from(number.value));
                let connection = position.and_then(|position| model.connections.get(position));
                if let Some(connection) = connection.filter(|connection| !carries_requests(connection)) {
                    let message = format!(
                        "{} sends sessions on connection {}, but one of type `{}` carries none",
                        group.head.label(),
                        number.value,
                        connection.kind.value.word()
                    );
                    let fault = Fault::error(Kind::WrongReferenceKind, number.span, message);
                    let fault = fault.related(connection.kind.span, "the type of the connection");
                    faults.add(fault.help(match other(model) {
                        Some(id) => format!("write the number of one that does: `{id}`"),
                        None => DECLARE.to_owned(),
                    }));
                }
            }
            None => without_a_connection(model, group, item, faults),
        }
    }
}

const DECLARE: &str = "declare a connection with `<Http />`, without `WebSocket`, and write its number";

/// A file that declares no connection at all is a fragment.
fn without_a_connection(model: &Model, group: &Group, item: &GroupItem, faults: &mut Faults) {
    if !model.connections.is_empty() && !model.connections.iter().any(carries_requests) {
        let span = item.reference.as_ref().map_or(group.head.span, |session| session.span);
        let message = format!("{} sends sessions, but no connection carries any", group.head.label());
        faults.add(Fault::error(Kind::WrongReferenceKind, span, message).help(DECLARE));
    }
}

/// What is not known to carry none is left to its transport.
fn carries_requests(connection: &Connection) -> bool {
    matches!(connection.kind.value, ConnectionKind::Http | ConnectionKind::Unknown)
}

fn other(model: &Model) -> Option<i64> {
    model.connections.iter().find(|other| carries_requests(other)).and_then(|other| other.head.id())
}
