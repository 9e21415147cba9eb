//! Numbers as the language writes them.

/// A plain number: an optional sign, digits, and at most one dot. No exponent, no white space, no infinity.
pub(crate) fn plain(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let whole = digits.chars().filter(|&character| character != '.').count();
    let plain =
        digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && whole > 0 && digits.len() - whole <= 1;
    plain.then(|| text.parse().ok()).flatten().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn plain_numbers_have_no_exponent_and_no_second_dot() {
        assert_eq!(plain("-1.5"), Some(-1.5));
        assert_eq!(plain("+.5"), Some(0.5));
        for text in ["", ".", "1e5", "1.2.3", " 1", "1,5", "inf", "0x1", "--1"] {
            assert_eq!(plain(text), None, "{text}");
        }
        assert_eq!(plain(&"9".repeat(400)), None);
    }
}
