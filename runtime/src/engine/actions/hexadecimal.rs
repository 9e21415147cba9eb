//! Bytes that the tables hold as hexadecimal digits.

/// The bytes that `digits` spell, two for each; the code generator writes no others.
pub(super) fn decoded(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks(2);
    pairs.filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}
