//! How the bytes of a parameter become its value, beyond its types.

use std::ops::RangeInclusive;

use genlock_spec::{Operation, Rounding, Scale};

use super::number::plain;
use super::reader::Reader;
use super::reference::{Form, Reference};
use super::vocabulary::Meaning::Carried;
use super::vocabulary::{FLAG, Vocabulary};
use crate::parse::{Element, Slot};

/// What `Interprete` says beyond types and length.
#[derive(Debug)]
pub(crate) struct Format {
    pub(crate) bits: BitField,
    pub(crate) base: u32,
    pub(crate) big_endian: bool,
    pub(crate) factor: Option<f64>,
    pub(crate) scale: Option<Scale>,
    pub(crate) sequence: Vec<Step>,
    pub(crate) wraps_at: Option<u32>,
    pub(crate) decimals: Option<u32>,
    pub(crate) rounding: Rounding,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    pub(crate) printable: bool,
    pub(crate) trim: String,
    pub(crate) exceptions: Vec<Exception>,
    pub(crate) others: Vec<Other>,
}

/// Where the bits of a bit field lie in its group.
#[derive(Debug, Default)]
pub(crate) struct BitField {
    /// `Param/Type@id`.
    pub(crate) group: Option<Reference>,
    pub(crate) start: u32,
    pub(crate) len: u32,
    pub(crate) used: Option<u32>,
    pub(crate) byte_offset: u32,
    pub(crate) align_right: bool,
}

/// One step of a `Sequence`.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) operation: Operation,
    pub(crate) operand: Operand,
}

/// What a step works with.
#[derive(Clone, Debug)]
pub(crate) enum Operand {
    None,
    Number(f64),
    Param(Reference),
    Column(Reference),
}

/// `Exception`.
#[derive(Debug)]
pub(crate) struct Exception {
    pub(crate) incoming: String,
    pub(crate) value: String,
    pub(crate) display: String,
}

/// `Other`.
#[derive(Debug)]
pub(crate) struct Other {
    pub(crate) param: Option<Reference>,
    pub(crate) value: String,
    pub(crate) display: String,
}

/// The children of `Interprete` that belong to it.
const CHILDREN: [&str; 15] = [
    "Alignment",
    "Base",
    "Bits",
    "ByteOffset",
    "Decimals",
    "Endian",
    "Exceptions",
    "Factor",
    "NbrOfBits",
    "OffSet",
    "Others",
    "Range",
    "Rounding",
    "Scale",
    "Sequence",
];

const ENDIAN: Vocabulary<bool> = Vocabulary { words: &[("little", Carried(false)), ("big", Carried(true))] };

/// Whether the right end comes first.
const ALIGNMENT: Vocabulary<bool> = Vocabulary { words: &[("left", Carried(false)), ("right", Carried(true))] };

const ROUNDING: Vocabulary<Rounding> = Vocabulary {
    words: &[
        ("down", Carried(Rounding::Down)),
        ("up", Carried(Rounding::Up)),
        ("toZero", Carried(Rounding::ToZero)),
        ("toInfinity", Carried(Rounding::ToInfinity)),
        ("halfDown", Carried(Rounding::HalfDown)),
        ("halfUp", Carried(Rounding::HalfUp)),
        ("halfToZero", Carried(Rounding::HalfToZero)),
        ("halfToInfinity", Carried(Rounding::HalfToInfinity)),
    ],
};

const OPERATIONS: [(&str, Operation); 14] = [
    ("factor", Operation::Multiply),
    ("*", Operation::Multiply),
    ("offset", Operation::Add),
    ("+", Operation::Add),
    ("min", Operation::Subtract),
    ("-", Operation::Subtract),
    ("pow", Operation::Power),
    ("^", Operation::Power),
    ("div", Operation::Divide),
    ("/", Operation::Divide),
    ("rest", Operation::Remainder),
    ("%", Operation::Remainder),
    ("log10", Operation::Log10),
    ("log20", Operation::Log20),
];

impl Format {
    /// What `param` says beyond types and length, if it says any of it.
    pub(super) fn read(param: &Element, interprete: &Element, reader: &mut Reader<'_, '_>) -> Option<Self> {
        let kind = interprete.find("Type");
        let attribute = |name: &str| kind.and_then(|kind| kind.attribute(name)).map(Slot::attribute);
        let printable = attribute("filter").and_then(|flag| reader.word(&flag, &FLAG)).is_some_and(|flag| flag.value);
        let trim = attribute("trim").map_or_else(String::new, |trim| trim.trimmed().to_ascii_lowercase());
        let has_child = interprete.children.iter().any(|child| CHILDREN.contains(&child.name.as_str()));
        if !has_child && !printable && trim.is_empty() && interprete.find("StartPosition").is_none() {
            return None;
        }
        let range = |name: &'static str| decimal(interprete.child("Range")?.child(name)?);
        let sequence = interprete.child("Sequence");
        // PARAM-90: a value that a hook sets never goes through it, whether `noset` says so or not.
        sequence.and_then(|sequence| sequence.attribute("noset"));
        let wraps_at = sequence.and_then(|sequence| sequence.attribute("loop")).map(Slot::attribute);
        let word = |name: &'static str| interprete.child(name).map(Slot::text);
        Some(Self {
            bits: BitField::read(param, interprete, reader),
            base: number(interprete, "Base", 2..=36, reader).unwrap_or(10),
            big_endian: word("Endian").and_then(|word| reader.word(&word, &ENDIAN)).is_some_and(|word| word.value),
            factor: interprete.child("Factor").and_then(decimal),
            scale: interprete.child("Scale").and_then(scale),
            sequence: sequence.map_or_else(Vec::new, |sequence| steps(sequence, interprete, reader)),
            wraps_at: wraps_at.and_then(|slot| slot.trimmed().parse().ok()),
            decimals: number(interprete, "Decimals", 0..=15, reader),
            rounding: word("Rounding")
                .and_then(|word| reader.word(&word, &ROUNDING))
                .map_or(Rounding::Down, |word| word.value),
            low: range("Low"),
            high: range("High"),
            printable,
            trim,
            exceptions: exceptions(interprete),
            // Nobody carries them out, so they do not count as taken.
            others: list(interprete, "Others", "Other").map(Other::read).collect(),
        })
    }

