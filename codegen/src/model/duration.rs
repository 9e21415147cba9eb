//! Durations as ISO 8601 writes them: `PT20S`, `P1DT12H`.

/// The milliseconds of a duration that is more than nothing. Years and months have no length of their own, so there is
/// none with them.
#[expect(clippy::cast_sign_loss, reason = "no part of the sum has a sign")]
pub(super) fn milliseconds(text: &str) -> Option<u32> {
    let (days, time) = match text.strip_prefix('P')?.split_once('T') {
        Some((_, "")) => return None,
        Some((days, time)) => (days, time),
        None => (text.strip_prefix('P')?, ""),
    };
    let days = sum(days, &[('W', 604_800_000.0), ('D', 86_400_000.0)])?;
    let time = sum(time, &[('H', 3_600_000.0), ('M', 60_000.0), ('S', 1_000.0)])?;
    let total = (days + time).round();
    (total >= 1.0 && total <= f64::from(u32::MAX)).then_some(total as u32)
}

/// The parts of `text`, each a number and one of `units`, which come in this order.
fn sum(mut text: &str, units: &[(char, f64)]) -> Option<f64> {
    let mut total = 0.0;
    for &(unit, length) in units {
        if let Some((number, rest)) = text.split_once(unit) {
            let is_plain = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            total += number.parse::<f64>().ok().filter(|_| is_plain)? * length;
            text = rest;
        }
    }
    text.is_empty().then_some(total)
}

#[cfg(test)]
mod tests {
    use super::milliseconds;

    #[test]
    fn save_05_an_interval_is_an_iso_8601_duration() {
        for (text, time) in [
            ("PT20S", 20_000),
            ("PT0.5S", 500),
            ("PT1M30S", 90_000),
            ("P1DT12H", 129_600_000),
            ("P2W", 1_209_600_000),
            ("PT1H", 3_600_000),
        ] {
            assert_eq!(milliseconds(text), Some(time), "{text}");
        }
    }

    #[test]
    fn what_is_no_duration_is_none() {
        for text in ["", "P", "PT", "20S", "PT20", "P1Y", "P1M", "PT-1S", "PT0S", "PT1S1M", "PTS", "P1000000D", "PTxS"]
        {
            assert_eq!(milliseconds(text), None, "{text}");
        }
    }
}
