//! There are no more connections than an element can open.

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::Model;

/// More connections than this are no connector, but an attempt to make the tables large.
const CONNECTIONS: usize = 1000;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    if let Some(surplus) = model.connections.get(CONNECTIONS) {
        let message = format!("there are more than {CONNECTIONS} connections");
        faults.add(Fault::error(Kind::TooManyItems, surplus.head.span, message).help("split the connector"));
    }
}
