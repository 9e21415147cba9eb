//! The strengths of numbers that checks.md tells apart, and lists.

use crate::model::plain_number;
use crate::parse::Slot;

/// A plain unsigned integer once trimmed: digits only, no sign, no leading zero.
pub(crate) fn plain(text: &str) -> Option<u32> {
    let text = text.trim();
    loose(text).filter(|number| text == number.to_string())
}

/// An unsigned integer once trimmed; a plus sign and leading zeros pass.
pub(crate) fn loose(text: &str) -> Option<u32> {
    let text = text.trim();
    let digits = text.strip_prefix('+').unwrap_or(text);
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}

/// A decimal number once trimmed: an optional sign, digits and at most one dot.
pub(crate) fn decimal(text: &str) -> Option<f64> {
    plain_number(text.trim())
}

/// The parts of `slot` between `separator`s, with their places, untrimmed.
pub(crate) fn list(slot: Slot<'_>, separator: char) -> impl Iterator<Item = Slot<'_>> {
    slot.raw.split(separator).map(move |part| slot.within(part))
}

#[cfg(test)]
mod tests {
    use super::{loose, plain};

    #[test]
    fn plain_numbers_are_in_their_shortest_form() {
        assert_eq!(plain(" 7 "), Some(7));
        assert_eq!(plain("0"), Some(0));
        assert!(["07", "+7", "-7", "4294967296", "", "1.0"].iter().all(|text| plain(text).is_none()));
    }

    #[test]
    fn loose_numbers_may_have_a_sign_and_leading_zeros() {
        assert_eq!(loose("+07"), Some(7));
        assert!(["-7", "+", "", "++7"].iter().all(|text| loose(text).is_none()));
    }
}
