//! How a parameter's bytes are read.

use genlock_spec::{RawType, ValueType};

use super::format::Format;
use super::item::Placed;
use super::reader::{Reader, Slot};
use super::reference::{Form, Reference};
use super::vocabulary::Meaning::{Carried, Refused};
use super::vocabulary::Vocabulary;
use crate::parse::Element;

/// `Interprete`.
#[derive(Debug)]
pub(crate) struct Interprete {
    pub(crate) raw_type: Option<Placed<RawType>>,
    pub(crate) value_type: Option<Placed<ValueType>>,
    pub(crate) length_type: Option<Placed<LengthKind>>,
    /// `LengthType@id`: the parameter that holds the number of bytes, or at which a value of LengthType next param
    /// ends (schema, A46).
    pub(crate) length_param: Option<Reference>,
    /// `LengthType@times`: which occurrence of what follows ends it (PARAM-77).
    pub(crate) times: Option<Placed<u32>>,
    pub(crate) length: Option<Placed<u32>>,
    /// `Value`, in bytes.
    pub(crate) value: Option<Placed<Vec<u8>>>,
    pub(crate) default: Option<Placed<String>>,
    /// What it says beyond types and length.
    pub(crate) format: Option<Format>,
}

/// The word in `LengthType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LengthKind {
    NextParam,
    LastNextParam,
    OtherParam,
    Fixed,
}

const RAW_TYPE: Vocabulary<RawType> = Vocabulary {
    words: &[
        ("other", Carried(RawType::Other)),
        ("text", Carried(RawType::Text)),
        ("numeric text", Carried(RawType::NumericText)),
        ("unsigned number", Carried(RawType::UnsignedNumber)),
        ("signed number", Carried(RawType::SignedNumber)),
        ("double", Carried(RawType::Double)),
        ("bcd", Carried(RawType::Bcd)),
        ("only others", Refused(RawType::OnlyOthers, "exceptional values")),
    ],
};

const VALUE_TYPE: Vocabulary<ValueType> = Vocabulary {
    words: &[
        ("string", Carried(ValueType::Text)),
        ("double", Carried(ValueType::Number)),
        ("high nibble", Carried(ValueType::HighNibble)),
    ],
};

const LENGTH_TYPE: Vocabulary<LengthKind> = Vocabulary {
    words: &[
        ("next param", Carried(LengthKind::NextParam)),
        ("fixed", Carried(LengthKind::Fixed)),
        ("last next param", Carried(LengthKind::LastNextParam)),
        ("other param", Carried(LengthKind::OtherParam)),
    ],
};

impl Interprete {
    pub(super) fn read(element: &Element, param: &Element, reader: &mut Reader<'_, '_>) -> Self {
        let raw_type = reader.child(element, "RawType");
        let value_type = reader.child(element, "Type");
        let length_type = reader.child(element, "LengthType");
        let length = reader.child(element, "Length");
        let text = |name: &'static str, reader: &mut Reader<'_, '_>| {
            reader.child(element, name).and_then(|text| Slot::text(text).filled())
        };
        Self {
            raw_type: raw_type.and_then(|word| reader.word(&Slot::text(word), &RAW_TYPE)),
            value_type: value_type.and_then(|word| reader.word(&Slot::text(word), &VALUE_TYPE)),
            length_param: length_type.and_then(|kind| {
                let id = reader.attribute(kind, "id")?;
                reader.reference(&id, Form::Loose)
            }),
            times: length_type.and_then(|kind| times(kind, reader)),
            length_type: length_type.and_then(|word| reader.word(&Slot::text(word), &LENGTH_TYPE)),
            // ACT-26 bounds a length at 1 MiB; nothing longer can ever be right.
            length: length.and_then(|length| reader.number(&Slot::text(length), 0, 1 << 20, "a length in bytes")),
            value: text("Value", reader).map(|text| Placed { value: bytes(&text.value), span: text.span }),
            default: text("DefaultValue", reader),
            format: Format::read(param, element, reader),
        }
    }

    /// Its typed reading, by the raw type when it is not given (schema, A66).
    pub(crate) fn value_type(&self) -> ValueType {
        match (&self.value_type, &self.raw_type) {
            (Some(value_type), _) => value_type.value,
            (None, Some(raw_type)) if !matches!(raw_type.value, RawType::Other | RawType::Text) => ValueType::Number,
            (None, _) => ValueType::Text,
        }
    }

    /// The bytes that it accepts, by the type when they are not given (schema, A66).
    pub(crate) fn raw_type(&self) -> RawType {
        match (&self.raw_type, &self.value_type) {
            (Some(raw_type), _) => raw_type.value,
            (None, Some(value_type)) if value_type.value.is_number() => RawType::NumericText,
            (None, _) => RawType::Other,
        }
    }

    /// Its extent.
    pub(crate) fn length_type(&self) -> LengthKind {
        self.length_type.as_ref().map_or(LengthKind::NextParam, |length_type| length_type.value)
    }

    /// The number of bytes of a fixed length: `Length`, else that of `Value` (PARAM-28).
    pub(crate) fn fixed_length(&self) -> Option<u32> {
        let of_value = || self.value.as_ref().map(|value| value.value.len() as u32);
        self.length.as_ref().map(|length| length.value).or_else(of_value)
    }
}

/// How often what ends a value may occur, the last one included.
pub(super) fn times(element: &Element, reader: &mut Reader<'_, '_>) -> Option<Placed<u32>> {
    let times = reader.attribute(element, "times")?;
    reader.number(&times, 1, u32::MAX, "a number of times")
}

/// PARAM-24: text, or hexadecimal notation in which `0x` may begin each byte or the whole run.
fn bytes(text: &str) -> Vec<u8> {
    hexadecimal(text).unwrap_or_else(|| text.as_bytes().to_vec())
}

/// The bytes that hexadecimal notation says; none for any other text.
pub(super) fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    let mut groups = text.split("0x").map(str::trim);
    groups.next().filter(|before| before.is_empty())?;
    let mut bytes = Vec::new();
    for group in groups {
        if group.is_empty() || group.len() % 2 != 0 || !group.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        for pair in group.as_bytes().chunks_exact(2) {
            bytes.push(u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok()?);
        }
    }
    (!bytes.is_empty()).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn param_24_hexadecimal_notation_is_read_by_group_or_by_run() {
        assert_eq!(bytes("0x0A"), [0x0a]);
        assert_eq!(bytes("0x0D0x0A"), [0x0d, 0x0a]);
        assert_eq!(bytes("0x0D0A"), [0x0d, 0x0a]);
    }

    #[test]
    fn param_24_other_text_is_itself() {
        assert_eq!(bytes("AB"), *b"AB");
        assert_eq!(bytes("0x"), *b"0x");
        assert_eq!(bytes("0x0"), *b"0x0");
        assert_eq!(bytes("a0x0A"), *b"a0x0A");
        assert_eq!(bytes("0x+1"), *b"0x+1");
    }
}
