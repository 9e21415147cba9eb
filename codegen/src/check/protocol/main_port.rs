//! The main connection has a name (19.1).

use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::text::quoted;

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    if file.root.find("Type").is_none() || file.root.find("Connections").is_some() {
        return;
    }
    let links = file.links();
    let Some((main, kind)) = links.first().and_then(|main| Some((main, main.kind?))) else { return };
    let help = "write `<PortSettings name=\"…\">` with the name that operators see";
    match (main.port, main.port.and_then(|port| port.get("name")).map(Slot::attribute)) {
        (_, None) if kind == "virtual" => {}
        (port, None) => {
            // 19.1.1
            let (span, missing) =
                port.map_or((file.root.name_span, "/PortSettings@name"), |port| (port.name_span, "@name"));
            let fault = Fault::rule("19.1.1", span, "the main connection has no name").missing(missing);
            faults.add(fault.help(help));
        }
        // 19.1.2
        (_, Some(name)) if name.is_blank() => {
            faults.add(Fault::rule("19.1.2", name.span, "the name of the main connection is empty").help(help));
        }
        (_, Some(name)) if name.is_padded() => {
            // 19.1.3
            let message = format!("there is white space around {}", quoted(name.trimmed()));
            faults.add(Fault::rule("19.1.3", name.span, message).help("remove it"));
        }
        _ => {}
    }
}
