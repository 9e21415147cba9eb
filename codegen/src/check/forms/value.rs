//! The form of one value.

use super::facts::facts;
use super::{Walk, fault, reference};
use crate::diagnostic::Kind;
use crate::parse::{Element, Slot};
use crate::schema::{Form, NodeIndex};
use crate::text::{nearest, one, quoted};

impl<'d> Walk<'_, 'd> {
    /// Judges the value in `slot` of `element`, or of one of its attributes.
    pub(super) fn value(&mut self, index: NodeIndex, element: &'d Element, slot: Slot<'d>) {
        let facts = facts(index);
        if facts.form == Form::None {
            return;
        }
        if slot.is_blank() {
            self.blank(index, slot);
            return;
        }
        if !facts.form.accepts(slot.trimmed()) {
            self.invalid(index, slot);
            return;
        }
        if let Some(refers) = facts.refers
            && let Some((message, help)) = reference::dangling(self.file, element, slot, refers)
        {
            let fault = fault(index, Kind::DanglingReference, slot.span, message);
            self.faults.add(fault.help(help));
            return;
        }
        let has_rule = facts.rule(Kind::UntrimmedValue).is_some();
        if slot.is_padded() && !facts.may_be_padded && (has_rule || facts.form.is_trimmed()) {
            let message = format!("there is white space around {}", quoted(slot.trimmed()));
            self.faults.add(fault(index, Kind::UntrimmedValue, slot.span, message).help("remove it"));
        }
    }

    fn blank(&mut self, index: NodeIndex, slot: Slot<'d>) {
        let kind = if slot.is_attribute() { Kind::EmptyAttribute } else { Kind::EmptyElement };
        let facts = facts(index);
        if facts.rule(kind).is_some() || !facts.form.may_be_blank() {
            let message = format!("{} is empty", quoted(slot.name));
            let what = match (facts.best, facts.refers, &facts.form, facts.example) {
                (Some(best), ..) => quoted(best),
                (None, Some(refers), ..) => format!("the id of {}", one(refers.target.noun())),
                (None, None, Form::None | Form::Text | Form::Filled, None) => "its value".to_owned(),
                (None, None, Form::None | Form::Text | Form::Filled, Some(example)) => {
                    format!("its value, such as {}", quoted(example))
                }
                (None, None, form, _) => form.noun(),
            };
            let help = if facts.may_go { format!("remove it, or write {what}") } else { format!("write {what}") };
            self.faults.add(fault(index, kind, slot.span, message).help(help));
        }
    }

    fn invalid(&mut self, index: NodeIndex, slot: Slot<'d>) {
        let facts = facts(index);
        let text = slot.trimmed();
        // Where no rule is on the form of a reference, what is no id names nothing.
        let kind = match (facts.refers, facts.rule(Kind::InvalidValue), facts.rule(Kind::DanglingReference)) {
            (Some(_), None, Some(_)) => Kind::DanglingReference,
            _ => Kind::InvalidValue,
        };
        let message = match (facts.refers, &facts.form) {
            (Some(refers), _) => format!("{} is not the id of {}", quoted(text), one(refers.target.noun())),
            (None, Form::Words(_)) => format!("{} is no value of {}", quoted(text), quoted(slot.name)),
            (None, Form::Plain) => format!("{} is not a plain whole number", quoted(text)),
            (None, form) => format!("{} is not {}", quoted(text), form.noun()),
        };
        let help = match (nearest(text, facts.form.words().iter().copied()), facts.refers) {
            (Some(word), _) => format!("did you mean `{word}`?"),
            (None, Some(refers)) => format!("write the number that `<{} id=\"…\">` has", refers.target.element()),
            (None, None) => {
                facts.best.map_or_else(|| format!("write {}", facts.form.noun()), |best| format!("write `{best}`"))
            }
        };
        self.faults.add(fault(index, kind, slot.span, message).help(help));
    }
}
