//! Each connection has one description of its port (1.23.5).

use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};
use crate::text::counted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let Some(main) = file.root.find("Type").filter(|_| file.root.find("Connections").is_none()) else { return };
    let links = file.links();
    let connections = links.iter().filter(|link| link.kind.is_some()).count();
    let descriptions = file.root.all("PortSettings").count() + file.ports().count();
    let is_lone_virtual =
        descriptions == 0 && connections == 1 && links.iter().any(|link| link.kind == Some("virtual"));
    if connections == descriptions || is_lone_virtual {
        return;
    }
    let message = format!(
        "the protocol has {}, but {}",
        counted(connections, "connection"),
        counted(descriptions, "port description")
    );
    let fault = match file.root.find("Ports") {
        Some(ports) => Fault::rule("1.23.5", ports.name_span, message),
        None => Fault::rule("1.23.5", file.root.name_span, message).missing("/Ports"),
    };
    let fault = fault.related(main.name_span, "the connections are declared here");
    faults.add(fault.help(
        "write one `<PortSettings>` for the main connection, and one inside `<Ports>` for each entry of `advanced`",
    ));
}
