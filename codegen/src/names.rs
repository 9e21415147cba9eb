//! Identifiers: the one place in which names of the XML become names of Rust.
//!
//! A name keeps its words; only the case changes (by `heck`). What Rust or its lints do not allow is replaced, and
//! names that would be equal in one scope get the item's id.

mod connector;
mod letters;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};
use unicode_ident::{is_xid_continue, is_xid_start};
use unicode_normalization::UnicodeNormalization;

use letters::{greek, is_usual};

pub(crate) use connector::{Names, VARIANTS, answers, fields, methods, variants};

/// How the names of one scope are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// `WEBSOCKET_STATUS`: constants.
    Constant,
    /// `WebsocketStatus`: types and variants.
    Type,
    /// `websocket_status`: functions, methods and fields.
    Function,
}

/// The names of one scope: they are unique, and none is a keyword or reserved.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope {
    /// How they are written.
    pub(crate) case: Case,
    /// What stands in for a name without letters, and before one that begins with a digit: `param`.
    pub(crate) kind: &'static str,
    /// Names that generated code itself uses in this scope.
    pub(crate) reserved: &'static [&'static str],
}

/// A name of the XML that needs an identifier.
#[derive(Clone, Debug)]
pub(crate) struct Wanted<'n> {
    /// The name as written.
    pub(crate) name: &'n str,
    /// What tells it from others of the same name: its id or value.
    pub(crate) distinction: String,
    /// What tells it from the one other of the same name that has no role: `write` for a write parameter.
    pub(crate) role: Option<&'static str>,
}

/// An identifier and how it came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    text: String,
    /// Whether it was given its id because another item of the scope has the same name.
    pub(crate) collides: bool,
}

impl Name {
    /// The identifier, raw where it is a keyword.
    pub(crate) fn ident(&self) -> Ident {
        if KEYWORDS.contains(&self.text.as_str()) {
            Ident::new_raw(&self.text, Span::call_site())
        } else {
            Ident::new(&self.text, Span::call_site())
        }
    }
}

/// Reserved in some edition; legal as raw identifiers.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Not even legal as raw identifiers; they get an underscore behind.
const PATH_KEYWORDS: &[&str] = &["self", "super", "crate", "Self"];

impl Scope {
    /// One identifier each, in the same order.
    ///
    /// A name that nothing else in the scope has is kept as it is, whatever else is added to the file. Of several equal
    /// ones each gets its distinction, so that none of them silently means another one when their order changes.
    pub(crate) fn assign(self, wanted: &[Wanted<'_>]) -> Vec<Name> {
        let plain: Vec<String> = self.plain(wanted);
        let uses = count(&plain);
        let is_free = |text: &str| uses.get(text) == Some(&1) && !self.reserved.contains(&text);
        let mut taken: BTreeSet<String> = plain.iter().filter(|text| is_free(text)).cloned().collect();
        taken.extend(self.reserved.iter().map(|&text| text.to_owned()));

        let mut numbers = BTreeMap::new();
        let distinct = |(text, wanted): (&String, &Wanted<'_>)| {
            if is_free(text) {
                return Name { text: text.clone(), collides: false };
            }
            let first = self.joined(text, &self.written(&wanted.distinction));
            let mut distinct = first.clone();
            // The same name and the same distinction: only in a file with errors.
            let number = numbers.entry(first.clone()).or_insert(1_u32);
            while taken.contains(&distinct) {
                *number += 1;
                distinct = self.joined(&first, &number.to_string());
            }
            taken.insert(distinct.clone());
            Name { text: distinct, collides: true }
        };
        plain.iter().zip(wanted).map(distinct).collect()
    }

    /// Whether `wanted` has a name that generated code itself uses.
    pub(crate) fn reserves(self, wanted: &Wanted<'_>) -> bool {
        self.reserved.contains(&self.legal(wanted).as_str())
    }

    /// The identifiers as the names alone give them; of two equal ones, the one with a role shows it.
    fn plain(self, wanted: &[Wanted<'_>]) -> Vec<String> {
        let mut plain: Vec<String> = wanted.iter().map(|wanted| self.legal(wanted)).collect();
        let uses = count(&plain);
        let with_role = plain.iter().zip(wanted).filter(|(_, wanted)| wanted.role.is_some()).map(|(text, _)| text);
        let with_role = count(with_role);
        let pairs: BTreeSet<String> = with_role
            .into_iter()
            .filter(|&(text, uses_with_role)| uses_with_role == 1 && uses.get(text) == Some(&2))
            .map(|(text, _)| text.to_owned())
            .collect();
        for (text, wanted) in plain.iter_mut().zip(wanted) {
            if let Some(role) = wanted.role.filter(|_| pairs.contains(text)) {
                *text = self.joined(text, &self.cased(role));
            }
        }
        plain
    }

    /// The identifier of a name on its own.
    fn legal(self, wanted: &Wanted<'_>) -> String {
        let text = self.written(wanted.name);
        let text = match text.chars().next() {
            None => self.joined(&self.cased(self.kind), &self.written(&wanted.distinction)),
            Some(first) if is_xid_start(first) => text,
            Some(_) => self.joined(&self.cased(self.kind), &text),
        };
        if PATH_KEYWORDS.contains(&text.as_str()) { text + "_" } else { text }
    }

    /// Two parts as one name.
    fn joined(self, text: &str, addition: &str) -> String {
        let text = text.trim_end_matches('_');
        let is_digit = |letter: char| letter.is_ascii_digit();
        // Two digits side by side would read as one number.
        let parted = self.case != Case::Type || (text.ends_with(is_digit) && addition.starts_with(is_digit));
        format!("{text}{}{addition}", if parted { "_" } else { "" })
    }

    /// A text of the XML in this case: legal but for a digit in front.
    fn written(self, text: &str) -> String {
        self.cased(&spelled_out(text))
    }

    fn cased(self, text: &str) -> String {
        let cased = match self.case {
            Case::Constant => text.to_shouty_snake_case(),
            Case::Type => text.to_upper_camel_case(),
            Case::Function => text.to_snake_case(),
        };
        // Changing the case can undo the normal form, in which the compiler compares identifiers.
        cased.nfkc().filter(|&letter| is_xid_continue(letter)).collect()
    }
}

/// How often each text occurs.
fn count<'t>(texts: impl IntoIterator<Item = &'t String>) -> BTreeMap<&'t str, usize> {
    let mut uses = BTreeMap::new();
    for text in texts {
        *uses.entry(text.as_str()).or_default() += 1;
    }
    uses
}

/// A name in letters that the compiler accepts without a lint: compatibility forms (`²`, `ﬁ`, `Ⅷ`) as what they stand
/// for, the signs of units and single Greek letters in Latin letters, rare letters as code points, everything that
/// cannot be part of an identifier as a space.
fn spelled_out(name: &str) -> String {
    let name = name.trim();
    let mut text = String::with_capacity(name.len());
    if name.strip_prefix('-').is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit())) {
        text.push_str("minus ");
    }
    let letters: Vec<char> = name.replace('\u{b5}', "u").replace('\u{2126}', "Ohm").nfkc().collect();
    let is_greek = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|&letter| greek(letter).is_some());
    for (at, &letter) in letters.iter().enumerate() {
        match greek(letter).filter(|_| !is_greek(at.checked_sub(1)) && !is_greek(Some(at + 1))) {
            Some(name) => text.extend([" ", name, " "]),
            None if !is_xid_continue(letter) => text.push(' '),
            None if is_usual(letter) => text.push(letter),
            None => {
                let _ = write!(text, " u{:04x} ", u32::from(letter));
            }
        }
    }
    text
}
