//! How the bytes of a parameter become its value, beyond its types. No element does this yet, so nothing here counts
//! as taken.

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
        let attribute = |name: &str| kind.and_then(|kind| kind.get(name)).map(Slot::attribute);
        let printable = attribute("filter").and_then(|flag| reader.word(&flag, &FLAG)).is_some_and(|flag| flag.value);
        let trim = attribute("trim").map_or_else(String::new, |trim| trim.trimmed().to_ascii_lowercase());
        let has_child = interprete.children.iter().any(|child| CHILDREN.contains(&child.name.as_str()));
        if !has_child && !printable && trim.is_empty() && interprete.find("StartPosition").is_none() {
            return None;
        }
        let range = |name: &str| decimal(interprete.find("Range")?.find(name)?);
        let sequence = interprete.find("Sequence");
        let wraps_at = sequence.and_then(|sequence| sequence.get("loop")).map(Slot::attribute);
        let word = |name: &str| interprete.find(name).map(Slot::look);
        Some(Self {
            bits: BitField::read(param, interprete, reader),
            base: number(interprete, "Base", reader).unwrap_or(10),
            big_endian: word("Endian").and_then(|word| reader.word(&word, &ENDIAN)).is_some_and(|word| word.value),
            factor: interprete.find("Factor").and_then(decimal),
            scale: interprete.find("Scale").and_then(scale),
            sequence: sequence.map_or_else(Vec::new, |sequence| steps(sequence, interprete)),
            wraps_at: wraps_at.and_then(|slot| slot.trimmed().parse().ok()),
            decimals: number(interprete, "Decimals", reader),
            rounding: word("Rounding")
                .and_then(|word| reader.word(&word, &ROUNDING))
                .map_or(Rounding::Down, |word| word.value),
            low: range("Low"),
            high: range("High"),
            printable,
            trim,
            exceptions: list(interprete, "Exceptions", "Exception").map(Exception::read).collect(),
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
        let group = param.find("Type").and_then(|kind| kind.get("id")).map(Slot::attribute);
        let alignment = interprete.find("Alignment").map(Slot::look);
        Self {
            group: group.and_then(|id| reader.reference(&id, Form::Loose)),
            start: number(interprete, "StartPosition", reader).unwrap_or_default(),
            len: number(interprete, "NbrOfBits", reader).unwrap_or_default(),
            used: number(interprete, "Bits", reader),
            byte_offset: number(interprete, "ByteOffset", reader).unwrap_or_default(),
            align_right: alignment.and_then(|word| reader.word(&word, &ALIGNMENT)).is_some_and(|word| word.value),
        }
    }
}

impl Exception {
    fn read(element: &Element) -> Self {
        let incoming = element.get("value").map_or_else(String::new, |value| value.value.clone());
        Self { incoming, value: text(element, "Value"), display: text(element, "Display") }
    }
}

impl Other {
    fn read(element: &Element) -> Self {
        let param = element.get("id").map(Slot::attribute).and_then(|id| Form::Loose.read(id.raw, id.span));
        Self { param, value: text(element, "Value"), display: text(element, "Display") }
    }
}

/// The steps of a `Sequence`; those that are none are left out.
fn steps(sequence: &Element, interprete: &Element) -> Vec<Step> {
    Slot::look(sequence).parts().filter_map(|step| read_step(step, interprete)).collect()
}

fn read_step(step: Slot<'_>, interprete: &Element) -> Option<Step> {
    let (name, operand) = step.trimmed().split_once(':').unwrap_or((step.trimmed(), ""));
    // PARAM-87: the word in this case is the element of that name.
    if name.trim() == "OffSet" {
        let operand = interprete.find("OffSet").map_or(Operand::None, offset);
        return Some(Step { operation: Operation::Add, operand });
    }
    let (_, operation) = OPERATIONS.iter().find(|(word, _)| word.eq_ignore_ascii_case(name.trim()))?;
    let reference = |id: &str| Form::Loose.read(id, step.span);
    let operand = match operand.trim().split_once(':') {
        Some((word, id)) if word.eq_ignore_ascii_case("id") => Operand::Param(reference(id)?),
        Some((word, id)) if word.eq_ignore_ascii_case("param") => Operand::Column(reference(id)?),
        Some(_) => return None,
        None => plain(operand.trim()).map_or(Operand::None, Operand::Number),
    };
    Some(Step { operation: *operation, operand })
}

fn offset(element: &Element) -> Operand {
    let id = element.get("id").map(Slot::attribute).and_then(|id| Form::Loose.read(id.raw, id.span));
    id.map(Operand::Param).or_else(|| decimal(element).map(Operand::Number)).unwrap_or(Operand::None)
}

fn scale(element: &Element) -> Option<Scale> {
    let end = |name: &str| Slot::attribute(element.get(name)?).trimmed().parse().ok();
    Some(Scale { low_data: end("lowData")?, high_data: end("highData")?, low: end("low")?, high: end("high")? })
}

fn number(interprete: &Element, name: &str, reader: &mut Reader<'_, '_>) -> Option<u32> {
    let slot = Slot::look(interprete.find(name)?);
    reader.number(&slot, 0, u32::MAX, "a number").map(|number| number.value)
}

fn decimal(element: &Element) -> Option<f64> {
    plain(Slot::look(element).trimmed())
}

fn list<'e>(interprete: &'e Element, list: &str, entry: &'static str) -> impl Iterator<Item = &'e Element> {
    interprete.find(list).into_iter().flat_map(move |list| list.all(entry))
}

fn text(element: &Element, name: &str) -> String {
    element.find(name).map_or_else(String::new, |text| Slot::look(text).trimmed().to_owned())
}
