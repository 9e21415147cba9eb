//! When each rule of the platform's validator fires, and what to do then.

/// Number, when it fires, what to do: the columns of that name of `docs/reference/checks.tsv`.
const ROWS: &str = include_str!("checks.tsv");

/// What is said of one rule.
pub(super) struct Row {
    pub(super) fires_when: &'static str,
    pub(super) fix: &'static str,
}

/// The row of the rule `id`.
pub(super) fn row(id: &str) -> Option<Row> {
    ROWS.lines().find_map(|line| {
        let (fires_when, fix) = line.strip_prefix(id)?.strip_prefix('\t')?.split_once('\t')?;
        Some(Row { fires_when, fix })
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use genlock_codegen::diagnostic::rules;

    use super::{ROWS, row};

    #[test]
    fn the_rows_are_those_of_the_reference() {
        let reference = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/reference/checks.tsv");
        let reference = fs::read_to_string(reference).expect("the reference is there");
        let mut lines = reference.lines().map(|line| line.split('\t').collect::<Vec<_>>());
        let head = lines.next().expect("it has a head");
        let columns = ["validator_id", "fires_when", "fix_hint"]
            .map(|name| head.iter().position(|column| *column == name).expect("it has the column"));
        let expected: Vec<String> = lines
            .map(|cells| columns.map(|column| cells.get(column).copied().unwrap_or_default()).join("\t"))
            .collect();
        assert_eq!(ROWS.lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn each_rule_has_a_row() {
        assert!(rules().iter().all(|rule| row(rule.id).is_some()));
    }
}
