//! What the attributes of an action's `Type` say.

mod bytes;
mod info;

use super::super::item::Placed;
use super::super::number;
use super::super::reader::{Reader, Slot};
use super::types::ActionType;
use crate::diagnostic::{Fault, Kind};
use crate::parse::Element;
use crate::text::{either, quoted};

pub(crate) use bytes::Replacing;
use bytes::Stuffing;
pub(crate) use info::{Change, Info};

/// ACT-91: how long `sleep` sleeps when nobody says.
const SLEEP_MS: u32 = 5000;
/// ACT-91: a shorter sleep lasts as long all the same.
const SHORTEST_SLEEP_MS: u32 = 15;
/// ACT-50, ACT-63, ACT-65: with what is calculated when nobody says.
const AMOUNT: f64 = 1.0;
/// How many bytes stand together (ACT-22).
const LONGEST_GROUP: u32 = 1_048_576;

/// What an action is to do, beyond its type and the parameter in `@id`.
#[derive(Debug)]
pub(crate) enum Detail {
    /// Nothing more.
    None,
    /// `append`: `@value` (ACT-21), and the size of a group of hexadecimal digits (ACT-22).
    Append { text: Option<String>, hex: Option<u32> },
    /// The number in `@value`.
    Amount(f64),
    /// `replace data`.
    Replace(Replacing),
    /// `stuffing` and `read stuffing`.
    Stuffing(Stuffing),
    /// `replace`: the place of the parameter in the message, from 0.
    Position(u32),
    /// `reverse`: which occurrences of the parameter in the message, from 0.
    Occurrences(Vec<u32>),
    /// `set info`.
    Info(Info),
    /// The number of a connection in `@nr` (CONN-94).
    Connection(Option<Placed<u32>>),
    /// A time in ms.
    Sleep(u32),
    /// `set next`: the places of the pairs, from 0, and `@value`.
    Next { positions: Vec<u32>, wait_ms: Option<u32> },
    /// `restart timer` with `@reschedule` (TMR-23).
    Restart { reschedules: bool },
}

impl Detail {
    /// Reads the attributes of `kind`, the `Type` of `action`, and of its `On`.
    pub(super) fn read(word: ActionType, action: &Element, kind: &Element, reader: &mut Reader<'_, '_>) -> Self {
        match word {
            ActionType::Append => {
                let text = reader.attribute(kind, "value").map(|text| text.raw.to_owned());
                let options = reader.attribute(kind, "options");
                Self::Append { text, hex: options.and_then(|options| grouping(&options, reader)) }
            }
            ActionType::Increment | ActionType::Multiply | ActionType::Pow => {
                let value = reader.attribute(kind, "value");
                Self::Amount(value.and_then(|value| amount(&value, reader)).unwrap_or(AMOUNT))
            }
            ActionType::ReplaceData => Self::Replace(Replacing::read(kind, reader)),
            ActionType::Stuffing | ActionType::ReadStuffing => Self::Stuffing(Stuffing::read(kind, reader)),
            ActionType::SetInfo => Self::Info(Info::read(kind, reader)),
            ActionType::Replace => Self::Position(position(kind, reader).unwrap_or_default()),
            ActionType::Reverse => {
                let numbers = action.find("On").and_then(|on| reader.attribute(on, "nr"));
                let numbers = numbers.into_iter().flat_map(Slot::parts);
                let numbers = numbers.filter_map(|number| whole(&number, "the number of an occurrence", reader));
                Self::Occurrences(numbers.map(|number| number.value).collect())
            }
            ActionType::Open | ActionType::Close => {
                let number = reader.attribute(kind, "nr");
                Self::Connection(number.and_then(|nr| whole(&nr, "the number of a connection", reader)))
            }
            ActionType::Sleep => {
                let time = reader.attribute(kind, "value");
                let time = time.and_then(|time| whole(&time, "a time in milliseconds", reader));
                Self::Sleep(time.map_or(SLEEP_MS, |time| time.value.max(SHORTEST_SLEEP_MS)))
            }
            ActionType::SetNext => {
                let value = reader.attribute(kind, "value");
                let wait = value.and_then(|value| whole(&value, "a time in milliseconds", reader));
                // What is no position of a pair is reported as such (6.7.8).
                let positions = action.find("On").and_then(|on| reader.attribute(on, "nr"));
                let positions = positions.into_iter().flat_map(Slot::parts);
                let positions = positions.filter_map(|part| part.trimmed().parse::<u32>().ok()?.checked_sub(1));
                Self::Next { positions: positions.collect(), wait_ms: wait.map(|wait| wait.value) }
            }
            ActionType::RestartTimer => {
                let reschedule = reader.attribute(kind, "reschedule");
                let reschedule = reschedule.and_then(|reschedule| reader.flag(&reschedule));
                Self::Restart { reschedules: reschedule.is_some_and(|reschedule| reschedule.value) }
            }
            _ => Self::None,
        }
    }
}

/// ACT-73
fn position(kind: &Element, reader: &mut Reader<'_, '_>) -> Option<u32> {
    let Some(number) = reader.attribute(kind, "nr") else {
        let message = "`replace` does not say which part it replaces";
        let fault = Fault::error(Kind::MissingAttribute, kind.name_span, message).missing("@nr");
        reader.faults.add(fault.help("write `<Type nr=\"0\">` with the place of the parameter, from 0"));
        return None;
    };
    whole(&number, "the place of a parameter", reader).map(|number| number.value)
}

/// `hex` or `hex-n` (ACT-22): how many bytes stand together, 0 for all of them.
fn grouping(options: &Slot<'_>, reader: &mut Reader<'_, '_>) -> Option<u32> {
    let text = options.filled()?;
    let lower = text.value.to_ascii_lowercase();
    let size = match lower.strip_prefix("hex") {
        Some("") => Some(0),
        Some(rest) => rest.strip_prefix('-').and_then(|size| size.parse().ok()).filter(|size| *size > 0),
        None => None,
    };
    let size = size.filter(|size| *size <= LONGEST_GROUP);
    if size.is_none() {
        let message = format!("{} is not how an `append` writes its bytes", quoted(&text.value));
        let fault = Fault::error(Kind::InvalidOption, text.span, message);
        let carried = either(["hex", "hex-2"]);
        reader.faults.add(fault.help(format!("write {carried}, with the number of bytes that stand together")));
    }
    size
}

/// A whole number where the language accepts any text, so that its form is judged here.
fn whole(value: &Slot<'_>, what: &str, reader: &mut Reader<'_, '_>) -> Option<Placed<u32>> {
    let text = value.filled()?;
    let number = text.value.parse::<u32>().ok();
    if number.is_none() {
        let message = format!("{} is not {what}", quoted(&text.value));
        reader.faults.add(Fault::error(Kind::InvalidValue, text.span, message).help("write a whole number"));
    }
    number.map(|value| Placed { value, span: text.span })
}

/// A number with which something is calculated.
fn amount(value: &Slot<'_>, reader: &mut Reader<'_, '_>) -> Option<f64> {
    let text = value.filled()?;
    let number = number::plain(&text.value);
    if number.is_none() {
        let message = format!("{} is not a number", quoted(&text.value));
        let fault = Fault::error(Kind::InvalidValue, text.span, message);
        reader.faults.add(fault.help("write digits with at most one point, after a minus if it is negative"));
    }
    number
}
