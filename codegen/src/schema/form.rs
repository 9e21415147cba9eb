//! The forms of values.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::model::plain_number;
use crate::text::either;

/// Type and word.
const WORDS: &str = include_str!("words.tsv");

static VOCABULARIES: LazyLock<BTreeMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut words: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, word) in WORDS.lines().filter_map(|line| line.split_once('\t')) {
        words.entry(name).or_default().push(word);
    }
    words
});

/// What a value has to look like. White space around it is judged apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// There is none: the element holds other elements.
    None,
    /// Any text, none included.
    Text,
    /// Any text but none.
    Filled,
    /// One of these words, letter case ignored.
    Words(Vec<&'static str>),
    /// An unsigned integer in these bounds; a plus sign and leading zeros pass.
    Unsigned(u32, u32),
    /// An unsigned integer in its shortest form.
    Plain,
    /// An integer.
    Integer,
    /// A decimal number with a dot.
    Decimal,
    /// Unsigned integers with this character between them, and maybe behind the last.
    List(char),
    /// A date: `2026-01-31`.
    Date,
}

impl Form {
    /// The form that the table calls `name`.
    pub(crate) fn new(name: &'static str) -> Self {
        let mut parts = name.split(' ');
        match (parts.next().unwrap_or_default(), parts.next()) {
            ("none", _) => Self::None,
            ("filled", _) => Self::Filled,
            ("plain", _) => Self::Plain,
            ("integer", _) => Self::Integer,
            ("decimal", _) => Self::Decimal,
            ("date", _) => Self::Date,
            ("list", separator) => Self::List(separator.and_then(|text| text.chars().next()).unwrap_or(';')),
            ("unsigned", low) => {
                let number =
                    |text: Option<&str>, otherwise| text.and_then(|text| text.parse().ok()).unwrap_or(otherwise);
                Self::Unsigned(number(low, 0), number(parts.next(), u32::MAX))
            }
            ("words", Some(words)) => Self::Words(words.split('|').collect()),
            (vocabulary, _) => VOCABULARIES.get(vocabulary).map_or(Self::Text, |words| Self::Words(words.clone())),
        }
    }

    /// Whether a value of this form is there when it is blank.
    pub(crate) const fn may_be_blank(&self) -> bool {
        matches!(self, Self::None | Self::Text)
    }

    /// Whether white space around a value of this form has no meaning.
    pub(crate) const fn is_trimmed(&self) -> bool {
        !matches!(self, Self::None | Self::Text | Self::Filled)
    }

    /// Whether `text`, which is trimmed and not empty, has the form.
    pub(crate) fn accepts(&self, text: &str) -> bool {
        match self {
            Self::None | Self::Text | Self::Filled => true,
            Self::Words(words) => words.iter().any(|word| word.eq_ignore_ascii_case(text)),
            Self::Unsigned(low, high) => loose(text).is_some_and(|number| (low..=high).contains(&&number)),
            Self::Plain => loose(text).is_some_and(|number| number.to_string() == text),
            Self::Integer => text.parse::<i64>().is_ok(),
            Self::Decimal => plain_number(text).is_some(),
            Self::List(separator) => {
                let text = text.strip_suffix(*separator).unwrap_or(text);
                text.split(*separator).all(|entry| loose(entry).is_some())
            }
            Self::Date => is_date(text),
        }
    }

    /// What a value of this form is, as a message says it.
    pub(crate) fn noun(&self) -> String {
        match self {
            Self::None | Self::Text | Self::Filled => "text".to_owned(),
            Self::Words(words) => either(words.iter().copied()),
            Self::Unsigned(0, u32::MAX) => "a whole number from 0 to 4294967295".to_owned(),
            Self::Unsigned(low, high) => format!("a whole number from {low} to {high}"),
            Self::Plain => "a whole number from 0 to 4294967295 without sign or leading zeros".to_owned(),
            Self::Integer => "a whole number".to_owned(),
            Self::Decimal => "a decimal number such as `-1.5`".to_owned(),
            Self::List(separator) => format!("whole numbers with `{separator}` between them: `1{separator}2`"),
            Self::Date => "a date such as `2026-01-31`".to_owned(),
        }
    }

    /// The words that it accepts.
    pub(crate) fn words(&self) -> &[&'static str] {
        if let Self::Words(words) = self { words } else { &[] }
    }
}

/// An unsigned integer; a plus sign and leading zeros pass.
fn loose(text: &str) -> Option<u32> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}

/// Whether `text` is a date of XML Schema without a time zone.
fn is_date(text: &str) -> bool {
    let mut parts = text.splitn(3, '-').map(|part| (part.len(), loose(part)));
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    matches!(year, Some((4, Some(_))))
        && matches!(month, Some((2, Some(1..=12))))
        && matches!(day, Some((2, Some(1..=31))))
}

#[cfg(test)]
mod tests {
    use super::Form;

    #[test]
    fn forms_accept_what_they_say() {
        let cases: &[(&str, &[&str], &[&str])] = &[
            ("EnumTrueFalse", &["true", "FALSE"], &["1", "yes"]),
            ("unsigned", &["0", "+07", "4294967295"], &["-1", "4294967296", "1.0"]),
            ("unsigned 1 10", &["1", "10"], &["0", "11"]),
            ("plain", &["0", "7"], &["07", "+7"]),
            ("integer", &["-1", "7"], &["1.5"]),
            ("decimal", &["-1.5", "2"], &["1,5", "1e5"]),
            ("list ;", &["1", "1;2;"], &["1;;2", ";", "a"]),
            ("date", &["2026-01-31"], &["2026-13-01", "31.1.2026"]),
            ("words a|b", &["A", "b"], &["c"]),
        ];
        for (name, right, wrong) in cases {
            let form = Form::new(name);
            assert!(right.iter().all(|text| form.accepts(text)), "{name}");
            assert!(!wrong.iter().any(|text| form.accepts(text)), "{name}");
        }
    }
}
