//! Whether a fault bears on the tables.

use crate::diagnostic::{Class, Diagnostic, Kind, Severity, without_predicates};
use crate::schema::{Part, schema};

/// Whether nothing that is generated depends on what is wrong there, so that a fault may be silenced.
///
/// Warnings and notes never stop the tables from being made. Neither do errors of style, nor errors at a place where
/// the language says how a connector is described or shown, nor those at a name that it does not have: no driver reads
/// anything there. Nor does one read `RTDisplay`, wherever it is missed. All other errors keep the tables from being
/// made, and silencing them could only hide why.
pub(crate) fn can_be_silenced(fault: &Diagnostic) -> bool {
    let is_harmless = fault.class == Class::Style || fault.code == Kind::RtDisplayExpected.code();
    fault.severity != Severity::Error || is_harmless || !is_read(&fault.path)
}

/// Whether a driver reads anything at the place `path`.
fn is_read(path: &str) -> bool {
    let place = without_predicates(path);
    let (elements, attribute) = place.split_once('@').map_or((place.as_str(), None), |(at, name)| (at, Some(name)));
    let mut names = elements.split('/');
    let root = schema().root().filter(|_| names.next() == Some("Protocol"));
    // Outside the language altogether nothing is known.
    let Some(mut index) = root else { return true };
    for name in names {
        match schema().node(index).and_then(|node| node.element(name)) {
            Some(element) => index = element,
            None => return false,
        }
    }
    if let Some(name) = attribute {
        match schema().node(index).and_then(|node| node.attribute(name)) {
            Some(attribute) => index = attribute,
            None => return false,
        }
    }
    schema().node(index).is_none_or(|node| !matches!(node.part, Part::Metadata | Part::Presentation))
}
