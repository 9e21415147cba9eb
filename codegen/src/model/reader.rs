//! How values are read: one function a form.
//!
//! What has a wrong form is left out in silence here: the walk over the form of all values reports it
//! (`check::forms`). Only what is right and beyond genlock is reported.

use super::item::Placed;
use super::reference::{Form, Reference, Target};
use super::vocabulary::{Meaning, Vocabulary};
use crate::diagnostic::{Fault, Faults, Kind};
use crate::parse::Element;
pub(super) use crate::parse::Slot;
use crate::source::{SourceSet, Span};
use crate::text::{either, one, quoted};

/// What reading an element needs.
pub(super) struct Reader<'s, 'f> {
    pub(super) source: &'s SourceSet,
    pub(super) faults: &'f mut Faults,
}

#[expect(
    clippy::unused_self,
    reason = "every value is read by way of the reader, whether it has something to report or not"
)]
impl Reader<'_, '_> {
    /// The one element `name` in `element`.
    pub(super) fn child<'e>(&mut self, element: &'e Element, name: &'static str) -> Option<&'e Element> {
        let mut children = element.children(name);
        let first = children.next()?;
        children.for_each(Element::take_all);
        Some(first)
    }

    /// The value of the attribute `name` of `element`.
    pub(super) fn attribute<'e>(&self, element: &'e Element, name: &str) -> Option<Slot<'e>> {
        element.attribute(name).map(Slot::attribute)
    }

    /// One of a list of words.
    pub(super) fn word<T: Copy>(&mut self, slot: &Slot<'_>, vocabulary: &Vocabulary<T>) -> Option<Placed<T>> {
        let text = slot.filled()?;
        match vocabulary.meaning(&text.value)? {
            Meaning::Carried(value) => Some(Placed { value, span: text.span }),
            Meaning::Refused(value, part) => {
                self.refused(text.span, &quoted(&text.value), part, vocabulary.carried());
                Some(Placed { value, span: text.span })
            }
        }
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, slot: &Slot<'_>) -> Option<Placed<bool>> {
        self.word(slot, &super::vocabulary::FLAG)
    }

    /// A whole number from `from` to `to`; `what` says what it counts.
    pub(super) fn number(&mut self, slot: &Slot<'_>, from: u32, to: u32, what: &str) -> Option<Placed<u32>> {
        let text = slot.filled()?;
        let number = Form::Loose.read(&text.value, text.span).and_then(|number| number.id)?;
        let number = u32::try_from(number).ok().filter(|number| (from..=to).contains(number));
        let Some(value) = number else {
            let message = format!("{} is not {what} that genlock carries out", quoted(&text.value));
            let help = format!("write a whole number from {from} to {to}");
            self.faults.add(Fault::error(Kind::InvalidValue, text.span, message).help(help));
            return None;
        };
        Some(Placed { value, span: text.span })
    }

    /// The id of an item.
    pub(super) fn id(&mut self, element: &Element, kind: Target) -> Option<Placed<i64>> {
        let text = self.attribute(element, "id")?.filled()?;
        // GRP-17: -1 marks the group that tests the connection.
        if kind == Target::Group && text.value == "-1" {
            return Some(Placed { value: -1, span: text.span });
        }
        let id = Form::Plain.read(&text.value, text.span).and_then(|reference| reference.id)?;
        Some(Placed { value: id, span: text.span })
    }

    /// A reference to an item.
    pub(super) fn reference(&mut self, slot: &Slot<'_>, form: Form) -> Option<Reference> {
        slot.filled()?;
        form.read(slot.raw, slot.span)
    }

    /// A reference whose place does not tell what it names, so that its form is judged here.
    pub(super) fn reference_to(&mut self, slot: &Slot<'_>, form: Form, target: Target) -> Option<Reference> {
        let reference = self.reference(slot, form);
        if reference.is_none() && !slot.is_blank() {
            let message = format!("{} is not the id of {}", quoted(slot.trimmed()), one(target.noun()));
            let fault = Fault::error(Kind::InvalidValue, slot.span, message);
            self.faults.add(fault.help(format!("write the number that `<{} id=\"…\">` has", target.element())));
        }
        reference
    }

    /// The references in the elements `name` of `element`.
    pub(super) fn references(&mut self, element: &Element, name: &'static str, form: Form) -> Vec<Reference> {
        element.children(name).filter_map(|child| self.reference(&Slot::text(child), form)).collect()
    }

    /// Reports that the list in `content` of the item called `label` has no `entry`.
    pub(super) fn nothing_in(&mut self, content: &Element, label: &str, entry: &str) {
        let message = format!("{label} has no `{entry}` in its `{}`", content.name);
        let fault = Fault::error(Kind::MissingElement, content.name_span, message).missing(format!("/{entry}"));
        self.faults.add(fault.help(format!("add `<{entry}>…</{entry}>` with an id")));
    }

    /// The references in a list of ids.
    pub(super) fn list(&self, slot: Slot<'_>, form: Form) -> Vec<Reference> {
        slot.parts().filter_map(|entry| form.read(entry.raw, entry.span)).collect()
    }

    /// Reports a word of a part of the language that genlock does not carry out; the part may have no name.
    pub(super) fn refused<'w>(
        &mut self,
        span: Span,
        what: &str,
        part: &str,
        carried: impl IntoIterator<Item = &'w str>,
    ) {
        let message = match part {
            "" => format!("genlock does not carry out {what}"),
            part => format!("{what} belongs to {part}, which genlock does not carry out"),
        };
        let carried = either(carried);
        let fault = Fault::error(Kind::NotCarriedOut, span, message);
        self.faults.add(if carried.is_empty() { fault } else { fault.help(format!("genlock carries out {carried}")) });
    }
}

/// The fault of white space around a value.
pub(crate) fn padded(raw: &str, span: Span) -> Fault {
    let message = format!("there is white space around {}", quoted(raw.trim()));
    Fault::style(Kind::UntrimmedValue, span, message).help("remove it")
}
