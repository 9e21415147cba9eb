//! Which letters an identifier keeps.

use unicode_normalization::UnicodeNormalization;
use unicode_security::GeneralSecurityProfile;

/// The letters from α to ω; the second sigma ends words.
const GREEK: [&str; 25] = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi",
    "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
];

/// Whether the compiler says nothing of `letter`, in any case, wherever it stands. It warns of those of ancient and
/// technical texts (`uncommon_codepoints`); that cannot be allowed for the items of a connector alone, and a user may
/// forbid warnings.
pub(super) fn is_usual(letter: char) -> bool {
    let mut cases = letter.to_lowercase().chain(letter.to_uppercase()).nfkc();
    letter.is_ascii() || letter.identifier_allowed() && cases.all(GeneralSecurityProfile::identifier_allowed)
}

/// The name of a Greek letter. One that stands alone is a sign, not a word, and most look like a Latin letter.
pub(super) fn greek(letter: char) -> Option<&'static str> {
    let position = u32::from(letter.to_lowercase().next()?).checked_sub(u32::from('α'))?;
    GREEK.get(usize::try_from(position).ok()?).copied()
}
