//! The older way to let a trigger fire under a condition: attributes of its `Time` (TRG-43; schema, 10.2).

use genlock_spec::Comparison;

use super::item::Placed;
use super::reader::Reader;
use super::reference::{Form, Reference};
use super::trigger::{Moment, OnId};
use super::vocabulary::Meaning::Carried;
use super::vocabulary::Vocabulary;
use crate::diagnostic::{Fault, Kind};
use crate::parse::Element;
use crate::text::quoted;

/// What must hold for a trigger to fire.
#[derive(Debug)]
pub(crate) struct Guard {
    /// `@id`: the parameter that is compared; the trigger's own without it.
    pub(crate) param: Reference,
    pub(crate) comparison: Comparison,
    pub(crate) with: Compared,
}

/// What the parameter of a guard is compared with.
#[derive(Debug)]
pub(crate) enum Compared {
    /// `@value`.
    Value(String),
    /// The parameter that `@value` names, with `nr="true"`.
    Param(Reference),
}

const COMPARISON: Vocabulary<Comparison> = Vocabulary {
    words: &[
        ("equal", Carried(Comparison::Equal)),
        ("not equal", Carried(Comparison::NotEqual)),
        ("greater", Carried(Comparison::Greater)),
        ("less", Carried(Comparison::Less)),
    ],
};

impl Guard {
    /// Reads the attributes of `time`, the `Time` of a trigger on `own`. TRG-45: a timeout is compared with nothing.
    pub(super) fn read(
        time: &Element,
        moment: Option<Placed<Moment>>,
        own: Option<&OnId>,
        reader: &mut Reader<'_, '_>,
    ) -> Option<Self> {
        let [id, case, value, nr] = ["id", "case", "value", "nr"].map(|name| reader.attribute(time, name));
        if moment.is_some_and(|moment| matches!(moment.value, Moment::Timeout | Moment::TimeoutAfterRetries)) {
            for slot in [id, case, value, nr].into_iter().flatten() {
                let message = format!("{} has no effect on a timeout", quoted(slot.name));
                reader.faults.add(Fault::warning(Kind::NotUsed, slot.span, message).help("remove it"));
            }
            return None;
        }
        let Some(case) = case else {
            if let Some(slot) = [id, value, nr].into_iter().flatten().next() {
                let message = format!("{} is compared with nothing: there is no `case`", quoted(slot.name));
                let fault = Fault::error(Kind::MissingAttribute, slot.span, message);
                reader.faults.add(fault.help("add `case`, or remove it; a `Condition` says the same more clearly"));
            }
            return None;
        };
        let comparison = reader.word(&case, &COMPARISON);
        if comparison.is_none() {
            // A14: combinations have no syntax of their own.
            let message = format!("{} is no comparison", quoted(case.trimmed()));
            let fault = Fault::error(Kind::InvalidValue, case.span, message);
            reader.faults.add(fault.help("write equal, not equal, greater or less, or use a `Condition`"));
        }
        let Some(value) = value else {
            let fault = Fault::error(Kind::MissingAttribute, time.name_span, "`case` compares with nothing");
            reader.faults.add(fault.missing("@value").help("add `value`"));
            return None;
        };
        let is_param = nr.and_then(|flag| reader.flag(&flag)).is_some_and(|flag| flag.value);
        let with = if is_param {
            reader.reference_to(&value, Form::Loose, super::Target::Param).map(Compared::Param)
        } else {
            Some(Compared::Value(value.trimmed().to_owned()))
        };
        let param = match (id, own) {
            (Some(id), _) => reader.reference_to(&id, Form::Loose, super::Target::Param),
            (None, Some(OnId::Item(pid))) => Some(pid.clone()),
            (None, _) => {
                let message = "`case` needs `id`: the trigger is not on one parameter";
                let fault = Fault::error(Kind::MissingAttribute, time.name_span, message);
                reader.faults.add(fault.missing("@id").help("add `id` with the parameter that is compared"));
                None
            }
        };
        Some(Self { param: param?, comparison: comparison?.value, with: with? })
    }
}
