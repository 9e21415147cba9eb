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
    // Schema, A10: nothing runs without these three; the others describe the connector to the platform.
    for (element, is_there) in [("Name", protocol.has_name), ("Version", protocol.has_version)] {
        if !is_there {
            let fault = Fault::error(Kind::MissingHead, protocol.span, lacking(element));
            faults.add(fault.help(help(element)).missing(format!("/{element}")));
        }
    }
    if protocol.connection_type.is_none() && protocol.connections.is_none() {
        let message = format!("{}, so it is connected to nothing", lacking("Connections"));
        let fault = Fault::error(Kind::MissingHead, protocol.span, message).validator("1.8.1");
        faults.add(fault.help(help("Connections")).missing("/Connections"));
    }
    for (element, is_there) in [("ElementType", protocol.has_element_type), ("Provider", protocol.has_provider)] {
        if !is_there {
            let fault = Fault::style(Kind::MissingHead, protocol.span, lacking(element));
            faults.add(fault.help(help(element)).missing(format!("/{element}")));
        }
    }
}
