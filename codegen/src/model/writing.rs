//! How a text or a number is written on a page: the attributes of `Measurement/Type`.

use super::reader::{Reader, Slot};
use crate::pages::{LetterCase, NumberForm};
use crate::parse::Element;

/// The attributes of `Measurement/Type`.
#[derive(Debug, Default)]
pub(crate) struct Writing {
    /// How its number is written (PARAM-167, PARAM-168).
    pub(crate) number: NumberForm,
    /// `@lines`.
    pub(crate) lines: u32,
    /// `@case` (PARAM-169).
    pub(crate) case: LetterCase,
    /// The option `password` (PARAM-169).
    pub(crate) secret: bool,
    /// The option `end`: a title is the lower edge of its box.
    pub(crate) is_end: bool,
}

impl Writing {
    /// Reads what `kind`, the element `Type`, says. What else its options say is a matter of size and colour.
    pub(super) fn read(kind: &Element, reader: &mut Reader<'_, '_>) -> Self {
        let options = reader.attribute(kind, "options");
        let has = |name: &str| options.is_some_and(|options| options.parts().any(|option| option.is(name)));
        let attribute = |name: &str| reader.attribute(kind, name);
        let (hex, scientific, case) = (attribute("hex"), attribute("scientificNotation"), attribute("case"));
        let is = |slot: Option<Slot<'_>>, word: &str| slot.is_some_and(|slot| slot.is(word));
        let number = if is(hex, "true") {
            NumberForm::Hexadecimal
        } else if is(scientific, "universal") {
            NumberForm::Normalised
        } else if is(scientific, "scientific") {
            NumberForm::Engineering
        } else if has("timeofday") {
            NumberForm::TimeOfDay
        } else if has("time:minute") {
            NumberForm::Minutes
        } else if has("time:hour") {
            NumberForm::Hours
        } else if has("time") {
            NumberForm::Seconds
        } else if has("datetime") || has("datetime:minute") {
            NumberForm::DateTime
        } else if has("date") {
            NumberForm::Date
        } else {
            NumberForm::Plain
        };
        let case = if is(case, "upper") {
            LetterCase::Upper
        } else if is(case, "lower") {
            LetterCase::Lower
        } else {
            LetterCase::AsEntered
        };
        let lines = attribute("lines").and_then(|lines| lines.trimmed().parse().ok());
        Self { number, lines: lines.unwrap_or_default(), case, secret: has("password"), is_end: has("end") }
    }
}
