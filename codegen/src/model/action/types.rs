//! The types of actions: on what each can be, and on what genlock carries it out.

use super::super::on::On;
use super::super::vocabulary::Meaning::Carried;
use super::super::vocabulary::Vocabulary;

macro_rules! action_types {
    ($($variant:ident = $word:literal on [$($on:ident),*] carried on [$($carried:ident),*] $(of $part:literal)?,)+) => {
        /// The word in `Type`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum ActionType {
            $($variant,)+
        }

        pub(super) const TYPE: Vocabulary<ActionType> = Vocabulary {
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
    Append = "append" on [Parameter] carried on [Parameter],
    AppendData = "append data" on [Parameter] carried on [Parameter],
    ChangeLength = "change length" on [Parameter] carried on [Parameter],
    Clear = "clear" on [Parameter, Response] carried on [Parameter, Response],
    ClearLengthInfo = "clear length info" on [Response] carried on [Response],
    ClearOnDisplay = "clear on display" on [Parameter] carried on [Parameter],
    Close = "close" on [Protocol] carried on [Protocol],
    Copy = "copy" on [Parameter] carried on [Parameter],
    CopyReverse = "copy reverse" on [Parameter] carried on [Parameter],
    Crc = "crc" on [Command, Response] carried on [Command, Response],
    CreateElement = "create element" on [] carried on [] of "the platform",
    Execute = "execute" on [Group] carried on [Group],
    ExecuteNext = "execute next" on [Group] carried on [Group],
    ExecuteOne = "execute one" on [Group] carried on [Group],
    ExecuteOneNow = "execute one now" on [Group] carried on [Group],
    ExecuteOneTop = "execute one top" on [Group] carried on [Group],
    ForceExecute = "force execute" on [Group] carried on [Group],
    Go = "go" on [Parameter] carried on [Parameter],
    Increment = "increment" on [Parameter] carried on [Parameter],
    Length = "length" on [Command, Response] carried on [Command, Response],
    Lock = "lock" on [Protocol] carried on [] of "serial lines",
    Make = "make" on [Command] carried on [Command],
    Merge = "merge" on [Protocol] carried on [] of "tables",
    Multiply = "multiply" on [Parameter] carried on [Parameter],
    Normalize = "normalize" on [Parameter] carried on [],
    Open = "open" on [Protocol] carried on [Protocol],
    Pow = "pow" on [Parameter] carried on [Parameter],
    PriorityLock = "priority lock" on [Protocol] carried on [] of "serial lines",
    PriorityUnlock = "priority unlock" on [Protocol] carried on [] of "serial lines",
    Read = "read" on [Parameter, Response] carried on [Parameter, Response],
    ReadFile = "read file" on [Protocol] carried on [],
    ReadStuffing = "read stuffing" on [Response] carried on [Response],
    Replace = "replace" on [Command, Response] carried on [Command, Response],
    ReplaceData = "replace data" on [Command, Parameter, Response] carried on [Command, Parameter, Response],
    Reschedule = "reschedule" on [Timer] carried on [Timer],
    RestartTimer = "restart timer" on [Timer] carried on [Timer],
    Reverse = "reverse" on [Parameter] carried on [Parameter],
    RunActions = "run actions" on [Parameter] carried on [Parameter],
    Save = "save" on [Parameter] carried on [Parameter],
    Set = "set" on [Group, Parameter] carried on [] of "SNMP",
    SetAndGetWithWait = "set and get with wait" on [Parameter] carried on [] of "SNMP",
    SetInfo = "set info" on [Parameter] carried on [Parameter],
    SetNext = "set next" on [Pair] carried on [Pair],
    SetWithWait = "set with wait" on [Group, Parameter] carried on [] of "SNMP",
    Sleep = "sleep" on [Protocol] carried on [Protocol],
    Start = "start" on [Timer] carried on [Timer],
    Stop = "stop" on [Timer] carried on [Timer],
    StopCurrentGroup = "stop current group" on [Protocol] carried on [Protocol],
    Stuffing = "stuffing" on [Command, Response] carried on [Command, Response],
    SwapColumn = "swap column" on [Protocol] carried on [] of "tables",
    Timeout = "timeout" on [Pair] carried on [Pair],
    Unlock = "unlock" on [Protocol] carried on [] of "serial lines",
    Wmi = "wmi" on [Protocol] carried on [] of "the platform",
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

    /// Whether `Type@id` is a parameter whose value it takes.
    pub(crate) const fn takes_source(self) -> bool {
        matches!(
            self,
            Self::Append
                | Self::AppendData
                | Self::ChangeLength
                | Self::Copy
                | Self::CopyReverse
                | Self::Increment
                | Self::Replace
                | Self::SetNext
                | Self::Timeout
        )
    }
}
