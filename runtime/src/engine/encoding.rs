//! The bytes of values: raw types, byte orders, bases and lengths (PARAM-40 to PARAM-57).

use bytes::Bytes;
use genlock_spec::{Format, LengthType, Param, ParamIndex, ParamKind, RawType, Spec, ValueType};

use super::Engine;
use super::bits::shifted;
use super::digits::{from_digits, pack_decimals, to_digits, unpack_decimals};
use crate::value::Value;

/// How the values of one parameter lie in bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Encoding<'s> {
    row: &'s Param,
    format: &'s Format,
    /// That of the row, unless it was changed (ACT-26).
    length: LengthType,
}

impl<'s> Encoding<'s> {
    pub(super) fn of(spec: &Spec<'s>, param: ParamIndex) -> Self {
        let row = spec.param(param);
        Self { row, format: row.format.map_or(&Format::BLANK, |format| spec.format(format)), length: row.length }
    }

    /// What a fixed length is filled with (PARAM-21).
    pub(super) fn fill(&self) -> u8 {
        match self.row.raw_type {
            RawType::Text | RawType::Other | RawType::OnlyOthers => b' ',
            RawType::NumericText => b'0',
            RawType::UnsignedNumber | RawType::SignedNumber | RawType::Double | RawType::Bcd => 0,
        }
    }

    /// Whether the parameter takes these bytes of a message (PARAM-04).
    pub(super) fn accepts(&self, bytes: &[u8]) -> bool {
        let accepted = match self.row.raw_type {
            // PARAM-41
            RawType::Text => bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-.;,?! ".contains(byte)),
            // PARAM-42
            RawType::NumericText => bytes
                .iter()
                .all(|&byte| b"+-.,eE ".contains(&byte) || char::from(byte).is_digit(self.format.base.clamp(2, 36))),
            RawType::Other | RawType::UnsignedNumber | RawType::SignedNumber | RawType::Double | RawType::Bcd => true,
            RawType::OnlyOthers => false, // no element with such a parameter starts
        };
        accepted && (!self.row.value_type.is_number() || self.number(bytes).is_some())
    }

    /// Whether its numbers are bits, not characters.
    pub(super) fn is_binary(&self) -> bool {
        matches!(self.row.raw_type, RawType::UnsignedNumber | RawType::SignedNumber | RawType::Double | RawType::Bcd)
    }

    /// What is subtracted from each byte of a group when it comes in (PARAM-135).
    pub(super) fn byte_offset(&self) -> u32 {
        if self.row.kind == ParamKind::Group { self.format.bits.byte_offset } else { 0 }
    }

    /// The value of bytes that it accepts: a text is a slice of the message, not a copy.
    pub(super) fn read(&self, bytes: Bytes) -> Option<Value> {
        match self.row.value_type {
            ValueType::Text => Some(Value::from_bytes(bytes)),
            ValueType::Number | ValueType::HighNibble => self.number(&bytes).map(Value::Number),
        }
    }

    /// The number that the bytes are.
    pub(super) fn number(&self, bytes: &[u8]) -> Option<f64> {
        if self.row.value_type == ValueType::HighNibble {
            return bytes.first().map(|byte| f64::from(byte >> 4)); // PARAM-02
        }
        match (self.row.raw_type, self.length) {
            // PARAM-47, PARAM-54
            (RawType::SignedNumber, LengthType::Fixed(_)) => {
                let number = self.integer(bytes)?; // so there are at most eight
                let unused = 64 - 8 * bytes.len() as u32;
                let shifted = number << unused;
                #[expect(clippy::cast_precision_loss, reason = "numbers are doubles")]
                Some((i64::from_ne_bytes(shifted.to_ne_bytes()) >> unused) as f64)
            }
            // PARAM-46, PARAM-48
            #[expect(clippy::cast_precision_loss, reason = "numbers are doubles")]
            (RawType::UnsignedNumber | RawType::SignedNumber, _) => self.integer(bytes).map(|number| number as f64),
            // PARAM-50
            (RawType::Double, _) => {
                let bits = self.integer(bytes)?;
                let number = match bytes.len() {
                    4 => f64::from(f32::from_bits(u32::try_from(bits).ok()?)),
                    8 => f64::from_bits(bits),
                    _ => return None,
                };
                Some(number).filter(|number| number.is_finite())
            }
            (RawType::Bcd, _) => unpack_decimals(bytes, &self.format.bits), // PARAM-51
            (RawType::Other | RawType::Text | RawType::NumericText | RawType::OnlyOthers, _) => {
                from_digits(std::str::from_utf8(bytes).ok()?, self.format.base)
            }
        }
    }

