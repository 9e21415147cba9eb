//! Actions.

mod detail;
mod types;

use super::condition;
use super::item::{Head, Placed};
use super::on::{OF_ACTIONS, On};
use super::option::Entry;
use super::reader::{Reader, Slot};
use super::reference::{Form, Reference, Target};
use crate::condition::Condition;
use crate::parse::{Attribute, Element};

pub(crate) use detail::{Change, Detail, Info, Replacing};
pub(crate) use types::ActionType;

/// An action.
#[derive(Debug)]
pub(crate) struct Action {
    pub(crate) head: Head,
    pub(crate) on: Option<Placed<On>>,
    /// `On@id` (ACT-02); none when the attribute is not there.
    pub(crate) targets: Option<Vec<Reference>>,
    pub(crate) kind: Option<Placed<ActionType>>,
    /// `Type@id`, for the types that take the value of a parameter.
    pub(crate) source: Option<Reference>,
    /// What else the attributes say.
    pub(crate) detail: Detail,
    /// The attributes of `Type`, of a type that genlock does not carry out.
    pub(crate) settings: Vec<Entry>,
    /// `Condition` (ACT-04).
    pub(crate) condition: Option<Condition>,
}

impl Action {
    pub(super) fn read(element: &Element, _: usize, reader: &mut Reader<'_, '_>) -> Self {
        let mut action = Self {
            head: Head::read(Target::Action, element, reader),
            on: None,
            targets: None,
            kind: None,
            source: None,
            detail: Detail::None,
            settings: Vec::new(),
            condition: None,
        };
        if action.head.id.is_some() {
            action.read_inside(element, reader);
        }
        action
    }

    fn read_inside(&mut self, element: &Element, reader: &mut Reader<'_, '_>) {
        self.condition = condition::read(element, reader);
        if let Some(on) = reader.child(element, "On") {
            self.on = reader.word(&Slot::text(on), &OF_ACTIONS);
            self.targets = reader.attribute(on, "id").map(|ids| reader.list(ids, Form::Plain));
            // Where it belongs the action as a whole is reported, and elsewhere it is (6.7.100).
            on.attribute("nr");
        }
        let Some(kind) = reader.child(element, "Type") else { return };
        self.kind = reader.word(&Slot::text(kind), &types::TYPE);
        let Some(word) = self.kind.filter(|_| self.is_carried()) else {
            // The action as a whole is reported; its attributes need no report of their own.
            kind.take_all();
            self.settings = kind.attributes.iter().map(setting).collect();
            return;
        };
        if word.value.takes_source() {
            let source = reader.attribute(kind, "id");
            self.source = source.and_then(|source| reader.reference_to(&source, Form::Loose, Target::Param));
        }
        self.detail = Detail::read(word.value, element, kind, reader);
    }

    /// Whether genlock carries out this type on this kind of item.
    pub(crate) fn is_carried(&self) -> bool {
        match (self.on, self.kind) {
            (Some(on), Some(kind)) => kind.value.carried().contains(&on.value),
            _ => false,
        }
    }
}

fn setting(attribute: &Attribute) -> Entry {
    let slot = Slot::attribute(attribute);
    Entry { name: attribute.name.clone(), value: slot.trimmed().to_owned(), span: slot.span }
}
