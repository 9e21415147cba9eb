//! SSH is set up in `PortSettings`, not by options of parameters, and surely not by both.

use crate::check::file::{File, list};
use crate::diagnostic::{Fault, Faults};
use crate::source::Span;
use crate::text::quoted;

/// The options by which parameters give what SSH needs.
const OPTIONS: [&str; 3] = ["ssh username", "ssh pwd", "ssh options"];

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let settings = port_settings(file);
    for param in &file.params {
        for option in param.attribute(&["Type"], "options").into_iter().flat_map(|options| list(options, ';')) {
            let name = option.raw.split([':', '=']).next().unwrap_or_default().trim();
            if !OPTIONS.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                continue;
            }
            // 2.21.20
            let message = format!("the option {} sets up SSH by a parameter", quoted(option.trimmed()));
            let help = match settings {
                Some(_) => "remove it: `PortSettings` sets up SSH already",
                None => "write `<SSH>` into `PortSettings` instead",
            };
            faults.add(Fault::rule("2.21.20", option.span, message).help(help));
            if let Some(settings) = settings {
                // 2.21.21
                let message = format!("the option {} and `PortSettings` both set up SSH", quoted(option.trimmed()));
                let fault = Fault::rule("2.21.21", option.span, message).related(settings, "the other way");
                faults.add(fault.help("remove the option"));
            }
        }
    }
}

/// The first `SSH` in the settings of a port.
fn port_settings(file: &File<'_>) -> Option<Span> {
    let ports = file.root.all("Ports").flat_map(|ports| ports.all("PortSettings"));
    let mut settings = file.root.all("PortSettings").chain(ports);
    settings.find_map(|settings| settings.find("SSH")).map(|ssh| ssh.name_span)
}
