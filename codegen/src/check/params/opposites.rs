//! A choice between two opposites is a toggle button, which sends the one that does not hold (PARAM-147).

use crate::check::file::File;
use crate::diagnostic::{Fault, Faults};
use crate::text::quoted;

/// Captions of which each is the opposite of the other.
const OPPOSITES: [(&str, &str); 46] = [
    ("on", "off"),
    ("yes", "no"),
    ("true", "false"),
    ("up", "down"),
    ("in", "out"),
    ("left", "right"),
    ("open", "close"),
    ("open", "closed"),
    ("opened", "closed"),
    ("enable", "disable"),
    ("enabled", "disabled"),
    ("lock", "unlock"),
    ("locked", "unlocked"),
    ("start", "stop"),
    ("started", "stopped"),
    ("running", "stopped"),
    ("play", "pause"),
    ("pause", "resume"),
    ("paused", "running"),
    ("mute", "unmute"),
    ("muted", "unmuted"),
    ("local", "remote"),
    ("manual", "auto"),
    ("manual", "automatic"),
    ("active", "inactive"),
    ("active", "passive"),
    ("active", "standby"),
    ("activate", "deactivate"),
    ("activated", "deactivated"),
    ("allow", "deny"),
    ("allowed", "denied"),
    ("allowed", "not allowed"),
    ("connect", "disconnect"),
    ("connected", "disconnected"),
    ("high", "low"),
    ("internal", "external"),
    ("main", "backup"),
    ("master", "slave"),
    ("primary", "secondary"),
    ("normal", "inverted"),
    ("present", "absent"),
    ("set", "reset"),
    ("show", "hide"),
    ("visible", "hidden"),
    ("mask", "unmask"),
    ("masked", "unmasked"),
];

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in file.params.iter().filter(|param| param.is_write() && param.measurement == "discreet") {
        let captions: Vec<&str> =
            param.discreets().map(|entry| entry.find("Display").map_or("", |it| it.text.trim())).collect();
        let &[first, second] = captions.as_slice() else { continue };
        let Some(read) = file.partner(param).filter(|_| are_opposites(first, second)) else { continue };
        let Some(kind) = param.text(&["Measurement", "Type"]) else { continue };
        // 2.37.1
        let message = format!("{} offers {} and {} in a list", param.label(), quoted(first), quoted(second));
        let fault = Fault::rule("2.37.1", kind.span, message).related(read.element.name_span, "its read parameter");
        faults.add(fault.help("write `<Type>togglebutton</Type>`, which needs one click"));
    }
}

fn are_opposites(first: &str, second: &str) -> bool {
    let is = |text: &str, word: &str| text.eq_ignore_ascii_case(word);
    OPPOSITES.iter().any(|&(one, other)| (is(first, one) && is(second, other)) || (is(first, other) && is(second, one)))
}
