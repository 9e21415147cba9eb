//! Closed lists of words.

/// The words that a place accepts. Letter case is of no concern.
#[derive(Debug)]
pub(super) struct Vocabulary<T: 'static> {
    /// The words, as they are written, and what they mean.
    pub(super) words: &'static [(&'static str, Meaning<T>)],
}

/// What genlock makes of a word.
#[derive(Clone, Copy, Debug)]
pub(super) enum Meaning<T> {
    /// It carries it out.
    Carried(T),
    /// It belongs to a part of the language that genlock does not carry out; the item keeps it all the same.
    Refused(T, &'static str),
}

impl<T: Copy> Vocabulary<T> {
    /// What `text` means.
    pub(super) fn meaning(&self, text: &str) -> Option<Meaning<T>> {
        self.words.iter().find(|(word, _)| word.eq_ignore_ascii_case(text)).map(|&(_, meaning)| meaning)
    }

    /// What `text` means, whether genlock carries it out or not.
    pub(super) fn value(&self, text: &str) -> Option<T> {
        self.meaning(text).map(|(Meaning::Carried(value) | Meaning::Refused(value, _))| value)
    }

    /// The words that genlock carries out.
    pub(super) fn carried(&self) -> impl Iterator<Item = &'static str> {
        self.words.iter().filter(|(_, meaning)| matches!(meaning, Meaning::Carried(_))).map(|&(word, _)| word)
    }
}

/// `true` and `false`.
pub(super) const FLAG: Vocabulary<bool> =
    Vocabulary { words: &[("true", Meaning::Carried(true)), ("false", Meaning::Carried(false))] };
