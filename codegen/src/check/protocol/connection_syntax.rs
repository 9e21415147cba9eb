//! CONN-04: connections are declared in one way.

use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};
use crate::parse::{Element, Slot};

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let Some(newer) = file.root.find("Connections") else { return };
    if let Some(older) = file.root.find("Type") {
        // 1.23.6
        let message = "`Type` and `Connections` both declare connections";
        let fault = Fault::rule("1.23.6", older.name_span, message);
        let fault = fault.related(newer.name_span, "the connections are declared here");
        faults.add(fault.help("remove `Type` and its `PortSettings`; or remove `Connections`, if none is a WebSocket"));
    } else if !newer.all("Connection").any(is_web_socket) {
        // 1.23.7: a WebSocket can be declared in no other way.
        let message = "`Connections` is a syntax that the tools of the platform do not all know";
        let help = "write `<Type>` and `<PortSettings>`, with further connections in `advanced` and `<Ports>`";
        faults.add(Fault::rule("1.23.7", newer.name_span, message).help(help));
    }
}

fn is_web_socket(connection: &Element) -> bool {
    let flag = connection.find_at(&["Http", "CommunicationOptions", "WebSocket"]);
    flag.is_some_and(|flag| Slot::look(flag).is("true"))
}
