//! Alarm thresholds.

use genlock_spec::AlarmLevel;

use super::item::Placed;
use super::option::Options;
use super::reader::{Reader, Slot};
use super::reference::{Form, Reference};
use crate::diagnostic::{Fault, Kind};
use crate::parse::Element;
use crate::source::Span;
use crate::text::quoted;

/// `Alarm`.
#[derive(Debug)]
pub(crate) struct Alarm {
    /// `Monitored`.
    pub(crate) monitored: Option<Placed<bool>>,
    /// The values of each level, most severe level first.
    pub(crate) thresholds: Vec<(AlarmLevel, Placed<String>)>,
    /// Levels that only numbers have: `WaL`, `MiL`, `MaL`, `CL`.
    pub(crate) low: Vec<(&'static str, Span)>,
    /// The values of these levels, most severe level first.
    pub(crate) low_thresholds: Vec<(AlarmLevel, Placed<String>)>,
    /// `Info`: the values that are told as information.
    pub(crate) information: Vec<Placed<String>>,
    /// `@type`: what the limits are measured from.
    pub(crate) nominal: Option<Nominal>,
    /// `@activeTime`.
    pub(crate) active_ms: Option<u32>,
    /// `Monitored@disabledIf`: a parameter and its value.
    pub(crate) disabled_if: Option<(Reference, String)>,
    /// `@options`, `threshold`: a parameter, and the one that must not be lower.
    pub(crate) threshold: Option<[Reference; 2]>,
}

/// What limits are measured from: `relative:10,11,12`.
#[derive(Debug)]
pub(crate) struct Nominal {
    pub(crate) is_relative: bool,
    pub(crate) span: Span,
    /// The parameters that hold the nominal value, a factor, and a value to use instead.
    pub(crate) params: [Option<Reference>; 3],
}

/// ALM-05: the levels that discreet and string parameters have, most severe first.
const LEVELS: [(&str, AlarmLevel); 5] = [
    ("CH", AlarmLevel::Critical),
    ("MaH", AlarmLevel::Major),
    ("MiH", AlarmLevel::Minor),
    ("WaH", AlarmLevel::Warning),
    ("Normal", AlarmLevel::Normal),
];
/// ALM-13
const OPTIONS: Options = Options { carried: &["threshold", "properties", "propertyNames"], refused: &[] };
const LOW: [(&str, AlarmLevel); 4] = [
    ("CL", AlarmLevel::Critical),
    ("MaL", AlarmLevel::Major),
    ("MiL", AlarmLevel::Minor),
    ("WaL", AlarmLevel::Warning),
];

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
        let low = LOW.iter().filter_map(|&(name, _)| {
            let level = element.child(name)?;
            (!level.take_text().trim().is_empty()).then_some((name, level.name_span))
        });
        let low_values = LOW.iter().flat_map(|&(name, level)| {
            let values = element.find(name).into_iter().flat_map(|values| Slot::look(values).parts());
            values.filter_map(move |value| Some((level, value.filled()?)))
        });
        let low_thresholds = low_values.collect();
        let low = low.collect();
        let information = reader.child(element, "Info").map(Slot::text);
        let information = information.iter().flat_map(|values| values.parts()).filter_map(|value| value.filled());
        let information = information.collect();
        let disabled_if = element
            .find("Monitored")
            .and_then(|monitored| reader.attribute(monitored, "disabledIf"))
            .and_then(disabled);
        let active_ms = reader.attribute(element, "activeTime");
        Self {
            monitored,
            thresholds,
            low,
            low_thresholds,
            information,
            nominal: reader.attribute(element, "type").and_then(Nominal::read),
            active_ms: active_ms.and_then(|time| reader.number(&time, 0, u32::MAX, "a time").map(|time| time.value)),
            disabled_if,
            threshold: reader.attribute(element, "options").and_then(|options| threshold(options, reader)),
        }
    }

    /// Whether levels are worked out at all (ALM-02).
    pub(crate) fn is_monitored(&self) -> bool {
        self.monitored.as_ref().is_some_and(|monitored| monitored.value)
    }
}

impl Nominal {
    fn read(slot: Slot<'_>) -> Option<Self> {
        let (word, pids) = slot.trimmed().split_once(':').unwrap_or((slot.trimmed(), ""));
        let is_relative = word.trim().eq_ignore_ascii_case("relative");
        if !is_relative && !word.trim().eq_ignore_ascii_case("absolute") {
            return None;
        }
        let mut pids = pids.split(',').map(|pid| Form::Loose.read(pid, slot.within(pid).span));
        let mut next = || pids.next().flatten();
        Some(Self { is_relative, span: slot.span, params: [next(), next(), next()] })
    }
}

/// The parameters of `threshold:a,b` among the options (ALM-13).
fn threshold(options: Slot<'_>, reader: &mut Reader<'_, '_>) -> Option<[Reference; 2]> {
    let mut threshold = None;
    for choice in OPTIONS.read(options, reader) {
        if choice.name != "threshold" {
            let message = format!("the option {} is left out: alarms have no properties", quoted(choice.name));
            let fault = Fault::warning(Kind::NotCarriedOut, choice.slot.span, message);
            reader.faults.add(fault.help("the levels of the alarm are the same without it"));
            continue;
        }
        let pids = choice.value.as_ref().and_then(|pids| pids.trimmed().split_once(',').map(|pair| (pids, pair)));
        let read = pids.and_then(|(pids, (limit, compared))| {
            let read = |pid| Form::Loose.read(pid, pids.within(pid).span);
            Some([read(limit)?, read(compared)?])
        });
        if read.is_none() {
            let fault =
                Fault::error(Kind::InvalidOption, choice.slot.span, "the option `threshold` needs two parameters");
            reader.faults.add(fault.help("write `threshold:a,b` with the ids of two parameters"));
        }
        threshold = threshold.or(read);
    }
    threshold
}

/// `pid,value`
fn disabled(slot: Slot<'_>) -> Option<(Reference, String)> {
    let (pid, value) = slot.trimmed().split_once(',')?;
    Some((Form::Loose.read(pid, slot.within(pid).span)?, value.trim().to_owned()))
}
