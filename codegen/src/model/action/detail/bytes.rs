//! Actions on the bytes of a message: which are replaced (ACT-75, ACT-76), which are marked (CMD-40).

use super::super::super::reader::{Reader, Slot};
use crate::diagnostic::{Fault, Kind};
use crate::parse::Element;
use crate::text::quoted;

/// What `replace data` replaces (ACT-75, ACT-76).
#[derive(Debug, Default)]
pub(crate) struct Replacing {
    /// What is replaced with what, in hexadecimal digits.
    pub(crate) replacements: Vec<(String, String)>,
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// `use_offset`
    pub(crate) at_the_ends: bool,
}

/// What `stuffing` puts in and `read stuffing` takes out (CMD-40), in hexadecimal digits.
#[derive(Debug, Default)]
pub(crate) struct Stuffing {
    /// The value that is marked by itself.
    pub(crate) value: String,
    /// What may follow it without a mark.
    pub(crate) allowed: Vec<String>,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// `@startoffset` and `@endoffset`.
fn offsets(kind: &Element, reader: &mut Reader<'_, '_>) -> (u32, u32) {
    let mut offset = |name: &str| {
        let offset = reader.attribute(kind, name);
        offset.and_then(|offset| reader.number(&offset, 0, u32::MAX, "a number of bytes"))
    };
    let [start, end] = ["startoffset", "endoffset"].map(|name| offset(name).map_or(0, |offset| offset.value));
    (start, end)
}

impl Replacing {
    pub(super) fn read(kind: &Element, reader: &mut Reader<'_, '_>) -> Self {
        let (start, end) = offsets(kind, reader);
        let mut replacing = Self { start, end, ..Self::default() };
        let Some(options) = reader.attribute(kind, "options") else {
            let message = "`replace data` does not say what it replaces";
            let fault = Fault::error(Kind::MissingAttribute, kind.name_span, message).missing("@options");
            reader.faults.add(fault.help("write `<Type options=\"0D0A;20\">` with the old and the new bytes"));
            return replacing;
        };
        let mut parts = options.raw.split(';').map(str::trim);
        let (olds, news) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        replacing.at_the_ends = parts.next().is_some_and(|option| option.eq_ignore_ascii_case("use_offset"));
        let (olds, news): (Vec<_>, Vec<_>) =
            (olds.split('-').map(digits).collect(), news.split('-').map(digits).collect());
        if olds.len() != news.len() {
            // ACT-75: nothing is replaced then.
            let message =
                format!("{} has not as many new as old bytes, so nothing is replaced", quoted(options.trimmed()));
            let fault = Fault::warning(Kind::InconsistentCount, options.span, message);
            reader.faults.add(fault.help("write `old-old;new-new`, as many new as old"));
            return replacing;
        }
        let pairs: Option<Vec<_>> = olds.into_iter().zip(news).map(|(old, new)| Some((old?, new?))).collect();
        if let Some(pairs) = pairs.filter(|pairs| pairs.iter().all(|(old, _)| !old.is_empty())) {
            replacing.replacements = pairs;
        } else {
            let message = format!("{} does not say which bytes are replaced with which", quoted(options.trimmed()));
            let fault = Fault::error(Kind::InvalidOption, options.span, message);
            reader.faults.add(fault.help("write `old;new` or `old-old;new-new`, each in hexadecimal digits"));
        }
        replacing
    }
}

impl Stuffing {
    pub(super) fn read(kind: &Element, reader: &mut Reader<'_, '_>) -> Self {
        let (start, end) = offsets(kind, reader);
        let value = reader.attribute(kind, "value");
        let allowed = reader.attribute(kind, "allowed");
        let allowed = allowed.iter().flat_map(|allowed| sequences(allowed, reader)).collect();
        let mut stuffing = Self { value: String::new(), allowed, start, end };
        if let Some(value) = value.filter(|value| !value.is_blank()) {
            stuffing.value = sequences(&value, reader).concat();
        } else {
            let message = "the action does not say which bytes are marked";
            let fault = Fault::error(Kind::MissingAttribute, kind.name_span, message).missing("@value");
            reader.faults.add(fault.help("write `<Type value=\"0x10\">` with these bytes"));
        }
        stuffing
    }
}

/// `0x020x03` is two sequences of one byte each, `0x0203` is one of two; any other text is its own bytes.
fn sequences(slot: &Slot<'_>, reader: &mut Reader<'_, '_>) -> Vec<String> {
    let text = slot.trimmed();
    let Some(groups) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) else {
        return vec![text.bytes().map(|byte| format!("{byte:02X}")).collect()];
    };
    let groups = groups.split("0x").flat_map(|group| group.split("0X"));
    let sequences: Option<Vec<String>> =
        groups.map(|group| digits(group).filter(|digits| !digits.is_empty())).collect();
    sequences.unwrap_or_else(|| {
        let message = format!("{} is no bytes in hexadecimal digits", quoted(text));
        let fault = Fault::error(Kind::InvalidValue, slot.span, message);
        reader.faults.add(fault.help("write two digits for each byte behind `0x`: `0x10`, `0x0D0A`"));
        Vec::new()
    })
}

/// Hexadecimal digits, two for each byte; `0x` may stand before any of them.
fn digits(text: &str) -> Option<String> {
    let digits = text.trim().replace("0x", "").replace("0X", "");
    let valid = digits.len().is_multiple_of(2) && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    valid.then_some(digits)
}
