//! Groups.

use super::condition;
use super::item::{Head, Placed};
use super::reader::{Reader, Slot};
use super::reference::{Form, Reference, Target};
use super::vocabulary::Meaning::Carried;
use super::vocabulary::Vocabulary;
use crate::condition::Condition;
use crate::parse::Element;
use crate::source::Span;

/// A group.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) head: Head,
    /// `@connection` (GRP-08).
    pub(crate) connection: Option<Placed<u32>>,
    /// `@connectionPID`: the parameter that holds the number of the connection when the group runs (GRP-09).
    pub(crate) connection_param: Option<Reference>,
    /// `@threadId`.
    pub(crate) thread: Option<u32>,
    /// `@ping`, or the id -1 (GRP-17): it tests the connection while that is polled slowly.
    pub(crate) ping: bool,
    /// `Content@multipleGet`: its parameters are asked for at once.
    pub(crate) multiple_get: bool,
    /// `Type`; none when it is there and wrong.
    pub(crate) kind: Option<GroupType>,
    /// Whether there is a `Type`.
    pub(crate) is_typed: bool,
    /// Its Content.
    pub(crate) content: Option<Span>,
    /// Its items in order.
    pub(crate) items: Vec<GroupItem>,
    /// `Condition` (GRP-11).
    pub(crate) condition: Option<Condition>,
}

/// One item of a group.
#[derive(Debug)]
pub(crate) struct GroupItem {
    pub(crate) kind: ItemKind,
    /// The item; none when it is faulty.
    pub(crate) reference: Option<Reference>,
    /// `@next` (GRP-14).
    pub(crate) next_ms: u32,
    /// `Session@connection`: the one request that is sent.
    pub(crate) request: Option<Placed<u32>>,
}

/// The word in `Group/Type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GroupType {
    Poll,
    Action,
    PollAction,
    PollTrigger,
    Trigger,
}

/// What a group's item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemKind {
    Pair,
    Param,
    Session,
    Action,
    Trigger,
}

const TYPE: Vocabulary<GroupType> = Vocabulary {
    words: &[
        ("poll", Carried(GroupType::Poll)),
        ("action", Carried(GroupType::Action)),
        ("poll action", Carried(GroupType::PollAction)),
        ("poll trigger", Carried(GroupType::PollTrigger)),
        ("trigger", Carried(GroupType::Trigger)),
    ],
};

impl Group {
    pub(super) fn read(element: &Element, _: usize, reader: &mut Reader<'_, '_>) -> Self {
        let mut group = Self {
            head: Head::read(Target::Group, element, reader),
            connection: None,
            connection_param: None,
            thread: None,
            ping: false,
            multiple_get: false,
            kind: Some(GroupType::Poll),
            is_typed: false,
            content: None,
            items: Vec::new(),
            condition: None,
        };
        if group.head.id.is_some() {
            group.read_inside(element, reader);
        }
        group
    }

    fn read_inside(&mut self, element: &Element, reader: &mut Reader<'_, '_>) {
        self.condition = condition::read(element, reader);
        if let Some(connection) = reader.attribute(element, "connection") {
            self.connection = reader.number(&connection, 0, u32::MAX, "the number of a connection");
        }
        let param = reader.attribute(element, "connectionPID");
        self.connection_param = param.and_then(|pid| reader.reference(&pid, Form::Literal));
        let unread = |name: &str| element.get(name).map(Slot::attribute);
        self.thread = unread("threadId").and_then(|id| id.trimmed().parse().ok());
        let ping = unread("ping").and_then(|ping| reader.flag(&ping)).is_some_and(|ping| ping.value);
        self.ping = ping || self.head.id() == Some(-1);
        if let Some(kind) = reader.child(element, "Type") {
            self.is_typed = true;
            self.kind = reader.word(&Slot::text(kind), &TYPE).map(|kind| kind.value);
        }
        let Some(content) = reader.child(element, "Content") else { return };
        self.content = Some(content.name_span);
        let multiple = content.get("multipleGet").map(Slot::attribute).and_then(|flag| reader.flag(&flag));
        self.multiple_get = multiple.is_some_and(|flag| flag.value);
        self.items = content.children.iter().filter_map(|child| GroupItem::read(child, reader)).collect();
    }
}

impl GroupItem {
    fn read(element: &Element, reader: &mut Reader<'_, '_>) -> Option<Self> {
        let (kind, form) = match element.name.as_str() {
            "Pair" => (ItemKind::Pair, Form::Literal),
            "Param" => (ItemKind::Param, Form::Loose),
            "Session" => (ItemKind::Session, Form::Loose),
            "Action" => (ItemKind::Action, Form::Loose),
            "Trigger" => (ItemKind::Trigger, Form::Loose),
            _ => return None,
        };
        // Parameters are reported by name: no element polls them.
        element.taken.set(kind != ItemKind::Param);
        let next = reader.attribute(element, "next");
        let next = next.and_then(|next| reader.number(&next, 0, u32::MAX, "a time in milliseconds"));
        let slot = Slot::text(element);
        // `1000:tablev2`: what of the parameter is polled.
        let id = slot.raw.split_once(':').filter(|_| kind == ItemKind::Param).map_or(slot, |(id, _)| slot.within(id));
        let reference = reader.reference(&id, form);
        let request = reader.attribute(element, "connection").filter(|_| kind == ItemKind::Session);
        let request = request.and_then(|id| reader.number(&id, 0, u32::MAX, "the id of a connection of the session"));
        Some(Self { kind, reference, next_ms: next.map_or(0, |next| next.value), request })
    }
}

impl ItemKind {
    /// The table that its reference points into.
    pub(crate) const fn target(self) -> Target {
        match self {
            Self::Pair => Target::Pair,
            Self::Param => Target::Param,
            Self::Session => Target::Session,
            Self::Action => Target::Action,
            Self::Trigger => Target::Trigger,
        }
    }
}
