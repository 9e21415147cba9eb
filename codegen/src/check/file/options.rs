//! The options of tables and columns: `;save;foreignKey=1000`.

use super::number::{list, loose};
use crate::parse::{Element, Slot};
use crate::source::Span;

/// One option of a list.
#[derive(Clone, Copy)]
pub(crate) struct Choice<'d> {
    /// The whole option, untrimmed.
    pub(crate) slot: Slot<'d>,
    /// Its name, trimmed.
    pub(crate) name: &'d str,
    /// What stands behind the first `=` or `:`, untrimmed.
    value: Option<Slot<'d>>,
}

impl<'d> Choice<'d> {
    fn new(slot: Slot<'d>) -> Self {
        let (name, value) =
            slot.raw.split_once(['=', ':']).map_or((slot.raw, None), |(name, value)| (name, Some(slot.within(value))));
        Self { slot, name: name.trim(), value }
    }

    /// Whether it has this name; letter case is ignored.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Its value, untrimmed; none when neither `=` nor `:` is written.
    pub(crate) fn value(&self) -> Option<Slot<'d>> {
        self.value
    }

    /// Its value as a number.
    pub(crate) fn number(&self) -> Option<u32> {
        self.value.and_then(|value| loose(value.raw))
    }

    /// Where its value stands; the whole option when that is blank.
    pub(crate) fn value_span(&self) -> Span {
        self.value.filter(|value| !value.is_blank()).map_or(self.slot.span, |value| value.span)
    }
}

/// The options of a table or column: the first character separates them unless it is a letter.
pub(super) fn of_table(element: &Element) -> Vec<Choice<'_>> {
    let Some(slot) = element.get("options").map(Slot::attribute) else { return Vec::new() };
    let separator = slot.trimmed().chars().next().filter(|first| !first.is_alphabetic()).unwrap_or(';');
    list(slot, separator).filter(|option| !option.is_blank()).map(Choice::new).collect()
}

#[cfg(test)]
mod tests {
    use super::of_table;
    use crate::diagnostic::Faults;
    use crate::source::SourceSet;

    /// The options of a column as `name=value`.
    fn shown(options: &str) -> Vec<String> {
        let source = SourceSet::new("options.xml", format!("<ColumnOption options=\"{options}\"/>"));
        let document = crate::parse::read(&source, 1 << 10, &mut Faults::default());
        let root = document.root.expect("an element");
        let options = of_table(&root);
        for option in &options {
            assert_eq!(source.slice(option.slot.span), option.slot.trimmed());
        }
        options
            .iter()
            .map(|option| format!("{}={}", option.name, option.value().map_or("", |value| value.raw)))
            .collect()
    }

    #[test]
    fn the_first_character_separates_unless_it_is_a_letter() {
        assert_eq!(shown(";save;foreignKey=1000"), ["save=", "foreignKey=1000"]);
        assert_eq!(shown("save;foreignKey=1000"), ["save=", "foreignKey=1000"]);
        assert_eq!(shown("/save/foreignKey=1000;"), ["save=", "foreignKey=1000;"]);
        assert_eq!(shown(";"), [""; 0]);
    }

    #[test]
    fn a_value_stands_behind_an_equals_sign_or_a_colon() {
        assert_eq!(shown(";view=:1:2:3; database:1000 "), ["view=:1:2:3", "database=1000 "]);
    }
}
