//! What exceptional values are shown as: `N/A` in that spelling, without white space around.

use crate::check::file::{File, Param};
use crate::diagnostic::{Fault, Faults};
use crate::parse::Slot;
use crate::text::quoted;

const NOT_APPLICABLE: &str = "N/A";

pub(super) fn check(file: &File<'_>, faults: &mut Faults) {
    for caption in file.params.iter().flat_map(Param::exceptions).filter_map(|entry| entry.find("Display")) {
        let caption = Slot::look(caption);
        let text = caption.trimmed();
        if text != NOT_APPLICABLE && means_not_applicable(text) {
            // 2.40.1
            let message = format!("{} is not how a value that does not apply is shown", quoted(text));
            faults.add(Fault::rule("2.40.1", caption.span, message).help(format!("write `{NOT_APPLICABLE}`")));
        } else if caption.is_padded() && !caption.is_blank() {
            // 2.40.4
            let message = format!("there is white space around the caption {}", quoted(text));
            faults.add(Fault::rule("2.40.4", caption.span, message).help("remove it"));
        }
    }
}

/// `not applicable`, or N and A with at most signs and spaces between them.
fn means_not_applicable(text: &str) -> bool {
    let between = || text.strip_prefix(['N', 'n'])?.strip_suffix(['A', 'a']);
    text.eq_ignore_ascii_case("not applicable")
        || between().is_some_and(|between| !between.contains(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::means_not_applicable;

    #[test]
    fn spellings_of_not_applicable_are_known() {
        assert!(["N/A", "n.a", "NA", "N / A", "NOT applicable"].iter().all(|text| means_not_applicable(text)));
        assert!(["N", "A", "Nora", "N1A", "Not applicable yet", ""].iter().all(|text| !means_not_applicable(text)));
    }
}
