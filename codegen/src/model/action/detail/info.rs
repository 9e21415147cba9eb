//! `set info` (ACT-87): a new scale, a new sequence, or none from now on.

use genlock_spec::Scale;

use super::super::super::format::{Step, steps_in};
use super::super::super::reader::{Reader, Slot};
use crate::diagnostic::{Fault, Kind};
use crate::parse::Element;
use crate::text::quoted;

/// What `set info` changes.
#[derive(Debug)]
pub(crate) struct Info {
    /// `@scale`
    pub(crate) scale: Change<Scale>,
    /// `@sequence`
    pub(crate) sequence: Change<Vec<Step>>,
}

/// What becomes of a scale or a sequence.
#[derive(Debug)]
pub(crate) enum Change<T> {
    /// It is not named and stays as it is.
    Same,
    /// `-`: there is none from now on.
    None,
    /// Another one.
    To(T),
}

impl Info {
    pub(super) fn read(kind: &Element, reader: &mut Reader<'_, '_>) -> Self {
        let [scale, sequence] = ["scale", "sequence"].map(|name| {
            let slot = reader.attribute(kind, name);
            slot.filter(|slot| !slot.is_blank())
        });
        if scale.is_none() && sequence.is_none() {
            let message = "`set info` does not say what it changes";
            let fault = Fault::error(Kind::MissingAttribute, kind.name_span, message).missing("@scale");
            reader.faults.add(fault.help("write `scale=\"0;4000;-10;10\"` or `sequence=\"*:10\"`, with `-` for none"));
        }
        let scale = match scale {
            Some(slot) if slot.trimmed() == "-" => Change::None,
            Some(slot) => scale_in(&slot, reader).map_or(Change::Same, Change::To),
            None => Change::Same,
        };
        let sequence = match sequence {
            Some(slot) if slot.trimmed() == "-" => Change::None,
            Some(slot) => Change::To(sequence_in(slot, reader)),
            None => Change::Same,
        };
        Self { scale, sequence }
    }
}

fn scale_in(slot: &Slot<'_>, reader: &mut Reader<'_, '_>) -> Option<Scale> {
    let ends: Vec<Option<i64>> = slot.trimmed().split(';').map(|end| end.trim().parse().ok()).collect();
    if let [Some(low_data), Some(high_data), Some(low), Some(high)] = *ends {
        return Some(Scale { low_data, high_data, low, high });
    }
    let message = format!("{} is no scale", quoted(slot.trimmed()));
    let fault = Fault::error(Kind::InvalidValue, slot.span, message);
    reader.faults.add(fault.help("write four whole numbers, `lowData;highData;low;high`, or `-` for none"));
    None
}

fn sequence_in(slot: Slot<'_>, reader: &mut Reader<'_, '_>) -> Vec<Step> {
    let (count, span, text) = (slot.parts().count(), slot.span, slot.trimmed());
    let steps = steps_in(slot, None, reader);
    if steps.len() != count {
        let message = format!("{} is no sequence", quoted(text));
        let fault = Fault::error(Kind::InvalidValue, span, message);
        reader.faults.add(fault.help("write steps such as `*:10;+:id:5`, or `-` for none"));
    }
    steps
}
