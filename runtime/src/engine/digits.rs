//! Numbers as digits: characters in a base (PARAM-44), and decimals packed into bytes (PARAM-51).

use bytes::Bytes;
use genlock_spec::BitField;

use crate::value::{format_number, parse_number};

/// The number that `text` spells in `base`; `None` when it spells none.
pub(super) fn from_digits(text: &str, base: u32) -> Option<f64> {
    if base == 10 {
        return parse_number(text);
    }
    let text = text.trim_matches(' '); // PARAM-57
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1.0, digits),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() {
        return None;
    }
    let base = base.clamp(2, 36);
    let push = |number: f64, digit: char| Some(number * f64::from(base) + f64::from(digit.to_digit(base)?));
    digits.chars().try_fold(0.0, push).map(|number| sign * number).filter(|number| number.is_finite())
}

/// The shortest text that spells `number` in `base`. Other bases than ten have whole numbers only.
pub(super) fn to_digits(number: f64, base: u32) -> String {
    if base == 10 {
        return format_number(number);
    }
    let base = u64::from(base.clamp(2, 36));
    #[expect(clippy::cast_sign_loss, reason = "it has no sign any more")]
    let mut rest = number.abs() as u64;
    let mut digits = Vec::new();
    loop {
        digits.extend(char::from_digit((rest % base) as u32, base as u32).map(|digit| digit.to_ascii_uppercase()));
        rest /= base;
        if rest == 0 {
            break;
        }
    }
    digits.extend((number <= -1.0).then_some('-'));
    digits.iter().rev().collect()
}

/// The number whose decimals the bytes hold, two a byte or, when only four bits of each are used, one.
pub(super) fn unpack_decimals(bytes: &[u8], bits: &BitField) -> Option<f64> {
    if bytes.is_empty() {
        return None;
    }
    let push = |number: f64, digit: u8| (digit <= 9).then(|| number * 10.0 + f64::from(digit));
    let number = bytes.iter().try_fold(0.0, |number, byte| {
        let (first, second) = halves(*byte, bits);
        let number = push(number, first)?;
        if one_a_byte(bits) { Some(number) } else { push(number, second) }
    });
    number.filter(|number| number.is_finite())
}

/// The decimals of a whole number as bytes; without a length as many as it needs.
pub(super) fn pack_decimals(number: f64, length: Option<usize>, bits: &BitField) -> Bytes {
    #[expect(clippy::cast_sign_loss, reason = "it has no sign any more")]
    let mut rest = number.abs() as u64;
    let mut digit = || {
        let last = (rest % 10) as u8;
        rest /= 10;
        (last, rest == 0)
    };
    let mut bytes = Vec::new();
    loop {
        let (second, _) = if one_a_byte(bits) { (0, false) } else { digit() };
        let (first, done) = digit();
        bytes.push(if bits.align_right { second << 4 | first } else { first << 4 | second });
        if length.map_or(done, |length| bytes.len() >= length) {
            break;
        }
    }
    bytes.reverse();
    bytes.truncate(length.unwrap_or(bytes.len()));
    Bytes::from(bytes)
}

fn one_a_byte(bits: &BitField) -> bool {
    bits.used.is_some_and(|used| used <= 4)
}

/// The two digits of a byte, the first one first: `Alignment` says where it sits.
fn halves(byte: u8, bits: &BitField) -> (u8, u8) {
    if bits.align_right { (byte & 0xf, byte >> 4) } else { (byte >> 4, byte & 0xf) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: BitField = BitField { group: None, start: 0, len: 0, used: None, byte_offset: 0, align_right: false };

    #[test]
    fn param_44_digits_in_any_base() {
        assert_eq!(from_digits("ff", 16), Some(255.0));
        assert_eq!(from_digits("FF", 16), Some(255.0));
        assert_eq!(from_digits("-z", 36), Some(-35.0));
        assert_eq!(from_digits(" 101 ", 2), Some(5.0));
        for text in ["", " ", "g", "-", "0x1", "1.0"] {
            assert_eq!(from_digits(text, 16), None, "{text}");
        }
        assert_eq!(to_digits(255.0, 16), "FF");
        assert_eq!(to_digits(0.0, 16), "0");
        assert_eq!(to_digits(-35.0, 36), "-Z");
    }

    #[test]
    fn param_51_two_decimals_a_byte() {
        assert_eq!(unpack_decimals(&[0x12, 0x34], &WHOLE), Some(1234.0));
        assert_eq!(unpack_decimals(&[0x1a], &WHOLE), None);
        assert_eq!(unpack_decimals(&[], &WHOLE), None);
        assert_eq!(*pack_decimals(1234.0, None, &WHOLE), [0x12, 0x34]);
        assert_eq!(*pack_decimals(7.0, Some(2), &WHOLE), [0x00, 0x07]);
        assert_eq!(*pack_decimals(123_456.0, Some(2), &WHOLE), [0x34, 0x56]);
        assert_eq!(*pack_decimals(0.0, None, &WHOLE), [0]);
        assert_eq!(*pack_decimals(100.0, None, &WHOLE), [0x01, 0x00]);
    }

    #[test]
    fn param_51_the_alignment_says_where_the_one_decimal_of_a_byte_sits() {
        let left = BitField { used: Some(4), ..WHOLE };
        let right = BitField { align_right: true, ..left };
        for (bits, bytes) in [(left, [0x10, 0x20]), (right, [0x01, 0x02])] {
            assert_eq!(unpack_decimals(&bytes, &bits), Some(12.0));
            assert_eq!(*pack_decimals(12.0, None, &bits), bytes);
        }
    }
}
