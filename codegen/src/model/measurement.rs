//! How a parameter is shown, as far as it has an effect: its known values, and whether it is a secret.

use std::collections::BTreeSet;

use super::item::Placed;
use super::reader::{Reader, Slot};
use super::vocabulary::Meaning::{Carried, Refused};
use super::vocabulary::Vocabulary;
use crate::parse::Element;

/// `Measurement`.
#[derive(Debug)]
pub(crate) struct Measurement {
    pub(crate) kind: Option<Placed<MeasurementType>>,
    pub(crate) discreets: Vec<Discreet>,
    /// Option `password` (PARAM-169).
    pub(crate) secret: bool,
}

/// One known value.
#[derive(Debug)]
pub(crate) struct Discreet {
    pub(crate) display: Placed<String>,
    pub(crate) value: Placed<String>,
    /// With which values of another parameter it is offered; empty: always.
    pub(crate) offered: String,
}

/// The word in `Measurement/Type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MeasurementType {
    Analog,
    Button,
    Chart,
    DigitalThreshold,
    Discreet,
    Matrix,
    Number,
    PageButton,
    Progress,
    String,
    Table,
    Title,
    ToggleButton,
}

const KIND: Vocabulary<MeasurementType> = Vocabulary {
    words: &[
        ("analog", Carried(MeasurementType::Analog)),
        ("button", Carried(MeasurementType::Button)),
        ("discreet", Carried(MeasurementType::Discreet)),
        ("number", Carried(MeasurementType::Number)),
        ("pagebutton", Carried(MeasurementType::PageButton)),
        ("progress", Carried(MeasurementType::Progress)),
        ("string", Carried(MeasurementType::String)),
        ("title", Carried(MeasurementType::Title)),
        ("togglebutton", Carried(MeasurementType::ToggleButton)),
        ("chart", Refused(MeasurementType::Chart, "tables")),
        ("matrix", Refused(MeasurementType::Matrix, "tables")),
        ("table", Refused(MeasurementType::Table, "tables")),
        ("digital threshold", Refused(MeasurementType::DigitalThreshold, "number formats")),
    ],
};

impl Measurement {
    pub(super) fn read(element: &Element, reader: &mut Reader<'_, '_>) -> Self {
        let kind = reader.child(element, "Type");
        let options = kind.and_then(|kind| reader.attribute(kind, "options"));
        let list = reader.child(element, "Discreets");
        Self {
            kind: kind.and_then(|word| reader.word(&Slot::text(word), &KIND)),
            discreets: list.map_or_else(Vec::new, |list| {
                list.children("Discreet").filter_map(|discreet| Discreet::read(discreet, reader)).collect()
            }),
            // The other options are about presentation.
            secret: options
                .is_some_and(|options| options.parts().any(|part| part.raw.trim().eq_ignore_ascii_case("password"))),
        }
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
        let display = reader.child(element, "Display").map(Slot::text);
        let value = reader.child(element, "Value").map(Slot::text)?.filled()?;
        // Without a caption it is shown as itself (PARAM-161).
        let display = display?.filled().unwrap_or_else(|| value.clone());
        // Read without a mark: what is offered when is up to who shows it.
        let offered = element.get("dependencyValues").map_or("", |values| values.value.trim());
        Some(Self { display, value, offered: offered.to_owned() })
    }
}
