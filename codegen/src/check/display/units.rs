//! Units: numbers that the user sees have one, from the platform's list (2.9).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::ranges::{has_a_size, is_expected_to_say_more};
use crate::check::file::{File, Param};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::text::{nearest, quoted};

/// The platform's units, one a line; behind a tab, the notations that the unit supersedes, `|` between them.
const LIST: &str = include_str!("../../schema/units.tsv");

static UNITS: LazyLock<Units> = LazyLock::new(|| {
    let rows = || LIST.lines().map(|line| line.split_once('\t').unwrap_or((line, "")));
    let superseded = rows().flat_map(|(unit, older)| older.split('|').map(move |older| (older, Notation::Of(unit))));
    Units(superseded.chain(rows().map(|(unit, _)| (unit, Notation::Current))).collect())
});

struct Units(BTreeMap<&'static str, Notation>);

enum Notation {
    Current,
    /// Superseded by this one.
    Of(&'static str),
}

/// Texts of this length are no units.
const LONGEST: usize = 20;

/// The types of measurement that the language knows and that have no unit.
const WITHOUT: &[&str] = &[
    "button",
    "chart",
    "digital threshold",
    "discreet",
    "matrix",
    "pagebutton",
    "string",
    "table",
    "title",
    "togglebutton",
];

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for param in &file.params {
        match param.text(&["Display", "Units"]) {
            Some(unit) if unit.is_blank() => {
                let fault = Fault::rule("2.9.2", unit.span, format!("the unit of {} is empty", param.label()));
                faults.add(fault.help("write a unit, or take `Units` away"));
            }
            Some(unit) => {
                let is_kept = !faults.is_full();
                faults.extend(check_unit(param, unit, is_kept));
            }
            None => faults.extend(check_missing(file, param)),
        }
    }
}

/// What is wrong with a unit that is there; the first thing only. No near unit is sought for a fault that is not kept.
fn check_unit(param: &Param<'_>, unit: Slot<'_>, is_kept: bool) -> Option<Fault> {
    let label = param.label();
    let text = unit.trimmed();
    let measurement = param.measurement.as_str();
    if WITHOUT.contains(&measurement) {
        let message = format!("{label} has a unit, but what is shown as `{measurement}` has none");
        return Some(Fault::rule("2.9.5", unit.span, message).help("take `Units` away"));
    }
    if !has_a_size(param) {
        let message = format!("{label} has a unit, but no `Measurement/Type` that shows it");
        return Some(
            Fault::rule("2.9.6", unit.span, message).help("take `Units` away, or add the type of measurement"),
        );
    }
    match UNITS.0.get(text) {
        Some(Notation::Of(current)) => {
            let message = format!("the notation {} of a unit is superseded", quoted(text));
            Some(Fault::rule("2.9.3", unit.span, message).help(format!("write `{current}`")))
        }
        None => {
            let message = format!("the platform has no unit {}", quoted(text));
            let help = match is_kept.then(|| near(text)).flatten() {
                Some(near) => format!("write `{near}` if that is meant; letter case counts"),
                None => "use a unit from the platform's list".to_owned(),
            };
            Some(Fault::rule("2.9.4", unit.span, message).help(help))
        }
        Some(Notation::Current) if unit.is_padded() => {
            let message = format!("there is white space around the unit of {label}");
            Some(Fault::rule("2.9.8", unit.span, message).help(format!("write `<Units>{text}</Units>`")))
        }
        Some(Notation::Current) => None,
    }
}

/// The unit that `text` most probably means. Only those of about its length that start with its letter are compared.
fn near(text: &str) -> Option<&'static str> {
    let length = text.chars().count();
    let slack = (length / 3).max(1);
    let first = text.chars().next().map(|first| first.to_ascii_lowercase());
    let is_like = |unit: &&str| {
        unit.chars().next().map(|first| first.to_ascii_lowercase()) == first && unit.len().abs_diff(length) <= slack
    };
    nearest(text, current().filter(|unit| length < LONGEST && is_like(unit)))
}

/// The units in their current notation.
pub(super) fn current() -> impl Iterator<Item = &'static str> {
    UNITS.0.iter().filter(|(_, notation)| matches!(notation, Notation::Current)).map(|(unit, _)| *unit)
}

fn check_missing(file: &File<'_>, param: &Param<'_>) -> Option<Fault> {
    let display = param.element.find("Display")?;
    if !is_expected_to_say_more(file, param) {
        return None;
    }
    let message = format!("{} is a number that the user sees, but it has no unit", param.label());
    let fault = Fault::rule("2.9.7", display.name_span, message).missing("/Units");
    Some(fault.help("add `<Units>…</Units>`"))
}

#[cfg(test)]
mod tests {
    use super::{LIST, Notation, UNITS, current};

    #[test]
    fn each_notation_stands_once_in_the_list() {
        let superseded = LIST.lines().filter_map(|line| line.split_once('\t')).flat_map(|(_, older)| older.split('|'));
        assert_eq!(current().count(), LIST.lines().count());
        for older in superseded {
            assert!(matches!(UNITS.0.get(older), Some(Notation::Of(_))), "{older}");
        }
        assert_eq!(current().count(), 939);
    }
}
