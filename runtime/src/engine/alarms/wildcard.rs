//! `*` and `?` in the values of levels (ALM-08).

/// The pattern that every text matches.
pub(super) const ANY: &str = "*";

/// Whether `text` matches `pattern`: `*` stands for any characters, `?` for one.
///
/// It takes at most as many steps as the two lengths multiplied: only the last `*` is ever gone back to.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let (mut pattern, mut text) = (pattern.chars(), text.chars());
    // What follows the last `*`, and the text that it has not taken yet.
    let mut retry = None;
    loop {
        let mut rest = pattern.clone();
        match (rest.next(), text.clone().next()) {
            (Some('*'), _) => {
                pattern = rest;
                retry = Some((pattern.clone(), text.clone()));
                continue;
            }
            (Some(wanted), Some(letter)) if wanted == '?' || wanted == letter => {
                pattern = rest;
                text.next();
                continue;
            }
            (None, None) => return true,
            _ => {}
        }
        // The last `*` takes one more character.
        let Some((behind, taken)) = &mut retry else { return false };
        if taken.next().is_none() {
            return false;
        }
        (pattern, text) = (behind.clone(), taken.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn alm_08_stars_and_question_marks_stand_for_characters() {
        for (pattern, text) in [
            ("", ""),
            ("*", ""),
            ("*", "any"),
            ("a?c", "aéc"),
            ("a*c", "ac"),
            ("a*b*c", "axxbxbyc"),
            ("*fault", "fan fault"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("", "a"), ("?", ""), ("a?c", "ac"), ("a*c", "acb"), ("fault", "Fault"), ("*a*", "bbb")]
        {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }
}
