//! What triggers and actions are on.

use super::reference::Target;
use super::vocabulary::Meaning::Carried;
use super::vocabulary::Vocabulary;

/// The word in `On`, of a trigger or an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum On {
    Command,
    Communication,
    Group,
    Pair,
    Parameter,
    Protocol,
    Response,
    Session,
    Timer,
}

/// What a trigger can be on.
pub(super) const OF_TRIGGERS: Vocabulary<On> = Vocabulary {
    words: &[
        ("command", Carried(On::Command)),
        ("group", Carried(On::Group)),
        ("pair", Carried(On::Pair)),
        ("parameter", Carried(On::Parameter)),
        ("protocol", Carried(On::Protocol)),
        ("response", Carried(On::Response)),
        ("timer", Carried(On::Timer)),
        ("session", Carried(On::Session)),
        ("communication", Carried(On::Communication)),
    ],
};

/// What an action can be on.
pub(super) const OF_ACTIONS: Vocabulary<On> = Vocabulary {
    words: &[
        ("command", Carried(On::Command)),
        ("group", Carried(On::Group)),
        ("pair", Carried(On::Pair)),
        ("parameter", Carried(On::Parameter)),
        ("protocol", Carried(On::Protocol)),
        ("response", Carried(On::Response)),
        ("timer", Carried(On::Timer)),
    ],
};

impl On {
    /// What the word in the `On` of a trigger means, white space and letter case ignored.
    pub(crate) fn of_trigger(text: &str) -> Option<Self> {
        OF_TRIGGERS.value(text.trim())
    }

    /// What the word in the `On` of an action means, white space and letter case ignored.
    pub(crate) fn of_action(text: &str) -> Option<Self> {
        OF_ACTIONS.value(text.trim())
    }

    /// The table in which its item stands; none for the protocol and its communication.
    pub(crate) const fn target(self) -> Option<Target> {
        match self {
            Self::Command => Some(Target::Command),
            Self::Group => Some(Target::Group),
            Self::Pair => Some(Target::Pair),
            Self::Parameter => Some(Target::Param),
            Self::Response => Some(Target::Response),
            Self::Session => Some(Target::Session),
            Self::Timer => Some(Target::Timer),
            Self::Communication | Self::Protocol => None,
        }
    }

    /// The word.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Command => "command",
            Self::Communication => "communication",
            Self::Group => "group",
            Self::Pair => "pair",
            Self::Parameter => "parameter",
            Self::Protocol => "protocol",
            Self::Response => "response",
            Self::Session => "session",
            Self::Timer => "timer",
        }
    }
}
