//! What no element runs yet: the start refuses by name.

use genlock_spec::{ConnectionKind, Spec, Unserved, UnservedPart};

use crate::error::Error;

/// How many parts an error names.
const NAMED: usize = 5;

/// An error when the connector has parts that this version of genlock does not run.
pub(crate) fn refuse(spec: &Spec<'_>, element: &str) -> Result<(), Error> {
    if spec.unserved.is_empty() {
        return Ok(());
    }
    let mut parts: Vec<String> = spec.unserved.iter().take(NAMED).map(|part| told(spec, part)).collect();
    let others = spec.unserved.len() - parts.len();
    if others > 0 {
        parts.push(format!("and {others} more such parts, which `genlock check` lists"));
    }
    Err(Error::Unserved { element: element.to_owned(), parts })
}

/// One part: what it is, where, and what to do about it.
fn told(spec: &Spec<'_>, part: &Unserved) -> String {
    let noun = match part.part {
        UnservedPart::Connection(_) => "connection",
        UnservedPart::Table => "table",
    };
    let name = match spec.text(part.name) {
        "" => String::new(),
        name => format!(" `{name}`"),
    };
    let place = format!("{noun} {}{name} (line {} of the XML)", part.id, part.line);
    match part.part {
        UnservedPart::Connection(ConnectionKind::Unknown) => {
            format!("{place} is of no known kind; write its type into the XML")
        }
        UnservedPart::Connection(kind) => format!(
            "{place} is of the kind `{}`, which this version of genlock has no transport for; \
             leave it out of the XML or make it a WebSocket",
            kind.word()
        ),
        UnservedPart::Table => format!("{place} is not run by this version of genlock; leave it out of the XML"),
    }
}
