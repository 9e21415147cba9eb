//! Actions.

use super::condition;
use super::item::{Head, Placed};
use super::on::{OF_ACTIONS, On};
use super::option::Entry;
use super::reader::{Reader, Slot};
use super::reference::{Form, Reference, Target};
use super::vocabulary::Meaning::Carried;
use super::vocabulary::Vocabulary;
use crate::condition::Condition;
use crate::parse::{Attribute, Element};

/// An action.
#[derive(Debug)]
pub(crate) struct Action {
    pub(crate) head: Head,
    pub(crate) on: Option<Placed<On>>,
    /// `On@id` (ACT-02); none when the attribute is not there.
    pub(crate) targets: Option<Vec<Reference>>,
    pub(crate) kind: Option<Placed<ActionType>>,
    /// `Type@id`, for `copy`.
    pub(crate) source: Option<Reference>,
    /// The attributes of `Type`, of a type that genlock does not carry out.
    pub(crate) settings: Vec<Entry>,
    /// `Condition` (ACT-04).
    pub(crate) condition: Option<Condition>,
}

macro_rules! action_types {
    ($($variant:ident = $word:literal on [$($on:ident),*] carried on [$($carried:ident),*] $(of $part:literal)?,)+) => {
        /// The word in `Type`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum ActionType {
            $($variant,)+
        }

        const TYPE: Vocabulary<ActionType> = Vocabulary {
            words: &[$(($word, Carried(ActionType::$variant)),)+],
        };

        impl ActionType {
            const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word.
            pub(crate) const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            /// What it can be on (ACT-08).
            pub(crate) const fn allowed(self) -> &'static [On] {
                match self {
                    $(Self::$variant => &[$(On::$on,)*],)+
                }
            }

            /// What genlock carries it out on.
            pub(crate) const fn carried(self) -> &'static [On] {
                match self {
                    $(Self::$variant => &[$(On::$carried,)*],)+
                }
            }

            /// The part of the language to which it belongs, if that is not carried out as a whole.
            pub(crate) const fn part(self) -> Option<&'static str> {
                match self {
                    $($(Self::$variant => Some($part),)?)+
                    _ => None,
                }
            }
        }
    };
}

action_types! {
    AddToExecute = "add to execute" on [Group] carried on [Group],
    Aggregate = "aggregate" on [Parameter] carried on [] of "tables",
    Append = "append" on [Parameter] carried on [],
    AppendData = "append data" on [Parameter] carried on [],
    ChangeLength = "change length" on [Parameter] carried on [],
    Clear = "clear" on [Parameter, Response] carried on [Parameter, Response],
    ClearLengthInfo = "clear length info" on [Response] carried on [] of "serial lines",
    ClearOnDisplay = "clear on display" on [Parameter] carried on [],
    Close = "close" on [Protocol] carried on [] of "serial lines",
    Copy = "copy" on [Parameter] carried on [Parameter],
    CopyReverse = "copy reverse" on [Parameter] carried on [],
    Crc = "crc" on [Command, Response] carried on [] of "serial lines",
    CreateElement = "create element" on [] carried on [] of "the platform",
    Execute = "execute" on [Group] carried on [Group],
    ExecuteNext = "execute next" on [Group] carried on [Group],
    ExecuteOne = "execute one" on [Group] carried on [Group],
    ExecuteOneNow = "execute one now" on [Group] carried on [Group],
    ExecuteOneTop = "execute one top" on [Group] carried on [Group],
    ForceExecute = "force execute" on [Group] carried on [Group],
    Go = "go" on [Parameter] carried on [],
    Increment = "increment" on [Parameter] carried on [],
    Length = "length" on [Command, Response] carried on [] of "serial lines",
    Lock = "lock" on [Protocol] carried on [] of "serial lines",
    Make = "make" on [Command] carried on [Command],
    Merge = "merge" on [Protocol] carried on [] of "tables",
    Multiply = "multiply" on [Parameter] carried on [],
    Normalize = "normalize" on [Parameter] carried on [],
    Open = "open" on [Protocol] carried on [] of "serial lines",
    Pow = "pow" on [Parameter] carried on [],
    PriorityLock = "priority lock" on [Protocol] carried on [] of "serial lines",
    PriorityUnlock = "priority unlock" on [Protocol] carried on [] of "serial lines",
    Read = "read" on [Parameter, Response] carried on [Response],
    ReadFile = "read file" on [Protocol] carried on [],
    ReadStuffing = "read stuffing" on [Response] carried on [] of "serial lines",
    Replace = "replace" on [Command, Response] carried on [],
    ReplaceData = "replace data" on [Command, Parameter, Response] carried on [],
    Reschedule = "reschedule" on [Timer] carried on [],
    RestartTimer = "restart timer" on [Timer] carried on [],
    Reverse = "reverse" on [Parameter] carried on [],
    RunActions = "run actions" on [Parameter] carried on [Parameter],
    Save = "save" on [Parameter] carried on [],
    Set = "set" on [Group, Parameter] carried on [] of "SNMP",
    SetAndGetWithWait = "set and get with wait" on [Parameter] carried on [] of "SNMP",
    SetInfo = "set info" on [Parameter] carried on [] of "number formats",
    SetNext = "set next" on [Pair] carried on [],
    SetWithWait = "set with wait" on [Group, Parameter] carried on [] of "SNMP",
    Sleep = "sleep" on [Protocol] carried on [],
    Start = "start" on [Timer] carried on [],
    Stop = "stop" on [Timer] carried on [],
    StopCurrentGroup = "stop current group" on [Protocol] carried on [],
    Stuffing = "stuffing" on [Command, Response] carried on [] of "serial lines",
    SwapColumn = "swap column" on [Protocol] carried on [] of "tables",
    Timeout = "timeout" on [Pair] carried on [],
    Unlock = "unlock" on [Protocol] carried on [] of "serial lines",
    Wmi = "wmi" on [Protocol] carried on [] of "the platform",
}

impl Action {
    pub(super) fn read(element: &Element, _: usize, reader: &mut Reader<'_, '_>) -> Self {
        let mut action = Self {
            head: Head::read(Target::Action, element, reader),
            on: None,
            targets: None,
            kind: None,
            source: None,
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
        self.kind = reader.word(&Slot::text(kind), &TYPE);
        if self.kind.is_some_and(|kind| kind.value == ActionType::Copy) {
            let source = reader.attribute(kind, "id");
            self.source = source.and_then(|source| reader.reference_to(&source, Form::Loose, Target::Param));
        } else if !self.is_carried() {
            // The action as a whole is reported; its attributes need no report of their own.
            kind.take_all();
            self.settings = kind.attributes.iter().map(setting).collect();
        }
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

impl ActionType {
    /// What the word in the `Type` of an action means, white space and letter case ignored.
    pub(crate) fn named(text: &str) -> Option<Self> {
        TYPE.value(text.trim())
    }

    /// The words of the types that an action on `on` can have.
    pub(crate) fn possible_on(on: On) -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().filter(move |kind| kind.allowed().contains(&on)).map(|kind| kind.word())
    }

    /// The words of the types that an action on `on` can have and that genlock carries out.
    pub(crate) fn carried_on(on: On) -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().filter(move |kind| kind.carried().contains(&on)).map(|kind| kind.word())
    }
}
