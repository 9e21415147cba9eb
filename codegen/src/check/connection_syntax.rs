//! CONN-04: connections are declared in one way. There are no more than an element can open.

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::Model;

/// More connections than this are no connector, but an attempt to make the tables large.
const CONNECTIONS: usize = 1000;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    if let (Some(older), Some(newer)) = (model.protocol.connection_type, model.protocol.connections) {
        let message = "`Type` and `Connections` both declare connections";
        let fault = Fault::error(Kind::ConflictingSyntax, older, message).validator("1.23.6");
        faults.add(
            fault.help("remove `Type` and its `PortSettings`").related(newer, "the connections are declared here"),
        );
    }
    if let Some(surplus) = model.connections.get(CONNECTIONS) {
        let message = format!("there are more than {CONNECTIONS} connections");
        faults.add(Fault::error(Kind::TooManyItems, surplus.head.span, message).help("split the connector"));
    }
}
