//! What every connector says about itself is there. A fragment of one may leave it out; the code is one of its own.

use crate::diagnostic::{Fault, Faults, Kind};
use crate::model::Model;

pub(super) fn check(model: &Model, faults: &mut Faults) {
    let protocol = &model.protocol;
    if protocol.line == 0 {
        return;
    }
    let lacking = |element: &str| format!("the protocol has no `{element}`");
    let help = |element: &str| format!("add `<{element}>…</{element}>`, or check the file as the fragment that it is");
    for &element in &protocol.lacking {
        // Schema, A10: the others describe the connector to the platform.
        let fault = if matches!(element, "Name" | "Version") { Fault::error } else { Fault::style };
        let fault = fault(Kind::MissingHead, protocol.span, lacking(element));
        faults.add(fault.help(help(element)).missing(format!("/{element}")));
    }
    if protocol.connection_type.is_none() && protocol.connections.is_none() {
        let message = format!("{}, so it is connected to nothing", lacking("Connections"));
        let fault = Fault::error(Kind::MissingHead, protocol.span, message).validator("1.8.1");
        faults.add(fault.help(help("Connections")).missing("/Connections"));
    }
}
