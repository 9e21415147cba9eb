//! The form of a parameter: its known values, and how its text or number is written.

use std::collections::BTreeSet;

use super::item::Placed;
use super::reader::{Reader, Slot};
use super::reference::Form::Loose;
use super::reference::Reference;
use super::vocabulary::Meaning::{Carried, Refused};
use super::vocabulary::Vocabulary;
use super::writing::Writing;
use crate::pages::Form;
use crate::parse::Element;

/// `Measurement`.
#[derive(Debug)]
pub(crate) struct Measurement {
    pub(crate) kind: Option<Placed<Form>>,
    pub(crate) discreets: Vec<Discreet>,
    /// `Discreets@dependencyId`: the parameter that decides on what is offered (PARAM-164).
    pub(crate) depends_on: Option<Reference>,
    /// How its text or number is written.
    pub(crate) writing: Writing,
}

/// One known value.
#[derive(Debug)]
pub(crate) struct Discreet {
    pub(crate) display: Placed<String>,
    pub(crate) value: Placed<String>,
    /// With which values of another parameter it is offered; empty: always.
    pub(crate) offered: String,
    /// `Tooltip`.
    pub(crate) help: String,
    /// The option `confirm`: what is asked before it is set.
    pub(crate) question: String,
    /// `Display@state` is `disabled` (PARAM-150).
    pub(crate) exceptional: bool,
}

const KIND: Vocabulary<Form> = Vocabulary {
    words: &[
        ("analog", Carried(Form::Analog)),
        ("button", Carried(Form::Button)),
        ("discreet", Carried(Form::Discreet)),
        ("number", Carried(Form::Number)),
        ("pagebutton", Carried(Form::PageButton)),
        ("progress", Carried(Form::Progress)),
        ("string", Carried(Form::Text)),
        ("title", Carried(Form::Title)),
        ("togglebutton", Carried(Form::ToggleButton)),
        ("chart", Refused(Form::Chart, "tables")),
        ("matrix", Refused(Form::Matrix, "tables")),
        ("table", Refused(Form::Table, "tables")),
        ("digital threshold", Refused(Form::DigitalThreshold, "number formats")),
    ],
};

impl Measurement {
    pub(super) fn read(element: &Element, reader: &mut Reader<'_, '_>) -> Self {
        let kind = reader.child(element, "Type");
        let list = reader.child(element, "Discreets");
        let depends_on = list.and_then(|list| reader.attribute(list, "dependencyId"));
        let form = kind.and_then(|word| reader.word(&Slot::text(word), &KIND));
        Self {
            kind: form,
            discreets: list.map_or_else(Vec::new, |list| {
                list.children("Discreet").filter_map(|discreet| Discreet::read(discreet, reader)).collect()
            }),
            depends_on: depends_on.and_then(|pid| reader.reference(&pid, Loose)),
            writing: kind.map(|kind| Writing::read(kind, reader)).unwrap_or_default(),
        }
    }

    /// Its form without regard to the parts of the language that genlock does not carry out.
    pub(super) fn form_of(word: &str) -> Option<Form> {
        KIND.value(word)
    }
}

impl Measurement {
    /// The known values, each once: one may be offered under several captions, with values of another parameter
    /// (PARAM-162). The first caption stands.
    pub(crate) fn known_values(&self) -> impl Iterator<Item = &Discreet> {
        let mut seen = BTreeSet::new();
        self.discreets.iter().filter(move |discreet| seen.insert(discreet.value.value.as_str()))
    }
}

impl Discreet {
    fn read(element: &Element, reader: &mut Reader<'_, '_>) -> Option<Self> {
        let shown = reader.child(element, "Display");
        let value = reader.child(element, "Value").map(Slot::text)?.filled()?;
        // Without a caption it is shown as itself (PARAM-161).
        let display = shown.map(Slot::text)?.filled().unwrap_or_else(|| value.clone());
        let text = |slot: Option<Slot<'_>>| slot.map_or_else(String::new, |slot| slot.trimmed().to_owned());
        let options = reader.attribute(element, "options");
        let confirm = options.and_then(|options| {
            options.parts().find_map(|option| option.trimmed().strip_prefix("confirm:").map(str::to_owned))
        });
        Some(Self {
            display,
            value,
            offered: text(reader.attribute(element, "dependencyValues")),
            help: text(reader.child(element, "Tooltip").map(Slot::text)),
            question: confirm.unwrap_or_default(),
            exceptional: shown
                .and_then(|shown| reader.attribute(shown, "state"))
                .is_some_and(|state| state.is("disabled")),
        })
    }
}
