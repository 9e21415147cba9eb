//! `Type` is a known type of connection, written exactly so (1.8.3): the platform compares it as it stands.

use crate::check::file::{CONNECTION_TYPES, File};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::text::{either, nearest, quoted};

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    let Some(kind) = file.root.find("Type").map(Slot::look).filter(|kind| !kind.is_blank()) else { return };
    if CONNECTION_TYPES.contains(&kind.raw) {
        return;
    }
    let known = CONNECTION_TYPES.iter().find(|known| kind.is(known));
    let (message, help) = match known {
        Some(known) => (
            format!("the type of connection {} is not written as the platform compares it", quoted(kind.raw)),
            format!("write `<Type>{known}</Type>`, in lower case and without white space"),
        ),
        None => (format!("{} is not a type of connection", quoted(kind.trimmed())), unknown(kind.trimmed())),
    };
    faults.add(Fault::rule("1.8.3", kind.span, message).help(help));
}

/// What to write instead of a type that is none.
pub(super) fn unknown(word: &str) -> String {
    if word.eq_ignore_ascii_case("websocket") {
        return "a WebSocket is declared in `Connections`, by `<Http>` with `<WebSocket>true</WebSocket>`".to_owned();
    }
    match nearest(word, CONNECTION_TYPES) {
        Some(known) => format!("did you mean `{known}`?"),
        None => format!("write {}", either(CONNECTION_TYPES)),
    }
}
