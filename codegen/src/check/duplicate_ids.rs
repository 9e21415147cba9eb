//! Ids are unique within their kind (schema, 4.1); those of the connections of a session within the session.

use std::collections::BTreeMap;

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::{Head, Model, Target};

pub(super) fn check(model: &Model, faults: &mut Faults) {
    report(model.heads().map(|(target, _, head)| (target, head)), faults);
    for session in &model.sessions {
        report(session.connections.iter().map(|connection| (Target::SessionConnection, &connection.head)), faults);
    }
}

fn report<'m>(heads: impl Iterator<Item = (Target, &'m Head)>, faults: &mut Faults) {
    let mut first: BTreeMap<(Target, i64), &Head> = BTreeMap::new();
    for (target, head) in heads {
        let Some(id) = head.id() else { continue };
        if let Some(earlier) = first.get(&(target, id)) {
            let message = format!("there are two {}s with the id {id}", target.noun());
            let fault = Fault::error(Kind::DuplicateId, head.id_span(), message).help("give one of them another id");
            faults.add(fault.related(earlier.id_span(), "the first one"));
        } else {
            first.insert((target, id), head);
        }
    }
}
