//! Alarm thresholds.

use genlock_spec::AlarmLevel;

use super::item::Placed;
use super::reader::{Reader, Slot};
use crate::parse::Element;
use crate::source::Span;

/// `Alarm`.
#[derive(Debug)]
pub(crate) struct Alarm {
    /// `Monitored`.
    pub(crate) monitored: Option<Placed<bool>>,
    /// The values of each level, most severe level first.
    pub(crate) thresholds: Vec<(AlarmLevel, Placed<String>)>,
    /// Levels that only numbers have: `WaL`, `MiL`, `MaL`, `CL`.
    pub(crate) low: Vec<(&'static str, Span)>,
}

/// ALM-05: the levels that discreet and string parameters have, most severe first.
const LEVELS: [(&str, AlarmLevel); 5] = [
    ("CH", AlarmLevel::Critical),
    ("MaH", AlarmLevel::Major),
    ("MiH", AlarmLevel::Minor),
    ("WaH", AlarmLevel::Warning),
    ("Normal", AlarmLevel::Normal),
];
const LOW: [&str; 4] = ["CL", "MaL", "MiL", "WaL"];

impl Alarm {
    pub(super) fn read(element: &Element, reader: &mut Reader<'_, '_>) -> Self {
        let monitored = reader.child(element, "Monitored");
        let monitored = monitored.and_then(|monitored| reader.flag(&Slot::text(monitored)));
        let mut thresholds = Vec::new();
        for (name, level) in LEVELS {
            // ALM-06: several values are separated by semicolons.
            let Some(values) = reader.child(element, name).map(Slot::text) else { continue };
            let values = values.parts().filter_map(|value| value.filled());
            thresholds.extend(values.map(|value| (level, value)));
        }
        let low = LOW.iter().filter_map(|&name| {
            let level = element.child(name)?;
            (!level.take_text().trim().is_empty()).then_some((name, level.name_span))
        });
        Self { monitored, thresholds, low: low.collect() }
    }

    /// Whether levels are worked out at all (ALM-02).
    pub(crate) fn is_monitored(&self) -> bool {
        self.monitored.as_ref().is_some_and(|monitored| monitored.value)
    }
}
