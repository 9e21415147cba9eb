//! Texts that a connection reports: of a trigger on communication (TRG-25), and of `NoTimeout` (LIFE-61).

use super::interprete::hexadecimal;
use super::reader::Reader;
use crate::diagnostic::{Fault, Kind};
use crate::parse::{Element, Slot};
use crate::text::quoted;

/// A text that a connection reports.
#[derive(Debug)]
pub(crate) struct Report(pub(crate) String);

impl Report {
    /// Reads a text, or the bytes of one after `0x`.
    pub(super) fn read(slot: &Slot<'_>, reader: &mut Reader<'_, '_>) -> Option<Self> {
        let text = slot.filled()?;
        if !text.value.starts_with("0x") {
            return Some(Self(text.value));
        }
        let report = hexadecimal(&text.value).and_then(|bytes| String::from_utf8(bytes).ok());
        if report.is_none() {
            let message = format!("{} is no text in hexadecimal digits", quoted(&text.value));
            let help = "write two digits a byte after `0x`, or the text itself";
            reader.faults.add(Fault::error(Kind::InvalidValue, text.span, message).help(help));
        }
        report.map(Self)
    }

    /// The texts of `NoTimeouts`, which stand below `Options` in the newer way (schema, 3).
    pub(super) fn without_timeout(root: &Element, reader: &mut Reader<'_, '_>) -> Vec<Self> {
        let newer = root.find_at(&["Options", "NoTimeouts"]);
        if newer.is_some() {
            reader.child(root, "Options");
        }
        let lists = newer.into_iter().chain(root.find("NoTimeouts"));
        let texts = lists.flat_map(|list| {
            list.taken.set(true);
            list.children("NoTimeout").map(Slot::text)
        });
        texts.filter_map(|text| Self::read(&text, reader)).collect()
    }
}
