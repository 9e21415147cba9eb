//! Known values have a caption, in the form that readers expect.

use crate::check::file::{File, Param};
use crate::diagnostic::{Fault, Faults};
use crate::parse::{Element, Slot};
use crate::text::quoted;

/// What ends the caption of a button that opens a page.
const DOTS: &str = "...";

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        for discreet in param.discreets() {
            check_caption(param, discreet, faults);
        }
    }
}

fn check_caption(param: &Param<'_>, discreet: &Element, faults: &mut Faults) {
    let Some(caption) = discreet.find("Display").map(Slot::look) else {
        // 2.13.3
        let message = format!("this known value of {} has no `Display`", param.label());
        let fault = Fault::rule("2.13.3", discreet.name_span, message).missing("/Display");
        return faults.add(fault.help("add `<Display>…</Display>` with the text that is shown for it"));
    };
    let text = caption.trimmed();
    if text.is_empty() {
        // 2.13.4
        let message = format!("this known value of {} is shown as nothing", param.label());
        return faults.add(Fault::rule("2.13.4", caption.span, message).help("write the text that is shown for it"));
    }
    let expected = format!("{}{DOTS}", text.replace(DOTS, "").trim());
    if param.measurement == "pagebutton" && caption.raw != expected {
        // 2.13.2
        let message = format!("{} is not the usual form of the caption of a page button", quoted(text));
        faults.add(
            Fault::rule("2.13.2", caption.span, message)
                .help(format!("write {}: three dots tell that a page opens", quoted(&expected))),
        );
    } else if caption.is_padded() {
        // 2.13.5
        let message = format!("there is white space around the caption {}", quoted(text));
        faults.add(Fault::rule("2.13.5", caption.span, message).help("remove it"));
    }
}
