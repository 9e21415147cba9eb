//! Title case, as captions, descriptions, pages and exceptions are written.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::units;

/// Abbreviations in their usual spelling, with white space between them.
const ABBREVIATIONS: &str = include_str!("abbreviations.txt");

/// Articles, short conjunctions and prepositions: small inside a title.
const SMALL: &[&str] =
    &["an", "and", "as", "at", "but", "by", "for", "in", "nor", "of", "off", "on", "or", "the", "to", "via"];

/// Words that style guides do not agree on.
const EITHER: &[&str] = &["if", "per", "so", "up", "vs", "yet"];

/// Symbols of units that are words as well.
const WORDS_TOO: &[&str] = &["am", "as", "bar", "bits", "dam", "in", "per"];

/// The usual spellings of abbreviations and of symbols of units, by their small letters.
static SPELLINGS: LazyLock<BTreeMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut spellings: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
    let symbols = units::current().flat_map(|unit| words(unit).into_iter().map(|(_, word)| word));
    for word in ABBREVIATIONS.split_whitespace().chain(symbols.filter(|word| !WORDS_TOO.contains(word))) {
        spellings.entry(word.to_lowercase()).or_default().push(word);
    }
    spellings
});

/// `text` in title case.
pub(super) fn title_case(text: &str) -> String {
    let words = words(text);
    let last = words.len().saturating_sub(1);
    let mut written = String::with_capacity(text.len());
    let mut end = 0;
    for (position, &(start, word)) in words.iter().enumerate() {
        let between = text.get(end..start).unwrap_or_default();
        end = start + word.len();
        let after = text.get(end..).unwrap_or_default();
        let at_an_end = position == 0 || position == last || is_bracketed(between, after);
        written.push_str(between);
        written.push_str(&cased(word, at_an_end));
    }
    written.push_str(text.get(end..).unwrap_or_default());
    written
}

/// The runs of letters of `text` with their places. An apostrophe between letters belongs to the word.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut start = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let goes_on = matches!(character, '\'' | '’')
            && start.is_some()
            && characters.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if character.is_alphabetic() || goes_on {
            start = start.or(Some(at));
        } else if let Some(start) = start.take() {
            words.extend(text.get(start..at).map(|word| (start, word)));
        }
    }
    if let Some(start) = start {
        words.extend(text.get(start..).map(|word| (start, word)));
    }
    words
}

/// Whether a bracket opens before a word or closes behind it.
fn is_bracketed(before: &str, after: &str) -> bool {
    before.trim_end().ends_with(['(', '[', '{', '<']) || after.trim_start().starts_with([')', ']', '}', '>'])
}

fn cased(word: &str, at_an_end: bool) -> String {
    if is_left_alone(word) {
        return word.to_owned();
    }
    let small = word.to_lowercase();
    let may_be_small =
        !at_an_end && (SMALL.contains(&small.as_str()) || (EITHER.contains(&small.as_str()) && word == small));
    if may_be_small {
        return small;
    }
    let mut letters = small.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A single letter, a word in capitals, or an abbreviation in its usual spelling; also with a plural s.
fn is_left_alone(word: &str) -> bool {
    let singular = word.strip_suffix("'s").or_else(|| word.strip_suffix('s')).unwrap_or(word);
    let is_in_capitals = |text: &str| text.chars().count() > 1 && text.chars().all(|letter| !letter.is_lowercase());
    let is_usual = |text: &str| SPELLINGS.get(&text.to_lowercase()).is_some_and(|spellings| spellings.contains(&text));
    let is_one = |text: &str| is_in_capitals(text) || is_usual(text);
    word.chars().nth(1).is_none() || is_one(word) || (singular.chars().nth(1).is_some() && is_one(singular))
}

#[cfg(test)]
mod tests {
    use super::title_case;

    #[test]
    fn words_have_a_capital_and_short_ones_inside_have_none() {
        for (text, title) in [
            ("input level", "Input Level"),
            ("Input LEVEL of the amplifier", "Input LEVEL of the Amplifier"),
            ("State Of The Art", "State of the Art"),
            ("the end of", "The End Of"),
            ("turn on (of course)", "Turn on (Of Course)"),
            ("Up to (per port in)", "Up to (Per Port In)"),
            ("rate per port", "Rate per Port"),
            ("Rate Per Port", "Rate Per Port"),
            ("switchOver", "Switchover"),
            ("device's state", "Device's State"),
            ("don't wait", "Don't Wait"),
            ("größe über alles", "Größe Über Alles"),
            ("", ""),
            ("...", "..."),
        ] {
            assert_eq!(title_case(text), title);
        }
    }

    #[test]
    fn abbreviations_single_letters_and_symbols_stay() {
        for text in [
            "WebSocket URL",
            "IDs of VLANs",
            "Rate (Mbps)",
            "Bandwidth in kHz",
            "Plan b",
            "x",
            "N/A",
            "Level (dBm)",
            "SSDs",
            "vCPUs",
            "SNMPv3 User",
            "Edit...",
            "10 GbE Port",
        ] {
            assert_eq!(title_case(text), text);
        }
    }

    #[test]
    fn a_symbol_in_another_spelling_is_a_word() {
        assert_eq!(title_case("rate in mbps"), "Rate in Mbps");
    }
}
