//! CONN-04: connections are declared in one way.

use crate::check::file::{File, is_connection_kind};
use crate::diagnostic::{Fault, Faults, Kind};
use crate::parse::{Element, Slot};

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let Some(newer) = file.root.find("Connections") else { return };
    if let Some(older) = file.root.find("Type") {
        // 1.23.6
        let message = "`Type` and `Connections` both declare connections";
        let fault = Fault::rule("1.23.6", older.name_span, message);
        let fault = fault.related(newer.name_span, "the connections are declared here");
        faults.add(fault.help("remove `Type` and its `PortSettings`; or remove `Connections`, if none is a WebSocket"));
        return;
    }
    if !newer.all("Connection").any(is_web_socket) {
        // 1.23.7: a WebSocket can be declared in no other way.
        let message = "`Connections` is a syntax that the tools of the platform do not all know";
        let help = "write `<Type>` and `<PortSettings>`, with further connections in `advanced` and `<Ports>`";
        faults.add(Fault::rule("1.23.7", newer.name_span, message).help(help));
    }
    // What says the kind of each connection: its `Type`, or an element of that name.
    let mut kinds =
        newer.all("Connection").flat_map(|connection| &connection.children).filter(|&child| says_kind(child));
    let Some(first) = kinds.next() else { return };
    if let Some(other) = kinds.find(|other| (other.name == "Type") != (first.name == "Type")) {
        let message = format!("one connection says what it is by `{}`, another one by `{}`", first.name, other.name);
        let fault = Fault::error(Kind::ConflictingSyntax, other.name_span, message);
        let fault = fault.related(first.name_span, "the first way");
        faults.add(fault.help("write an element such as `<Http>` in each connection, in place of `<Type>`"));
    }
}

fn says_kind(child: &Element) -> bool {
    child.name == "Type" || is_connection_kind(child)
}

fn is_web_socket(connection: &Element) -> bool {
    let flag = connection.find_at(&["Http", "CommunicationOptions", "WebSocket"]);
    flag.is_some_and(|flag| Slot::look(flag).is("true"))
}
