//! An action as checks see it, and what can be done to what (ACT-08).

use crate::check::file::{File, Item};
use crate::model::Target;
use crate::parse::{Element, Slot};

/// What an action can be on, with the types of actions on it.
pub(super) const ALLOWED: [(&str, &[&str]); 7] = [
    ("command", &["crc", "length", "make", "replace", "replace data", "stuffing"]),
    (
        "group",
        &[
            "add to execute",
            "execute",
            "execute next",
            "execute one",
            "execute one now",
            "execute one top",
            "force execute",
            "set",
            "set with wait",
        ],
    ),
    ("pair", &["set next", "timeout"]),
    (
        "parameter",
        &[
            "aggregate",
            "append",
            "append data",
            "change length",
            "clear",
            "clear on display",
            "copy",
            "copy reverse",
            "go",
            "increment",
            "multiply",
            "normalize",
            "pow",
            "read",
            "replace data",
            "reverse",
            "run actions",
            "save",
            "set",
            "set and get with wait",
            "set info",
            "set with wait",
        ],
    ),
    (
        "protocol",
        &[
            "close",
            "lock",
            "merge",
            "open",
            "priority lock",
            "priority unlock",
            "read file",
            "sleep",
            "stop current group",
            "swap column",
            "unlock",
            "wmi",
        ],
    ),
    (
        "response",
        &[
            "clear",
            "clear length info",
            "crc",
            "length",
            "read",
            "read stuffing",
            "replace",
            "replace data",
            "stuffing",
        ],
    ),
    ("timer", &["reschedule", "restart timer", "start", "stop"]),
];

/// A type that is on nothing (ACT-07).
const ON_NOTHING: &str = "create element";

/// An action of which both words are known.
pub(super) struct Action<'d> {
    pub(super) item: Item<'d>,
    /// Its `On`.
    pub(super) on: &'d Element,
    /// The word in it.
    pub(super) on_word: &'static str,
    /// Its `Type`.
    pub(super) kind: &'d Element,
    /// The word in it.
    pub(super) kind_word: &'static str,
}

impl<'d> Action<'d> {
    fn new(item: Item<'d>) -> Option<Self> {
        let (on, kind) = (item.element.find("On")?, item.element.find("Type")?);
        let is = |element: &Element, word: &str| element.text.trim().eq_ignore_ascii_case(word);
        let (on_word, _) = ALLOWED.iter().find(|(word, _)| is(on, word))?;
        let mut kinds = ALLOWED.iter().flat_map(|(_, kinds)| kinds.iter()).chain([&ON_NOTHING]);
        let kind_word = kinds.find(|word| is(kind, word))?;
        Some(Self { item, on, on_word, kind, kind_word })
    }

    /// Whether it is on `on` and of the type `kind`.
    pub(super) fn is(&self, on: &str, kind: &str) -> bool {
        self.on_word == on && self.kind_word == kind
    }

    /// Whether it is on a group and sends the group's parameters to the device.
    pub(super) fn is_group_set(&self) -> bool {
        self.on_word == "group" && matches!(self.kind_word, "set" | "set with wait")
    }

    /// An attribute of its `On`.
    pub(super) fn on_attribute(&self, name: &str) -> Option<Slot<'d>> {
        self.on.get(name).map(Slot::attribute)
    }

    /// An attribute of its `Type`.
    pub(super) fn kind_attribute(&self, name: &str) -> Option<Slot<'d>> {
        self.kind.get(name).map(Slot::attribute)
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

/// The action at `item`, if both words are known.
pub(super) fn of<'d>(item: Item<'d>) -> Option<Action<'d>> {
    Action::new(item)
}

/// The kind of items that a word in `On` means.
pub(super) fn target(on: &str) -> Option<Target> {
    Some(match on.trim().to_lowercase().as_str() {
        "command" => Target::Command,
        "group" => Target::Group,
        "pair" => Target::Pair,
        "parameter" => Target::Param,
        "response" => Target::Response,
        "session" => Target::Session,
        "timer" => Target::Timer,
        _ => return None,
    })
}
