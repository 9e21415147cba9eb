//! What must hold of a value beyond what the table of the language says, and the rules that say so.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::diagnostic::{Kind, Rule, rule, rule_at};
use crate::model::Target;
use crate::schema::{Form, Node, NodeIndex, schema};

/// Place, form where it is not the table's (`none` where a check of its own judges the value), what it refers to, facts:
/// `needed`, `needed unless X`, `unique id`, `unique name`, `may be padded`, `may go`, `best X`, `such as X`, the numbers
/// of rules that the place and the kind of fault alone do not tell, and `not` with the number of a rule that a check of
/// its own judges.
const ROWS: &str = include_str!("facts.tsv");

/// What must hold of one element or attribute.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) form: Form,
    pub(super) refers: Option<Refers>,
    /// It must stand in its element.
    pub(super) is_needed: bool,
    /// It need not where this element stands.
    pub(super) unless: Option<&'static str>,
    pub(super) unique: Option<Uniqueness>,
    /// White space around it is judged by a check of its own.
    pub(super) may_be_padded: bool,
    /// Where it is empty, it can as well be removed.
    pub(super) may_go: bool,
    /// The value to write where there is none or a wrong one.
    pub(super) best: Option<&'static str>,
    /// A value that it can have.
    pub(super) example: Option<&'static str>,
    rules: BTreeMap<&'static str, &'static Rule>,
}

/// What a value refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refers {
    pub(super) target: Target,
    /// The text is compared with the ids as it is written: white space or leading zeros find nothing.
    pub(super) is_literal: bool,
}

/// How items of one kind are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Uniqueness {
    /// As numbers.
    Id,
    /// As text, white space around it and letter case ignored; blank ones never collide.
    Name,
}

/// The kinds of fault that the walk reports.
const KINDS: [Kind; 10] = [
    Kind::MissingElement,
    Kind::MissingAttribute,
    Kind::MissingHead,
    Kind::EmptyElement,
    Kind::EmptyAttribute,
    Kind::InvalidValue,
    Kind::DanglingReference,
    Kind::UntrimmedValue,
    Kind::DuplicateElement,
    Kind::DuplicateId,
];

static FACTS: LazyLock<Vec<Facts>> = LazyLock::new(|| {
    let columns = |line: &'static str| line.split_once('\t');
    let rows: BTreeMap<&str, &'static str> = ROWS.lines().filter_map(columns).collect();
    schema().nodes().iter().map(|node| Facts::new(node, rows.get(node.path).copied().unwrap_or_default())).collect()
});

static NOTHING: LazyLock<Facts> = LazyLock::new(|| Facts {
    form: Form::Text,
    refers: None,
    is_needed: false,
    unless: None,
    unique: None,
    may_be_padded: false,
    may_go: false,
    best: None,
    example: None,
    rules: BTreeMap::new(),
});

/// What must hold of the element or attribute at `index` of the table.
pub(super) fn facts(NodeIndex(index): NodeIndex) -> &'static Facts {
    FACTS.get(index).unwrap_or(&NOTHING)
}

impl Facts {
    fn new(node: &Node, row: &'static str) -> Self {
        let mut columns = row.split('\t');
        let form = columns.next().filter(|form| !matches!(*form, "" | "-"));
        let refers = columns.next().and_then(Refers::new);
        let mut facts = Self {
            form: form.map_or_else(|| node.form.clone(), Form::new),
            refers,
            is_needed: false,
            unless: None,
            unique: None,
            may_be_padded: false,
            may_go: false,
            best: None,
            example: None,
            rules: BTreeMap::new(),
        };
        let duplicate = [Kind::DuplicateName];
        for kind in KINDS.into_iter().chain(duplicate) {
            if let Some(rule) = rule_at(node.path, kind) {
                facts.rules.insert(kind.code(), rule);
            }
        }
        for fact in columns.next().unwrap_or_default().split(", ") {
            match fact {
                "needed" => facts.is_needed = true,
                "unique id" => facts.unique = Some(Uniqueness::Id),
                "may be padded" => facts.may_be_padded = true,
                "may go" => facts.may_go = true,
                "unique name" => facts.unique = Some(Uniqueness::Name),
                other if other.starts_with("best ") => facts.best = other.strip_prefix("best "),
                other if other.starts_with("such as ") => facts.example = other.strip_prefix("such as "),
                other if other.starts_with("not ") => {
                    facts.rules.retain(|_, rule| other.strip_prefix("not ") != Some(rule.id));
                }
                other => match (other.strip_prefix("needed unless "), rule(other)) {
                    (Some(element), _) => (facts.is_needed, facts.unless) = (true, Some(element)),
                    (None, Some(rule)) => {
                        facts.rules.insert(rule.kind.code(), rule);
                    }
                    (None, None) => {}
                },
            }
        }
        facts
    }

    /// The rule on this kind of fault there.
    pub(super) fn rule(&self, kind: Kind) -> Option<&'static Rule> {
        self.rules.get(kind.code()).copied()
    }
}

impl Refers {
    fn new(text: &str) -> Option<Self> {
        let (target, manner) = text.split_once(' ').unwrap_or((text, ""));
        let target = match target {
            "action" => Target::Action,
            "command" => Target::Command,
            "group" => Target::Group,
            "pair" => Target::Pair,
            "param" => Target::Param,
            "response" => Target::Response,
            "session" => Target::Session,
            "trigger" => Target::Trigger,
            _ => return None,
        };
        Some(Self { target, is_literal: manner == "literal" })
    }
}

#[cfg(test)]
mod tests {
    use super::{ROWS, Refers};
    use crate::diagnostic::rule;
    use crate::schema::schema;

    #[test]
    fn every_row_is_about_a_place_of_the_language_and_understood() {
        for line in ROWS.lines() {
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 4, "{line}");
            assert!(schema().nodes().iter().any(|node| node.path == columns[0]), "{line}");
            assert!(columns[2] == "-" || Refers::new(columns[2]).is_some(), "{line}");
            for fact in columns[3].split(", ") {
                let known = matches!(fact, "-" | "needed" | "unique id" | "unique name" | "may be padded" | "may go");
                let has_text = ["needed unless ", "best ", "such as "].iter().any(|word| fact.starts_with(word));
                let judged_elsewhere = fact.strip_prefix("not ").is_some_and(|id| rule(id).is_some());
                assert!(known || judged_elsewhere || has_text || rule(fact).is_some(), "{line}");
            }
        }
    }
}
