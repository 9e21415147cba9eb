//! The rules of the platform's validator: what each number is about, and how bad.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{Class, Kind, Severity};

/// Number, code, level, class and places (`;` between them).
const ROWS: &str = include_str!("rules.tsv");

/// A rule of the platform's validator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// Its number: `5.1.6`.
    pub id: &'static str,
    /// Its kind of fault.
    pub kind: Kind,
    /// How bad it is.
    pub severity: Severity,
    /// What it is about.
    pub class: Class,
    /// Where it looks: `Protocol/Triggers/Trigger/On@id`; several places have `; ` between them.
    pub places: &'static str,
}

struct Rules {
    all: Vec<Rule>,
    /// Positions by number.
    by_id: BTreeMap<&'static str, usize>,
    /// Positions by place and code; none where several rules share both.
    by_place: BTreeMap<(&'static str, &'static str), Option<usize>>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let all: Vec<Rule> = ROWS.lines().filter_map(row).collect();
    let by_id = all.iter().enumerate().map(|(position, rule)| (rule.id, position)).collect();
    let mut by_place = BTreeMap::new();
    for (position, rule) in all.iter().enumerate() {
        for place in rule.places.split("; ") {
            let only = by_place.entry((place, rule.kind.code())).or_insert(Some(position));
            *only = only.filter(|&first| first == position);
        }
    }
    Rules { all, by_id, by_place }
});

fn row(line: &'static str) -> Option<Rule> {
    let mut columns = line.split('\t');
    let id = columns.next()?;
    let code = columns.next()?;
    let severity = if columns.next()? == "error" { Severity::Error } else { Severity::Warning };
    let class = if columns.next()? == "style" { Class::Style } else { Class::Behaviour };
    let places = columns.next()?;
    let kind = Kind::ALL.iter().copied().find(|kind| kind.code() == code)?;
    Some(Rule { id, kind, severity, class, places })
}

/// Every rule, by number.
pub fn rules() -> &'static [Rule] {
    &RULES.all
}

/// The rule of this number.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.by_id.get(id).and_then(|&position| RULES.all.get(position))
}

/// The only rule for a kind of fault at the place `path`.
pub(crate) fn rule_at(path: &str, kind: Kind) -> Option<&'static Rule> {
    let place = without_predicates(path);
    let position = RULES.by_place.get(&(place.as_str(), kind.code())).copied().flatten()?;
    RULES.all.get(position)
}

/// `Protocol/Triggers/Trigger[@id=5]/On@id` as `Protocol/Triggers/Trigger/On@id`.
pub(crate) fn without_predicates(path: &str) -> String {
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
    use super::super::Kind;
    use super::{ROWS, rule, rule_at, rules};

    #[test]
    fn every_row_is_read() {
        assert_eq!(rules().len(), ROWS.lines().count());
        assert!(rules().iter().all(|row| rule(row.id) == Some(row)));
    }

    #[test]
    fn a_place_and_a_kind_that_one_rule_covers_have_its_number() {
        let found = rule_at("Protocol/Triggers/Trigger[@id=5]/On@id", Kind::DanglingReference);
        assert_eq!(found.map(|rule| rule.id), Some("5.1.6"));
    }

    #[test]
    fn a_place_and_a_kind_that_several_rules_cover_have_none() {
        assert_eq!(rule_at("Protocol/Params/Param[@id=5]/Type", Kind::InvalidValue), None);
    }
}
