//! Numbers as operators read them (PARAM-165, PARAM-167, PARAM-168).

use genlock_codegen::pages::NumberForm;
use time::Date;

/// The Julian day of 1899-12-30, from which dates are counted.
const FIRST_DAY: f64 = 2_415_019.0;
const SECONDS_A_DAY: f64 = 86_400.0;

/// A number in its form. One that has none in it, such as a date too far away, stands as digits.
pub(super) fn written(number: f64, form: NumberForm, decimals: Option<usize>) -> String {
    let special = match form {
        NumberForm::Plain => None,
        NumberForm::Hexadecimal => hexadecimal(number),
        NumberForm::Normalised => Some(exponent(number, 1, decimals)),
        NumberForm::Engineering => Some(exponent(number, 3, decimals)),
        NumberForm::Seconds => duration(number),
        NumberForm::Minutes => duration(number * 60.0),
        NumberForm::Hours => duration(number * 3600.0),
        NumberForm::TimeOfDay => Some(time_of_day(number)),
        NumberForm::Date => date(number),
        NumberForm::DateTime => date(number).map(|date| {
            let seconds = (number - number.floor()) * SECONDS_A_DAY;
            format!("{date} {}", time_of_day(seconds))
        }),
    };
    special.unwrap_or_else(|| digits(number, decimals))
}

fn digits(number: f64, decimals: Option<usize>) -> String {
    // Without a sign where nothing is left of the number: `-0.0` would be one.
    let text = decimals.map_or_else(|| number.to_string(), |decimals| format!("{number:.decimals$}"));
    let is_zero = text.chars().all(|letter| matches!(letter, '-' | '0' | '.'));
    if is_zero { text.trim_start_matches('-').to_owned() } else { text }
}

fn hexadecimal(number: f64) -> Option<String> {
    whole(number).map(|number| format!("{number:X}"))
}

/// The number without its decimals, where it is one of 64 bits and not negative.
#[expect(clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "the bounds are checked")]
fn whole(number: f64) -> Option<u64> {
    (0.0..u64::MAX as f64).contains(&number).then_some(number as u64)
}

/// With an exponent that is a multiple of `step`.
fn exponent(number: f64, step: i32, decimals: Option<usize>) -> String {
    if number == 0.0 || !number.is_finite() {
        return digits(number, decimals);
    }
    let exponent = (number.abs().log10().floor() as i32).div_euclid(step) * step;
    // Powers above one are exact, up to 10^22.
    let power = 10_f64.powi(exponent.abs());
    let mantissa = if exponent < 0 { number * power } else { number / power };
    format!("{}E{exponent}", digits(mantissa, decimals))
}

/// Seconds as `1d 02:03:04`; the days only where there are any.
fn duration(seconds: f64) -> Option<String> {
    let sign = if seconds < 0.0 { "-" } else { "" };
    let seconds = whole(seconds.abs())?;
    let days = seconds / 86_400;
    let clock = format!("{:02}:{:02}:{:02}", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    Some(if days > 0 { format!("{sign}{days}d {clock}") } else { format!("{sign}{clock}") })
}

/// Seconds since midnight as `02:03:04`.
fn time_of_day(seconds: f64) -> String {
    // Half a millisecond more, so that a time that a division left just below its second is that second.
    let seconds = whole(seconds.rem_euclid(SECONDS_A_DAY) + 0.000_5).unwrap_or_default();
    format!("{:02}:{:02}:{:02}", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60)
}

/// Days since 1899-12-30 as `2026-11-23`.
fn date(days: f64) -> Option<String> {
    let day = FIRST_DAY + days.floor();
    let is_near = day.abs() < f64::from(i32::MAX);
    is_near.then(|| Date::from_julian_day(day as i32).ok()).flatten().map(|date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn param_165_decimals_are_those_of_the_file() {
        assert_eq!(written(-6.54, NumberForm::Plain, Some(1)), "-6.5");
        assert_eq!(written(-6.54, NumberForm::Plain, None), "-6.54");
        assert_eq!(written(-0.01, NumberForm::Plain, Some(1)), "0.0");
    }

    #[test]
    fn param_167_and_param_168_numbers_have_forms() {
        for (number, form, text) in [
            (255.0, NumberForm::Hexadecimal, "FF"),
            (-1.0, NumberForm::Hexadecimal, "-1"),
            (12_345.0, NumberForm::Normalised, "1.2345E4"),
            (0.000_25, NumberForm::Engineering, "250E-6"),
            (0.0, NumberForm::Engineering, "0"),
            (93_784.0, NumberForm::Seconds, "1d 02:03:04"),
            (-90.0, NumberForm::Minutes, "-01:30:00"),
            (1.5, NumberForm::Hours, "01:30:00"),
            (3_723.0, NumberForm::TimeOfDay, "01:02:03"),
            (0.0, NumberForm::Date, "1899-12-30"),
            (36_526.0, NumberForm::Date, "2000-01-01"),
            (46_349.75, NumberForm::DateTime, "2026-11-23 18:00:00"),
            (1e300, NumberForm::Date, &1e300_f64.to_string()),
        ] {
            assert_eq!(written(number, form, None), text);
        }
    }

    #[test]
    fn no_number_breaks_a_form() {
        let forms = [
            NumberForm::Plain,
            NumberForm::Hexadecimal,
            NumberForm::Normalised,
            NumberForm::Engineering,
            NumberForm::Seconds,
            NumberForm::Minutes,
            NumberForm::Hours,
            NumberForm::TimeOfDay,
            NumberForm::Date,
            NumberForm::DateTime,
        ];
        for form in forms {
            for number in [f64::MAX, f64::MIN, f64::MIN_POSITIVE, f64::NAN, f64::INFINITY, -1.0, 1e10, -1e10] {
                assert!(!written(number, form, Some(3)).is_empty());
            }
        }
    }
}
