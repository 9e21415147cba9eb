//! The names of the whole language: what is unknown, what is known but not carried out, and what has no effect.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::LazyLock;

/// Path and part of the language; the elements in a part that genlock does not carry out are left out.
const NAMES: &str = include_str!("language.tsv");

static LANGUAGE: LazyLock<BTreeMap<&str, &str>> =
    LazyLock::new(|| NAMES.lines().filter_map(|line| line.split_once('\t')).collect());

/// The part of the language to which an element or attribute belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// What a driver does.
    Core,
    /// What describes it to the platform.
    Metadata,
    /// How it is shown.
    Presentation,
    /// Something else, by name.
    Other(&'static str),
}

/// The part to which the element or attribute at `path` (without predicates) belongs; none if it does not exist.
pub(super) fn part(path: &str) -> Option<Part> {
    LANGUAGE.get(path).map(|&part| match part {
        "core" => Part::Core,
        "metadata" => Part::Metadata,
        "presentation" => Part::Presentation,
        other => Part::Other(other),
    })
}

/// The names that may stand in the element at `path`: after `/` its elements, after `@` its attributes.
pub(super) fn names(path: &str, separator: char) -> impl Iterator<Item = &'static str> {
    let prefix = format!("{path}{separator}");
    let from = (Bound::Included(prefix.clone()), Bound::Unbounded);
    LANGUAGE
        .range::<str, _>((from.0.as_ref().map(String::as_str), from.1))
        .map_while(move |(known, _)| known.strip_prefix(&prefix))
        .filter(|name| !name.contains(['/', '@']))
}