    /// Whether white space is left out at the end `side`: `left` or `right`.
    pub(crate) fn trims(&self, side: &str) -> bool {
        self.trim.split(';').any(|trimmed| trimmed.trim() == side)
    }
}

impl BitField {
    fn read(param: &Element, interprete: &Element, reader: &mut Reader<'_, '_>) -> Self {
        let group = param.find("Type").and_then(|kind| kind.attribute("id")).map(Slot::attribute);
        let alignment = interprete.child("Alignment").map(Slot::text);
        Self {
            group: group.and_then(|id| reader.reference(&id, Form::Loose)),
            start: number(interprete, "StartPosition", 0..=u32::MAX, reader).unwrap_or_default(),
            len: number(interprete, "NbrOfBits", 0..=64, reader).unwrap_or_default(),
            used: number(interprete, "Bits", 1..=8, reader),
            byte_offset: number(interprete, "ByteOffset", 0..=255, reader).unwrap_or_default(),
            align_right: alignment.and_then(|word| reader.word(&word, &ALIGNMENT)).is_some_and(|word| word.value),
        }
    }
}

impl Exception {
    fn read(element: &Element) -> Self {
        element.attribute("id");
        let incoming = element.attribute("value").map_or_else(String::new, |value| value.value.clone());
        let text = |name| element.child(name).map_or_else(String::new, |text| Slot::text(text).trimmed().to_owned());
        element.find("Display").and_then(|display| display.attribute("state"));
        Self { incoming, value: text("Value"), display: text("Display") }
    }
}

impl Other {
    fn read(element: &Element) -> Self {
        let param = element.get("id").map(Slot::attribute).and_then(|id| Form::Loose.read(id.raw, id.span));
        Self { param, value: text(element, "Value"), display: text(element, "Display") }
    }
}

fn exceptions(interprete: &Element) -> Vec<Exception> {
    let exceptions = interprete.child("Exceptions").into_iter();
    exceptions.flat_map(|list| list.children("Exception")).map(Exception::read).collect()
}

/// The steps of a `Sequence`; those that are none are left out.
fn steps(sequence: &Element, interprete: &Element, reader: &mut Reader<'_, '_>) -> Vec<Step> {
    steps_in(Slot::text(sequence), Some(interprete), reader)
}

/// The steps of a list; without `Interprete` there is no `OffSet` that one could name.
pub(super) fn steps_in(slot: Slot<'_>, interprete: Option<&Element>, reader: &mut Reader<'_, '_>) -> Vec<Step> {
    slot.parts().filter_map(|step| read_step(step, interprete, reader)).collect()
}

fn read_step(step: Slot<'_>, interprete: Option<&Element>, reader: &mut Reader<'_, '_>) -> Option<Step> {
    let (name, operand) = step.trimmed().split_once(':').unwrap_or((step.trimmed(), ""));
    // PARAM-87: the word in this case is the element of that name.
    if name.trim() == "OffSet" {
        let operand = interprete?.child("OffSet").map_or(Operand::None, offset);
        return Some(Step { operation: Operation::Add, operand });
    }
    let (_, operation) = OPERATIONS.iter().find(|(word, _)| word.eq_ignore_ascii_case(name.trim()))?;
    let reference = |id: &str| Form::Loose.read(id, step.span);
    let operand = match operand.trim().split_once(':') {
        Some((word, id)) if word.eq_ignore_ascii_case("id") => Operand::Param(reference(id)?),
        Some((word, id)) if word.eq_ignore_ascii_case("param") => {
            reader.refused(step.span, "`param:`", "tables", ["`id:`"]);
            Operand::Column(reference(id)?)
        }
        Some(_) => return None,
        None => plain(operand.trim()).map_or(Operand::None, Operand::Number),
    };
    Some(Step { operation: *operation, operand })
}

fn offset(element: &Element) -> Operand {
    let id = element.attribute("id").map(Slot::attribute).and_then(|id| Form::Loose.read(id.raw, id.span));
    let number = decimal(element).map(Operand::Number);
    id.map(Operand::Param).or(number).unwrap_or(Operand::None)
}

fn scale(element: &Element) -> Option<Scale> {
    let end = |name: &str| Slot::attribute(element.attribute(name)?).trimmed().parse().ok();
    let (low_data, high_data, low, high) = (end("lowData"), end("highData"), end("low"), end("high"));
    Some(Scale { low_data: low_data?, high_data: high_data?, low: low?, high: high? })
}

fn number(
    interprete: &Element,
    name: &'static str,
    range: RangeInclusive<u32>,
    reader: &mut Reader<'_, '_>,
) -> Option<u32> {
    let slot = Slot::text(interprete.child(name)?);
    reader.number(&slot, *range.start(), *range.end(), "a number").map(|number| number.value)
}

fn decimal(element: &Element) -> Option<f64> {
    plain(Slot::text(element).trimmed())
}

fn list<'e>(interprete: &'e Element, list: &str, entry: &'static str) -> impl Iterator<Item = &'e Element> {
    interprete.find(list).into_iter().flat_map(move |list| list.all(entry))
}

fn text(element: &Element, name: &str) -> String {
    element.find(name).map_or_else(String::new, |text| Slot::look(text).trimmed().to_owned())
}