    /// Up to eight bytes as one number, in their order (PARAM-46, PARAM-53).
    fn integer(&self, bytes: &[u8]) -> Option<u64> {
        let push = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        match (bytes.len(), self.format.big_endian) {
            (1..=8, true) => Some(bytes.iter().fold(0, push)),
            (1..=8, false) => Some(bytes.iter().rev().fold(0, push)),
            _ => None,
        }
    }

    /// The bytes of a value (PARAM-01). A number that is longer than a fixed length loses its front.
    #[expect(clippy::cast_sign_loss, reason = "a negative number takes the signed cast; a nibble has no sign")]
    pub(super) fn write(&self, value: &Value) -> Bytes {
        let &Value::Number(number) = value else { return value.to_bytes() };
        let length = if let LengthType::Fixed(length) = self.length { Some(length as usize) } else { None };
        match self.row.raw_type {
            _ if self.row.value_type == ValueType::HighNibble => Bytes::from(vec![(number as u8) << 4]),
            RawType::UnsignedNumber | RawType::SignedNumber => {
                // PARAM-47: two's complement.
                let bits = if number < 0.0 { (number as i64).to_le_bytes() } else { (number as u64).to_le_bytes() };
                let used = bits.iter().rposition(|byte| *byte != 0).map_or(1, |last| last + 1);
                self.ordered(&bits, length.unwrap_or(used), if number < 0.0 { 0xff } else { 0 })
            }
            RawType::Double if length == Some(4) => self.ordered(&(number as f32).to_le_bytes(), 4, 0),
            RawType::Double => self.ordered(&number.to_le_bytes(), 8, 0),
            RawType::Bcd => pack_decimals(number, length, &self.format.bits),
            RawType::Other | RawType::Text | RawType::NumericText | RawType::OnlyOthers => {
                let digits = to_digits(number, self.format.base);
                match length {
                    Some(length) if digits.len() != length => self.padded(&digits, length),
                    _ => Bytes::from(digits),
                }
            }
        }
    }

    /// The first `length` of `bytes`, whose least significant one comes first, in the parameter's order.
    fn ordered(&self, bytes: &[u8], length: usize, fill: u8) -> Bytes {
        let mut bytes: Vec<u8> = bytes.iter().copied().chain(std::iter::repeat(fill)).take(length).collect();
        if self.format.big_endian {
            bytes.reverse();
        }
        Bytes::from(bytes)
    }

    /// The characters of a number in a fixed length: zeros in front of digits (PARAM-45), spaces where the parameter
    /// may hold any text.
    fn padded(&self, digits: &str, length: usize) -> Bytes {
        let zeros = self.row.raw_type == RawType::NumericText || self.format.base != 10;
        let (sign, digits) = match digits.strip_prefix('-') {
            Some(digits) if zeros => ("-", digits),
            _ => ("", digits),
        };
        let digits = digits.get(digits.len().saturating_sub(length)..).unwrap_or(digits);
        let missing = length.saturating_sub(sign.len() + digits.len());
        let fill = if zeros { "0" } else { " " };
        Bytes::from([sign, &fill.repeat(missing), digits].concat())
    }
}

impl<'s> Engine<'s> {
    /// How many bytes of a message a parameter takes.
    pub(super) fn length_of(&self, param: ParamIndex) -> LengthType {
        self.params[param].length.map_or(self.spec.param(param).length, LengthType::Fixed)
    }

    /// How the values of a parameter lie in bytes now.
    pub(super) fn encoding(&self, param: ParamIndex) -> Encoding<'s> {
        Encoding { length: self.length_of(param), ..Encoding::of(&self.spec, param) }
    }

    /// The bytes of a parameter; `None` when it is not initialised.
    pub(crate) fn bytes_of(&self, param: ParamIndex) -> Option<Bytes> {
        self.value(param).map(|value| self.encoding(param).write(value))
    }

    /// The bytes that a parameter contributes to a command.
    pub(super) fn outgoing_bytes_of(&self, param: ParamIndex) -> Option<Bytes> {
        let bytes = self.bytes_of(param)?;
        match self.encoding(param).byte_offset() {
            0 => Some(bytes),
            offset => Some(shifted(&bytes, offset, true)),
        }
    }
}
