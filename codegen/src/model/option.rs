//! Option strings: `retries:2;ignoreTimeout;connection:1`.

use super::reader::{Reader, Slot};
use crate::diagnostic::{Fault, Kind};
use crate::text::{either, nearest, quoted};

/// The options that an attribute may hold.
pub(super) struct Options {
    /// The names that genlock carries out.
    pub(super) carried: &'static [&'static str],
    /// Names that belong to a part of the language that it does not carry out, with that part; it may have no name.
    pub(super) refused: &'static [(&'static str, &'static str)],
}

/// One option.
pub(super) struct Choice<'e> {
    /// Its name, as [`Options`] writes it.
    pub(super) name: &'static str,
    /// What stands behind the colon or the equals sign.
    pub(super) value: Option<Slot<'e>>,
    /// The whole option.
    pub(super) slot: Slot<'e>,
}

impl Options {
    /// The options in `slot`. Names are compared without letter case.
    pub(super) fn read<'e>(&self, slot: Slot<'e>, reader: &mut Reader<'_, '_>) -> Vec<Choice<'e>> {
        slot.parts().filter_map(|part| self.choice(part, reader)).collect()
    }

    fn choice<'e>(&self, slot: Slot<'e>, reader: &mut Reader<'_, '_>) -> Option<Choice<'e>> {
        let text = slot.raw.trim();
        let (name, value) =
            text.split_once([':', '=']).map_or((text, None), |(name, value)| (name.trim_end(), Some(value)));
        if let Some(&name) = self.carried.iter().find(|carried| carried.eq_ignore_ascii_case(name)) {
            let value = value.map(|value| slot.tail(value));
            return Some(Choice { name, value, slot });
        }
        if let Some((_, part)) = self.refused.iter().find(|(refused, _)| refused.eq_ignore_ascii_case(name)) {
            reader.refused(slot.span, &format!("the option {}", quoted(text)), part, self.carried.iter().copied());
            return None;
        }
        let fault = Fault::error(Kind::UnknownOption, slot.span, format!("there is no option {} here", quoted(text)));
        let known = || self.carried.iter().copied().chain(self.refused.iter().map(|(name, _)| *name));
        reader.faults.add(match nearest(name, known()) {
            Some(known) => fault.help(format!("did you mean `{known}`?")),
            None => fault.help(format!("the options are {}", either(known()))),
        });
        None
    }
}

impl Choice<'_> {
    /// The number behind the colon, from 0 to `to`.
    pub(super) fn number(&self, to: u32, reader: &mut Reader<'_, '_>) -> Option<u32> {
        let number = self.value.as_ref().and_then(|value| value.raw.trim().parse().ok()).filter(|&number| number <= to);
        if number.is_none() {
            let message = format!("the option {} needs a number", quoted(self.name));
            let fault = Fault::error(Kind::InvalidOption, self.slot.span, message);
            reader.faults.add(fault.help(format!("write `{}:n` with n from 0 to {to}", self.name)));
        }
        number
    }
}
