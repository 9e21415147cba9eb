//! A connector as the model sees it: ids, words and lists, as they stand in the XML.

use serde_json::{Value as Json, json};

/// A value of a parameter. Numbers are whole, so that no rule of rounding comes into play.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Text(String),
    Number(i64),
}

impl Value {
    pub(crate) fn to_json(&self) -> Json {
        match self {
            Self::Text(text) => json!(text),
            Self::Number(number) => json!(number),
        }
    }

    /// What stands on the wire (PARAM-56).
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Protocol {
    pub(crate) link: Link,
    pub(crate) params: Vec<Param>,
    pub(crate) commands: Vec<Command>,
    pub(crate) responses: Vec<Response>,
    pub(crate) pairs: Vec<Pair>,
    pub(crate) groups: Vec<Group>,
    pub(crate) timers: Vec<Timer>,
    pub(crate) triggers: Vec<Trigger>,
    pub(crate) actions: Vec<Action>,
    pub(crate) qactions: Vec<QAction>,
}

/// The connection.
#[derive(Clone, Debug, Default)]
pub(crate) struct Link {
    /// `MakeCommandByProtocol`.
    pub(crate) makes_by_protocol: bool,
    /// `TimeoutTime` in ms, and `Retries`.
    pub(crate) timeout: u64,
    pub(crate) retries: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Read,
    Write,
    Dummy,
    /// Constant bytes: the marks between the variable parts of a response.
    Fixed,
}

#[derive(Clone, Debug)]
pub(crate) struct Param {
    pub(crate) pid: u32,
    /// A read and a write parameter may share it (PARAM-10).
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) is_number: bool,
    /// `fixed` with this many bytes; none: `next param`.
    pub(crate) length: Option<usize>,
    /// `Interprete/Value` of a fixed length.
    pub(crate) bytes: Option<String>,
    pub(crate) default: Option<Value>,
    pub(crate) setter: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Command {
    pub(crate) id: u32,
    pub(crate) params: Vec<u32>,
}

#[derive(Clone, Debug)]
pub(crate) struct Response {
    pub(crate) id: u32,
    pub(crate) params: Vec<u32>,
}

#[derive(Clone, Debug)]
pub(crate) struct Pair {
    pub(crate) id: u32,
    pub(crate) condition: Option<Condition>,
    pub(crate) command: u32,
    pub(crate) responses: Vec<u32>,
    /// `@timeout`, in ms.
    pub(crate) timeout: Option<u64>,
    /// Option `retries:n`.
    pub(crate) retries: Option<u32>,
    /// Option `ignoreTimeout`.
    pub(crate) ignores_timeout: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GroupType {
    /// Of pairs.
    Poll,
    Action,
    PollAction,
    Trigger,
    PollTrigger,
}

impl GroupType {
    /// Whether timers put it on the queue (GRP-06).
    pub(crate) const fn is_polled(self) -> bool {
        matches!(self, Self::Poll | Self::PollAction | Self::PollTrigger)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) id: u32,
    pub(crate) kind: GroupType,
    pub(crate) condition: Option<Condition>,
    /// Pairs, actions or triggers, each with its `@next`.
    pub(crate) items: Vec<(u32, Option<u64>)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Timer {
    pub(crate) id: u32,
    /// None: `loop`.
    pub(crate) period: Option<u64>,
    pub(crate) interval: u64,
    pub(crate) initial: bool,
    pub(crate) condition: Option<Condition>,
    pub(crate) groups: Vec<u32>,
}

/// `On` with `On/@id`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    Parameter(u32),
    Command(u32),
    Response(u32),
    Pair(u32),
    Group(u32),
    Timer(u32),
    Protocol,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum On {
    Item(Item),
    /// `On/@id="each"`, with the word in `On`.
    Each(&'static str),
}

impl Item {
    /// The word in `On`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Parameter(_) => "parameter",
            Self::Command(_) => "command",
            Self::Response(_) => "response",
            Self::Pair(_) => "pair",
            Self::Group(_) => "group",
            Self::Timer(_) => "timer",
            Self::Protocol => "protocol",
        }
    }

    pub(crate) fn id(self) -> Option<u32> {
        match self {
            Self::Parameter(id)
            | Self::Command(id)
            | Self::Response(id)
            | Self::Pair(id)
            | Self::Group(id)
            | Self::Timer(id) => Some(id),
            Self::Protocol => None,
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Trigger {
    pub(crate) id: u32,
    /// Where it fires by itself, with the word in `Time`; none: only when it is called (TRG-04).
    pub(crate) on: Option<(On, &'static str)>,
    pub(crate) guard: Option<Guard>,
    pub(crate) condition: Option<Condition>,
    /// `Type`: its content is triggers.
    pub(crate) runs_triggers: bool,
    /// `Content/Id`, each with its `@else`.
    pub(crate) content: Vec<(u32, bool)>,
}

/// What the attributes of `Time` compare.
#[derive(Clone, Debug)]
pub(crate) struct Guard {
    /// `@id`; none: the parameter that the trigger is on.
    pub(crate) param: Option<u32>,
    /// `@case`.
    pub(crate) case: &'static str,
    /// `@value`: a text, or a parameter with `nr="true"`.
    pub(crate) with: Operand,
}

#[derive(Clone, Debug)]
pub(crate) struct Action {
    pub(crate) id: u32,
    pub(crate) condition: Option<Condition>,
    /// `On/@id`; empty: what fired (ACT-03).
    pub(crate) targets: Vec<u32>,
    pub(crate) deed: Deed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    /// From this parameter; none: from what fired (ACT-41).
    Copy(Option<u32>),
    Clear,
    ClearOnDisplay,
    Increment(i64),
    RunActions,
    Go,
    Make,
    Read,
    /// One of the seven ways into the queue, by its word.
    Queue(&'static str),
    StartTimer,
    StopTimer,
    Reschedule,
    /// With `@reschedule`.
    RestartTimer(bool),
}

impl Deed {
    /// The word in `On`.
    pub(crate) fn on(self) -> &'static str {
        match self {
            Self::Copy(_) | Self::Clear | Self::ClearOnDisplay | Self::Increment(_) | Self::RunActions | Self::Go => {
                "parameter"
            }
            Self::Make => "command",
            Self::Read => "response",
            Self::Queue(_) => "group",
            Self::StartTimer | Self::StopTimer | Self::Reschedule | Self::RestartTimer(_) => "timer",
        }
    }

    /// The word in `Type`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Copy(_) => "copy",
            Self::Clear => "clear",
            Self::ClearOnDisplay => "clear on display",
            Self::Increment(_) => "increment",
            Self::RunActions => "run actions",
            Self::Go => "go",
            Self::Make => "make",
            Self::Read => "read",
            Self::Queue(word) => word,
            Self::StartTimer => "start",
            Self::StopTimer => "stop",
            Self::Reschedule => "reschedule",
            Self::RestartTimer(_) => "restart timer",
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct QAction {
    pub(crate) id: u32,
    pub(crate) triggers: Vec<u32>,
    pub(crate) condition: Option<Condition>,
}

/// A condition: comparisons, folded from left to right (COND-14).
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    pub(crate) first: Comparison,
    /// Whether `AND` or `OR` comes in front of it.
    pub(crate) others: Vec<(bool, Comparison)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Comparison {
    pub(crate) left: Operand,
    pub(crate) operator: &'static str,
    pub(crate) right: Operand,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Operand {
    Param(u32),
    /// `id:1 + 2`, of a number.
    Sum(u32, i64),
    Number(i64),
    Text(String),
    Empty,
    EmptyString,
}
