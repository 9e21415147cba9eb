//! The kinds of items that call each other.

/// A kind of item that calls others or is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Protocol,
    Connection,
    Timer,
    Group,
    Pair,
    Command,
    Response,
    Session,
    Trigger,
    Action,
    QAction,
    Param,
}

impl Kind {
    /// All kinds, in the order in which they are shown.
    pub(super) const ALL: [Self; 12] = [
        Self::Protocol,
        Self::Connection,
        Self::Timer,
        Self::Group,
        Self::Pair,
        Self::Command,
        Self::Response,
        Self::Session,
        Self::Trigger,
        Self::Action,
        Self::QAction,
        Self::Param,
    ];

    /// The element of the list and that of the item.
    pub(super) const fn elements(self) -> (&'static str, &'static str) {
        match self {
            // The protocol is its own item.
            Self::Protocol => ("", ""),
            Self::Connection => ("Connections", "Connection"),
            Self::Timer => ("Timers", "Timer"),
            Self::Group => ("Groups", "Group"),
            Self::Pair => ("Pairs", "Pair"),
            Self::Command => ("Commands", "Command"),
            Self::Response => ("Responses", "Response"),
            Self::Session => ("HTTP", "Session"),
            Self::Trigger => ("Triggers", "Trigger"),
            Self::Action => ("Actions", "Action"),
            Self::QAction => ("QActions", "QAction"),
            Self::Param => ("Params", "Param"),
        }
    }

    /// What an item of it is called; also the word for it in `On`.
    pub(super) const fn noun(self) -> &'static str {
        match self {
            Self::Protocol => "protocol",
            Self::Connection => "connection",
            Self::Timer => "timer",
            Self::Group => "group",
            Self::Pair => "pair",
            Self::Command => "command",
            Self::Response => "response",
            Self::Session => "session",
            Self::Trigger => "trigger",
            Self::Action => "action",
            Self::QAction => "QAction",
            Self::Param => "parameter",
        }
    }

    /// What several of them are called.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Protocol => "Protocol",
            Self::Connection => "Connections",
            Self::Timer => "Timers",
            Self::Group => "Groups",
            Self::Pair => "Pairs",
            Self::Command => "Commands",
            Self::Response => "Responses",
            Self::Session => "Sessions",
            Self::Trigger => "Triggers",
            Self::Action => "Actions",
            Self::QAction => "QActions",
            Self::Param => "Parameters",
        }
    }

    /// The kind that a word in `On` means.
    pub(super) fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.noun().eq_ignore_ascii_case(word.trim()))
    }

    /// What stands around a label in Mermaid: the shape of its box.
    pub(super) const fn shape(self) -> (&'static str, &'static str) {
        match self {
            Self::Protocol | Self::Connection => ("([", "])"),
            Self::Timer => ("((", "))"),
            Self::Group => ("[[", "]]"),
            Self::Pair | Self::Session | Self::Action => ("[", "]"),
            Self::Command => ("[/", "/]"),
            Self::Response => ("[\\", "\\]"),
            Self::Trigger => ("{{", "}}"),
            Self::QAction => ("[(", ")]"),
            Self::Param => ("(", ")"),
        }
    }
}
