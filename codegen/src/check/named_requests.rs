//! GRP-15: the one request of a session that a group names is there.

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{GroupItem, Model, Session, Target};

/// How many ids are listed; more do not help.
const LISTED: usize = 8;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    for group in &model.groups {
        for item in &group.items {
            let (Some(session), Some(named)) = (session(model, item), &item.request) else { continue };
            let mut ids = session.connections.iter().filter_map(|connection| connection.head.id());
            if ids.any(|id| id == i64::from(named.value)) {
                continue;
            }
            let (label, id) = (session.head.label(), named.value);
            let message =
                format!("{} sends connection {id} of {label}, which has no connection of this id", group.head.label());
            let fault = Fault::error(Kind::DanglingReference, named.span, message);
            faults.add(fault.related(session.head.span, "the session").help(help(session)));
        }
    }
}

fn session<'m>(model: &'m Model, item: &GroupItem) -> Option<&'m Session> {
    let position = item.reference.as_ref()?.position(Target::Session, &model.index)?;
    model.sessions.get(position)
}

fn help(session: &Session) -> String {
    let ids = session.connections.iter().filter_map(|connection| connection.head.id());
    let ids: Vec<String> = ids.take(LISTED + 1).map(|id| id.to_string()).collect();
    match ids.as_slice() {
        [] => "give the session a `Connection` with this id".to_owned(),
        ids if ids.len() > LISTED => "write the id of one of its connections".to_owned(),
        ids => format!("its connections: {}", ids.join(", ")),
    }
}
