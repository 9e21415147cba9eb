//! The numbers of the platform's validator, by place and kind of fault.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Place, kind of fault, number. Only pairs of place and kind that one rule covers, or one rule of what genlock
/// carries out.
const RULES: &str = include_str!("validator.tsv");

/// The numbers by place and kind of fault.
static NUMBERS: LazyLock<BTreeMap<(&str, &str), &str>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let (place, rest) = line.split_once('\t')?;
        let (fault, number) = rest.split_once('\t')?;
        Some(((place, fault), number))
    };
    RULES.lines().filter_map(row).collect()
});

/// The number of the only rule of the platform's validator for a kind of fault at the place `path`.
pub(super) fn rule(path: &str, fault: &str) -> Option<&'static str> {
    NUMBERS.get(&(without_predicates(path).as_str(), fault)).copied()
}

/// The numbers of all rules that genlock knows.
pub(crate) fn ids() -> impl Iterator<Item = &'static str> {
    NUMBERS.values().copied()
}

/// `Protocol/Triggers/Trigger[@id=5]/On@id` as `Protocol/Triggers/Trigger/On@id`.
fn without_predicates(path: &str) -> String {
    let mut depth = 0_u32;
    let mut place = String::with_capacity(path.len());
    for character in path.chars() {
        match character {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => place.push(character),
            _ => {}
        }
    }
    place
}

#[cfg(test)]
mod tests {
    use super::rule;

    #[test]
    fn a_place_and_a_kind_that_one_rule_covers_have_its_number() {
        assert_eq!(rule("Protocol/Triggers/Trigger[@id=5]/On@id", "dangling-reference"), Some("5.1.6"));
    }

    #[test]
    fn a_place_and_a_kind_that_several_rules_cover_have_none() {
        assert_eq!(rule("Protocol/Params/Param[@id=5]/Type", "invalid-value"), None);
    }
}
