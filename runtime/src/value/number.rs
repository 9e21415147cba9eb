//! Numbers as characters (RawType `numeric text`).

/// The number that `text` spells, in base 10 (PARAM-42): spaces at the ends are ignored (PARAM-57), and a comma is
/// the decimal sign when there is no point (PARAM-43). `None` when it spells no finite number.
pub(crate) fn parse_number(text: &str) -> Option<f64> {
    let text = text.trim_matches(' ');
    if !text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b',' | b'e' | b'E')) {
        return None;
    }
    let number = if text.contains(',') && !text.contains('.') {
        text.replacen(',', ".", 1).parse::<f64>()
    } else {
        text.parse::<f64>()
    };
    number.ok().filter(|number| number.is_finite())
}

/// The shortest plain decimal text that reads back as `number` (PARAM-56): `1`, `-0.5`, never `1.000000`.
pub(crate) fn format_number(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned(); // -0 would otherwise keep its sign
    }
    number.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn param_42_characters_are_parsed_as_a_number() {
        for (text, number) in [("1", 1.0), ("-3", -3.0), ("+2.5", 2.5), ("1e3", 1000.0), ("007", 7.0)] {
            assert_eq!(parse_number(text), Some(number), "{text}");
        }
    }

    #[test]
    fn param_42_other_characters_are_refused() {
        for text in ["", " ", "abc", "1a", "inf", "NaN", "0x10", "1 2", "--1", "1e999"] {
            assert_eq!(parse_number(text), None, "{text}");
        }
    }

    #[test]
    fn param_43_a_comma_is_the_decimal_sign_when_there_is_no_point() {
        assert_eq!(parse_number("1,5"), Some(1.5));
        assert_eq!(parse_number("1,000.5"), None);
        assert_eq!(parse_number("1,2,3"), None);
    }

    #[test]
    fn param_56_numbers_are_written_as_the_shortest_plain_decimal() {
        for (number, text) in [(1.0, "1"), (5.0, "5"), (-0.5, "-0.5"), (-0.0, "0"), (1e21, "1000000000000000000000")] {
            assert_eq!(format_number(number), text);
        }
    }

    #[test]
    fn param_57_spaces_around_a_number_are_ignored() {
        assert_eq!(parse_number("  12 "), Some(12.0));
    }
}
