//! An action as checks see it.

use crate::check::file::{File, Item};
use crate::model::{ActionType, On};
use crate::parse::{Element, Slot};

/// An action of which both words are known.
pub(super) struct Action<'d> {
    pub(super) item: Item<'d>,
    /// Its element `On`.
    pub(super) on_element: &'d Element,
    /// What it is on.
    pub(super) on: On,
    /// Its element `Type`.
    pub(super) kind_element: &'d Element,
    /// What it does.
    pub(super) kind: ActionType,
}

impl<'d> Action<'d> {
    /// The action at `item`, if both words are known.
    pub(super) fn new(item: Item<'d>) -> Option<Self> {
        let (on_element, kind_element) = (item.element.find("On")?, item.element.find("Type")?);
        let on = On::of_action(&on_element.text)?;
        let kind = ActionType::named(&kind_element.text)?;
        Some(Self { item, on_element, on, kind_element, kind })
    }

    /// Whether it is on `on` and of the type `kind`.
    pub(super) fn is(&self, on: On, kind: ActionType) -> bool {
        self.on == on && self.kind == kind
    }

    /// Whether its words go together (ACT-08).
    pub(super) fn is_possible(&self) -> bool {
        self.kind.allowed().contains(&self.on)
    }

    /// Whether it is on a group and sends the group's parameters to the device.
    pub(super) fn is_group_set(&self) -> bool {
        self.on == On::Group && matches!(self.kind, ActionType::Set | ActionType::SetWithWait)
    }

    /// An attribute of its `On`.
    pub(super) fn on_attribute(&self, name: &str) -> Option<Slot<'d>> {
        self.on_element.get(name).map(Slot::attribute)
    }

    /// An attribute of its `Type`.
    pub(super) fn kind_attribute(&self, name: &str) -> Option<Slot<'d>> {
        self.kind_element.get(name).map(Slot::attribute)
    }

    /// An attribute of its `Type` that is not blank.
    pub(super) fn filled_kind_attribute(&self, name: &str) -> Option<Slot<'d>> {
        self.kind_attribute(name).filter(|value| !value.is_blank())
    }

    /// The items that its `On@id` names, with the places of the ids.
    pub(super) fn targets(&self) -> impl Iterator<Item = Slot<'d>> + use<'d> {
        self.on_attribute("id").into_iter().flat_map(Slot::parts)
    }
}

/// The actions of which both words are known, in document order.
pub(super) fn recognised<'d>(file: &File<'d>) -> impl Iterator<Item = Action<'d>> {
    file.actions.valid().filter_map(Action::new)
}
