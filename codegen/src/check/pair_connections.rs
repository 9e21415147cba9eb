//! CONN-122: pairs are sent on a connection that carries messages.

use genlock_spec::ConnectionKind;

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Group, ItemKind, Model, Placed, Target};

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for group in &model.groups {
        if let Some(number) = group.connection.as_ref().filter(|_| leaves_it_to_the_group(model, group)) {
            judge(model, &group.head.label(), number, faults);
        }
    }
    for pair in &model.pairs {
        if let Some(number) = &pair.connection {
            judge(model, &pair.head.label(), number, faults);
        }
    }
}

/// Whether a pair of the group names no connection of its own (PAIR-27).
fn leaves_it_to_the_group(model: &Model, group: &Group) -> bool {
    let pairs = group.items.iter().filter(|item| item.kind == ItemKind::Pair);
    let positions = pairs.filter_map(|item| item.reference.as_ref()?.position(Target::Pair, &model.index));
    positions.filter_map(|position| model.pairs.get(position)).any(|pair| pair.connection.is_none())
}

fn judge(model: &Model, label: &str, number: &Placed<u32>, faults: &mut Faults) {
    let position = model.index.position(Target::Connection, i64::from(number.value));
    let Some(connection) = position.and_then(|position| model.connections.get(position)) else { return };
    let kind = connection.kind.value;
    if carries_messages(kind) {
        return;
    }
    let message = format!(
        "{label} sends messages on connection {}, but one of type `{}` carries none",
        number.value,
        kind.word()
    );
    let fault = Fault::error(Kind::WrongReferenceKind, number.span, message);
    let fault = fault.related(connection.kind.span, "the type of the connection");
    let other = model.connections.iter().find(|other| carries_messages(other.kind.value));
    faults.add(fault.help(match other.and_then(|other| other.head.id()) {
        Some(id) => format!("write the number of one that does: `{id}`"),
        None => "declare a WebSocket, and write its number".to_owned(),
    }));
}

/// What is not known to carry none is left to its transport.
fn carries_messages(kind: ConnectionKind) -> bool {
    let is_snmp = matches!(kind, ConnectionKind::Snmp | ConnectionKind::SnmpV2 | ConnectionKind::SnmpV3);
    kind.carries_commands() && kind != ConnectionKind::Http && !is_snmp
}
