//! A parameter as checks see it.

use super::items::Item;
use crate::parse::{Element, Slot};

/// A parameter with a valid id. The words are trimmed, in lower case, and empty where there are none; a word that the
/// language does not know is here as well.
pub(crate) struct Param<'d> {
    pub(crate) element: &'d Element,
    pub(crate) id: u32,
    /// `Name`, trimmed.
    pub(crate) name: &'d str,
    /// `Type`.
    pub(crate) kind: String,
    /// `Interprete/Type`.
    pub(crate) interprete: String,
    /// `Measurement/Type`.
    pub(crate) measurement: String,
    /// `Display/RTDisplay` is true.
    pub(crate) rt_display: bool,
}

impl<'d> Param<'d> {
    pub(super) fn new(item: Item<'d>) -> Option<Self> {
        let word = |names: &[&str]| item.text(names).map(|text| text.trimmed().to_lowercase()).unwrap_or_default();
        Some(Self {
            element: item.element,
            id: item.id?,
            name: item.text(&["Name"]).map_or("", |name| name.trimmed()),
            kind: word(&["Type"]),
            interprete: word(&["Interprete", "Type"]),
            measurement: word(&["Measurement", "Type"]),
            rt_display: item.text(&["Display", "RTDisplay"]).is_some_and(|text| text.is("true")),
        })
    }

    /// Read or read bit.
    pub(crate) fn is_read(&self) -> bool {
        matches!(self.kind.as_str(), "read" | "read bit")
    }

    /// Write or write bit.
    pub(crate) fn is_write(&self) -> bool {
        matches!(self.kind.as_str(), "write" | "write bit")
    }

    /// Measurement type matrix.
    pub(crate) fn is_matrix(&self) -> bool {
        self.measurement == "matrix"
    }

    /// Type array with `ArrayOptions`, not a matrix.
    pub(crate) fn is_table(&self) -> bool {
        self.kind == "array" && !self.is_matrix() && self.element.find("ArrayOptions").is_some()
    }

    /// The text of the element at the path `names` below it.
    pub(crate) fn text(&self, names: &[&str]) -> Option<Slot<'d>> {
        self.element.find_at(names).map(Slot::look)
    }

    /// The value of an attribute of the element at the path `names` below it; of its own for an empty path.
    pub(crate) fn attribute(&self, names: &[&str], name: &str) -> Option<Slot<'d>> {
        self.element.find_at(names)?.get(name).map(Slot::attribute)
    }

    /// Its known values: `Measurement/Discreets/Discreet`.
    pub(crate) fn discreets(&self) -> impl Iterator<Item = &'d Element> + use<'d> {
        self.element.find_at(&["Measurement", "Discreets"]).into_iter().flat_map(|list| list.all("Discreet"))
    }

    /// Its exceptional values: `Interprete/Exceptions/Exception`.
    pub(crate) fn exceptions(&self) -> impl Iterator<Item = &'d Element> + use<'d> {
        self.element.find_at(&["Interprete", "Exceptions"]).into_iter().flat_map(|list| list.all("Exception"))
    }

    /// Whether it is a number in memory: `Interprete/Type` is double.
    pub(crate) fn is_double(&self) -> bool {
        self.interprete == "double"
    }

    /// `parameter 7`.
    pub(crate) fn label(&self) -> String {
        format!("parameter {}", self.id)
    }
}
