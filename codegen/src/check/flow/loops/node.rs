//! The items that can be on a path.

/// An item, by its position in the file's list of its kind, or a set of triggers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    Trigger(u32),
    Action(u32),
    Param(u32),
    Pair(u32),
    Command(u32),
    Response(u32),
    Timer(u32),
    Group(u32),
    Session(u32),
    /// A group of which only the triggers fire, not the content.
    Surroundings(u32),
    /// The triggers on each item of a kind at some moments: one node, so that many items and many triggers do not
    /// make more edges than there are of both.
    Each(Moment),
}

/// When triggers fire, as far as it makes a difference for what leads to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Moment {
    BeforeTimer,
    BeforeGroup,
    AfterGroup,
    AfterPair,
    BeforeCommand,
    AfterCommand,
    BeforeResponse,
    AfterResponse,
    SessionTimeout,
    Change,
}

impl Moment {
    pub(super) const ALL: [Self; 10] = [
        Self::BeforeTimer,
        Self::BeforeGroup,
        Self::AfterGroup,
        Self::AfterPair,
        Self::BeforeCommand,
        Self::AfterCommand,
        Self::BeforeResponse,
        Self::AfterResponse,
        Self::SessionTimeout,
        Self::Change,
    ];

    /// What the triggers are on, and the words of their times.
    pub(super) const fn words(self) -> (&'static str, &'static [&'static str]) {
        match self {
            Self::BeforeTimer => ("timer", &["before"]),
            Self::BeforeGroup => ("group", &["before"]),
            Self::AfterGroup => ("group", &["after"]),
            Self::AfterPair => ("pair", &["succeeded", "timeout", "timeout after retries"]),
            Self::BeforeCommand => ("command", &["before"]),
            Self::AfterCommand => ("command", &["after"]),
            Self::BeforeResponse => ("response", &["before"]),
            Self::AfterResponse => ("response", &["after"]),
            Self::SessionTimeout => ("session", &["timeout"]),
            Self::Change => ("parameter", &["change", "change after response", "timeout", "timeout after retries"]),
        }
    }
}
