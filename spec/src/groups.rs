//! Groups, and the timers that queue them.

use crate::arrays::Setting;
use crate::condition::ConditionStep;
use crate::index::{ConnectionIndex, GroupIndex, List, PairIndex, ParamIndex, SessionItemIndex, Text, TriggerIndex};
use crate::rows::Rows;

/// A group (`Protocol.Groups.Group`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Group {
    /// The group's id.
    pub id: i64,
    /// Its Name.
    pub name: Text,
    /// The line of its element in the XML, from 1.
    pub line: u32,
    /// What runs it and what its items are (GRP-03, GRP-04).
    pub kind: GroupKind,
    /// The connection of its pairs (GRP-08, CONN-122).
    pub connection: Option<ConnectionIndex>,
    /// The parameter that holds the number of the connection (`@connectionPID`).
    pub connection_param: Option<ParamIndex>,
    /// The thread that runs it (`@threadId`).
    pub thread: Option<u32>,
    /// It tests the connection while that is polled slowly (`@ping`, GRP-17).
    pub ping: bool,
    /// Its parameters are asked for at once (`Content@multipleGet`).
    pub multiple_get: bool,
    /// Its items in order (GRP-02).
    pub items: Rows<GroupItem>,
    /// Triggers before its first item (TRG-20).
    pub before: List<TriggerIndex>,
    /// Triggers after its last item (TRG-20).
    pub after: List<TriggerIndex>,
    /// What must hold for it to run when it is taken from the queue (GRP-11); no steps when nothing must.
    pub condition: Rows<ConditionStep>,
}

/// What a group holds and how a timer runs it (GRP-03 to GRP-06).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKind {
    /// `poll` with pairs.
    PollPairs,
    /// `poll` with parameters.
    PollParams,
    /// `poll` with HTTP sessions.
    PollSessions,
    /// `poll action`: queued, holds actions.
    PollActions,
    /// `poll trigger`: queued, holds triggers.
    PollTriggers,
    /// `action`: a timer runs it at once (GRP-06).
    Actions,
    /// `trigger`: a timer runs it at once (GRP-06).
    Triggers,
}

/// One item of a group's Content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupItem {
    /// The item's position in the table that the group's kind names.
    pub item: u32,
    /// The wait after it, in ms (`@next`, GRP-14).
    pub next_ms: u32,
}

impl GroupItem {
    /// The item as a pair; the group is [`GroupKind::PollPairs`].
    pub const fn pair(self) -> PairIndex {
        PairIndex(self.item)
    }

    /// The item as a session; the group is [`GroupKind::PollSessions`].
    pub const fn session(self) -> SessionItemIndex {
        SessionItemIndex(self.item)
    }
}

/// A timer (`Protocol.Timers.Timer`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timer {
    /// The timer's id.
    pub id: u32,
    /// Its Name.
    pub name: Text,
    /// The line of its element in the XML, from 1.
    pub line: u32,
    /// `Time` in ms; 0 when `looped`.
    pub period_ms: u32,
    /// `Time` is `loop`: tick again as soon as the last group is done (TMR-10).
    pub looped: bool,
    /// When it begins (TMR-03).
    pub start: TimerStart,
    /// The pause after each group, in ms (TMR-11).
    pub interval_ms: u32,
    /// The groups of one tick, in order (TMR-07).
    pub groups: List<GroupIndex>,
    /// The groups of one tick that the rows of a table name.
    pub column_groups: Rows<ColumnGroup>,
    /// How the rows of a table share its ticks (`@options`).
    pub options: Rows<Setting>,
    /// Triggers before a tick (TRG-21).
    pub before: List<TriggerIndex>,
    /// What must hold for a tick to queue its groups (TMR-14); no steps when nothing must.
    pub condition: Rows<ConditionStep>,
}

/// A group for each row of a table (`Timer/Content/Group` `col:idx:group`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnGroup {
    /// The number of the column that holds the ids of groups.
    pub column: u32,
    /// The group of rows that name none.
    pub fallback: Option<GroupIndex>,
}

/// When a timer begins (`Protocol.Timers.Timer.Time-initial`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimerStart {
    /// With the element, at once (TMR-04, TMR-05).
    Started,
    /// By the action `start` only.
    Stopped,
    /// After a random number of seconds in `from..to` (TMR-06).
    Random {
        /// The first possible second.
        from: u32,
        /// The second after the last possible one.
        to: u32,
    },
}
