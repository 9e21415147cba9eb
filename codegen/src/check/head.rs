//! What every connector says about itself is there. A fragment of one may leave it out; the code is one of its own.

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::Model;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    let protocol = &model.protocol;
    if protocol.line == 0 {
        return;
    }
    let missing = |element: &str, meaning: &str| {
        let message = format!("the protocol has no `{element}`, so it is {meaning}");
        let help = format!("add `<{element}>…</{element}>`, or check the file as the fragment that it is");
        Fault::error(Kind::MissingHead, protocol.span, message).help(help).missing(format!("/{element}"))
    };
    if !protocol.has_name {
        faults.add(missing("Name", "not clear which connector it is"));
    }
    if !protocol.has_version {
        faults.add(missing("Version", "not clear which version of the connector it is"));
    }
    if !protocol.has_element_type {
        faults.add(missing("ElementType", "not clear what it connects to"));
    }
    if protocol.connection_type.is_none() && protocol.connections.is_none() {
        let fault = missing("Connections", "connected to nothing");
        faults.add(fault.missing("/Type"));
    }
}
