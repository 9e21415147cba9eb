//! The older way to let a trigger fire under a condition: attributes of its `Time` (schema, 10.2). No element does this
//! yet, so nothing here counts as taken.

use genlock_spec::GuardComparison;

use super::reader::Reader;
use super::reference::{Form, Reference};
use super::vocabulary::Meaning::Carried;
use super::vocabulary::{FLAG, Vocabulary};
use crate::parse::{Element, Slot};

/// What must hold for a trigger to fire.
#[derive(Debug)]
pub(crate) struct Guard {
    /// `@id`: the parameter that is compared; the one that fired without it.
    pub(crate) param: Option<Reference>,
    pub(crate) comparison: GuardComparison,
    /// `@value`.
    pub(crate) value: String,
    /// The parameter that `@value` names, with `nr="true"`.
    pub(crate) with_param: Option<Reference>,
}

const COMPARISON: Vocabulary<GuardComparison> = Vocabulary {
    words: &[
        ("equal", Carried(GuardComparison::Equal)),
        ("not equal", Carried(GuardComparison::NotEqual)),
        ("greater", Carried(GuardComparison::Greater)),
        ("less", Carried(GuardComparison::Less)),
    ],
};

impl Guard {
    pub(super) fn read(time: &Element, reader: &mut Reader<'_, '_>) -> Option<Self> {
        let attribute = |name: &str| time.get(name).map(Slot::attribute);
        let comparison = attribute("case").and_then(|word| reader.word(&word, &COMPARISON))?;
        let value = attribute("value");
        let is_param = attribute("nr").and_then(|flag| reader.word(&flag, &FLAG)).is_some_and(|flag| flag.value);
        let with_param = value.filter(|_| is_param).and_then(|pid| reader.reference(&pid, Form::Loose));
        Some(Self {
            param: attribute("id").and_then(|pid| reader.reference(&pid, Form::Loose)),
            comparison: comparison.value,
            value: value.map_or_else(String::new, |value| value.trimmed().to_owned()),
            with_param,
        })
    }
}
