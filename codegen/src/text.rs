//! Wording that messages share.

/// How many characters of a value a message quotes.
const QUOTED: usize = 60;
/// Up to how many characters a name is compared with the known ones.
const COMPARED: usize = 40;

/// `text` as a message quotes it: in backticks, and cut when it is long.
pub(crate) fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("`{}…`", text.get(..end).unwrap_or_default()),
        None => format!("`{text}`"),
    }
}

/// `a, b or c`.
pub(crate) fn either<'t>(words: impl IntoIterator<Item = &'t str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

/// `1 parameter`, `3 parameters`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// `a group`, `an action`.
pub(crate) fn one(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// The known word that `text` most probably means.
pub fn nearest<'w>(text: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    if text.is_empty() || text.chars().nth(COMPARED).is_some() {
        return None;
    }
    let text = text.to_lowercase();
    let scored = words.into_iter().map(|word| (strsim::damerau_levenshtein(&text, &word.to_lowercase()), word));
    let (distance, word) = scored.min_by_key(|&(distance, _)| distance)?;
    (distance <= (text.chars().count() / 3).max(1)).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::{either, nearest, one, quoted};

    #[test]
    fn lists_end_with_a_conjunction() {
        assert_eq!(either(["a"]), "`a`");
        assert_eq!(either(["a", "b", "c"]), "`a`, `b` or `c`");
    }

    #[test]
    fn an_article_suits_its_noun() {
        assert_eq!(["group", "action"].map(one), ["a group", "an action"]);
    }

    #[test]
    fn a_slip_of_the_finger_is_understood_and_a_different_word_is_not() {
        assert_eq!(nearest("Intreprete", ["Name", "Interprete", "Type"]), Some("Interprete"));
        assert_eq!(nearest("Zebra", ["Name", "Interprete", "Type"]), None);
        assert_eq!(nearest(&"x".repeat(1 << 20), ["Name"]), None);
    }

    #[test]
    fn long_values_are_cut() {
        assert_eq!(quoted(&"é".repeat(100)), format!("`{}…`", "é".repeat(60)));
    }
}
