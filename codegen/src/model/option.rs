//! Option strings: `retries:2;ignoreTimeout;connection:1`.

use super::reader::{Reader, Slot};
use crate::diagnostic::{Fault, Kind};
use crate::source::Span;
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

/// An option that is kept as it is written.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) name: String,
    /// What stands behind the colon or the equals sign; may be empty.
    pub(crate) value: String,
    pub(crate) span: Span,
}

impl Entry {
    /// Whether it has this name, letter case ignored.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// The options of tables and columns: the first character parts them unless it is a letter or a digit, then the
/// semicolon does (schema, 1).
pub(super) fn separated(slot: Slot<'_>) -> Vec<Entry> {
    let text = slot.trimmed();
    let first = text.chars().next().filter(|first| !first.is_alphanumeric());
    let items = text.split(first.unwrap_or(';')).filter(|item| !item.trim().is_empty());
    let entry = |item| {
        let item = slot.within(item);
        let (name, value) = item.trimmed().split_once([':', '=']).unwrap_or((item.trimmed(), ""));
        Entry { name: name.trim_end().to_owned(), value: value.to_owned(), span: item.span }
    };
    items.map(entry).collect()
}

impl Options {
    /// The options in `slot`, those that genlock does not carry out included. Names are compared without letter case.
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
        if let Some(&(name, part)) = self.refused.iter().find(|(refused, _)| refused.eq_ignore_ascii_case(name)) {
            reader.refused(slot.span, &format!("the option {}", quoted(text)), part, self.carried.iter().copied());
            return Some(Choice { name, value: value.map(|value| slot.tail(value)), slot });
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
    /// The number behind the colon, or `default`.
    pub(super) fn number_or(&self, default: u32) -> u32 {
        self.value.as_ref().and_then(|value| value.trimmed().parse().ok()).unwrap_or(default)
    }

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

#[cfg(test)]
mod tests {
    use super::separated;
    use crate::parse::{Attribute, Slot};

    /// The options in `text`, each as `name|value`.
    fn options(text: &str) -> Vec<String> {
        let attribute = Attribute { value: text.to_owned(), ..Attribute::default() };
        let entries = separated(Slot::attribute(&attribute));
        entries.iter().map(|entry| format!("{}|{}", entry.name, entry.value)).collect()
    }

    #[test]
    fn the_first_character_parts_options_unless_it_is_a_letter() {
        assert_eq!(options(";save;foreignKey=1000"), ["save|", "foreignKey|1000"]);
        assert_eq!(options(":indexColumn:disableHeaderSum"), ["indexColumn|", "disableHeaderSum|"]);
        assert_eq!(options("volatile;naming=/1,2"), ["volatile|", "naming|/1,2"]);
        assert_eq!(options(" "), [""; 0]);
    }
}
