//! One row type a table. Names are those of the schema; a list of triggers is already resolved (TRG-30 to TRG-36).

use core::fmt;
use core::marker::PhantomData;

use crate::arrays::Setting;
use crate::condition::ConditionStep;
use crate::formats::EntryRange;
use crate::index::{
    ChecksumIndex, CommandIndex, ConnectionIndex, ContentPosition, FormatIndex, GroupIndex, HookIndex, List,
    MonitoringIndex, PairIndex, ParamIndex, QActionIndex, ResponseIndex, SessionItemIndex, Text, TriggerIndex,
};

/// A run of neighbouring rows of a table that has no index type of its own.
pub struct Rows<R> {
    /// The first row.
    pub start: u32,
    /// The number of rows.
    pub len: u32,
    kind: PhantomData<R>,
}

impl<R> Rows<R> {
    /// The `len` rows from `start` on.
    pub const fn new(start: u32, len: u32) -> Self {
        Self { start, len, kind: PhantomData }
    }
}

impl<R> Clone for Rows<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Rows<R> {}

impl<R> fmt::Debug for Rows<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rows({}, {})", self.start, self.len)
    }
}

impl<R> PartialEq for Rows<R> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.len) == (other.start, other.len)
    }
}

impl<R> Eq for Rows<R> {}

/// A parameter (`Protocol.Params.Param`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Param {
    /// The parameter's id.
    pub pid: u32,
    /// Its Name.
    pub name: Text,
    /// The line of its element in the XML, from 1.
    pub line: u32,
    /// What it is for (`Type`).
    pub kind: ParamKind,
    /// Which bytes it accepts (PARAM-03).
    pub raw_type: RawType,
    /// Its typed reading (PARAM-02).
    pub value_type: ValueType,
    /// How many bytes of a response it takes (PARAM-70 ff.).
    pub length: LengthType,
    /// Its bytes at start (PARAM-20 to PARAM-30).
    pub initial: InitialBytes,
    /// `Interprete/DefaultValue` (LIFE-12).
    pub default: Option<Text>,
    /// Whether its value outlives a restart (SAVE-02).
    pub save: bool,
    /// Its value is stored at most once in so many ms (`@saveInterval`, SAVE-05).
    pub save_interval_ms: Option<u32>,
    /// The read parameter that a set of this write parameter is copied to (PARAM-142).
    pub setter: Option<ParamIndex>,
    /// The connection whose address this parameter holds (CONN-46).
    pub dynamic_ip: Option<ConnectionIndex>,
    /// Triggers of its change event (TRG-17).
    pub on_change: List<TriggerIndex>,
    /// Triggers of its change once the whole response has matched (TRG-18).
    pub on_change_after_response: List<TriggerIndex>,
    /// The hooks that its change event runs (QA-01).
    pub hooks: List<HookIndex>,
    /// Its alarm thresholds, most severe first; empty when it is not monitored.
    pub alarms: Rows<AlarmThreshold>,
    /// What its alarms depend on beyond that.
    pub monitoring: Option<MonitoringIndex>,
    /// The parameters whose alarms depend on its value (ALM-12 to ALM-14).
    pub alarm_dependents: List<ParamIndex>,
    /// The parameters that are told when its alarm level changes (`Type@alarmRegistration`, QA-08).
    pub alarm_listeners: List<ParamIndex>,
    /// What its trend keeps of each window; none when it is not trended (TRD-01, TRD-04).
    pub trend: Option<TrendKind>,
    /// Whether its values may come with the time that they are of (`@historySet`, QA-45).
    pub history_set: bool,
    /// The texts shown for its values.
    pub discreets: Rows<Discreet>,
    /// How its bytes become its value, where its types do not say it all.
    pub format: Option<FormatIndex>,
    /// The parameter of a response at which it ends, when that is not the next one (PARAM-76).
    pub marker: Option<ParamIndex>,
    /// Which occurrence of the bytes behind it ends it (PARAM-77); of a trailer, which one is it (PARAM-78).
    pub times: u32,
    /// The parameters that cut up its bits (PARAM-118).
    pub bit_fields: List<ParamIndex>,
    /// The parts that a length or a checksum covers; of a length, none for all but lengths (CMD-21, CMD-31).
    pub covers: List<ContentPosition>,
    /// How its checksum is calculated (CMD-32).
    pub checksum: Option<ChecksumIndex>,
    /// The response that takes its bytes apart (PARAM-120).
    pub inner: Option<ResponseIndex>,
    /// What users may enter, for a write parameter with a range (PARAM-149).
    pub entry: Option<EntryRange>,
    /// Whether its value must never be shown (`Measurement/Type@options` `password`, PARAM-169).
    pub secret: bool,
}

/// What a parameter is for (`Protocol.Params.Param.Type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamKind {
    /// Holds a value (PARAM-110).
    Read,
    /// Takes sets; each one is a change event (PARAM-111).
    Write,
    /// Its value is of no interest (PARAM-112).
    Dummy,
    /// Constant bytes (PARAM-113).
    Fixed,
    /// Begins a frame.
    Header,
    /// Ends a frame.
    Trailer,
    /// The length of a frame.
    Length,
    /// The checksum of a frame.
    Crc,
    /// Bytes that bit parameters cut up.
    Group,
    /// Bits of a group.
    ReadBit,
    /// Bits of a group that take sets.
    WriteBit,
    /// Bytes that another response takes apart.
    Response,
    /// A table.
    Array,
    /// A matrix, mapped to tables.
    Matrix,
    /// What was connected in a matrix.
    DiscreetInfo,
    /// The bus address.
    Bus,
    /// Address and port of each connection.
    Ip,
    /// The address of each connection.
    PollingIp,
    /// The element's id with its agent's.
    ElementDmaId,
    /// The element's id.
    ElementId,
    /// The element's name.
    ElementName,
    /// Names and addresses of the agent.
    AgentInfo,
}

impl ParamKind {
    /// Whether users set it: each set is a change event (PARAM-111).
    pub const fn is_write(self) -> bool {
        matches!(self, Self::Write | Self::WriteBit)
    }

    /// Whether its bytes are the same in every message (PARAM-113, PARAM-114).
    pub const fn is_constant(self) -> bool {
        matches!(self, Self::Fixed | Self::Header | Self::Trailer)
    }
}

/// Which bytes a parameter accepts (`Protocol.Params.Param.Interprete.RawType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RawType {
    /// Any bytes (PARAM-40).
    Other,
    /// Letters, digits and some marks (PARAM-41).
    Text,
    /// The characters of a number (PARAM-42).
    NumericText,
    /// A binary number without a sign.
    UnsignedNumber,
    /// A binary number in two's complement.
    SignedNumber,
    /// An IEEE number of 4 or 8 bytes.
    Double,
    /// Two digits a byte.
    Bcd,
    /// Only what the list of other values has.
    OnlyOthers,
}

/// The typed reading of a parameter (`Protocol.Params.Param.Interprete.Type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueType {
    /// `string`.
    Text,
    /// `double`.
    Number,
    /// `high nibble`: the upper four bits of a byte, as a number.
    HighNibble,
}

impl ValueType {
    /// Whether its values are numbers.
    pub const fn is_number(self) -> bool {
        !matches!(self, Self::Text)
    }
}

/// How many bytes a parameter takes (`Protocol.Params.Param.Interprete.LengthType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LengthType {
    /// Up to the next parameter's bytes (PARAM-71), or all that is left (PARAM-72).
    NextParam,
    /// Up to the last occurrence of the next parameter's bytes.
    LastNextParam,
    /// As many bytes as this parameter says; the file may name none.
    OtherParam(Option<ParamIndex>),
    /// Exactly this many bytes (PARAM-70).
    Fixed(u32),
}

/// The bytes of a parameter before anything was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InitialBytes {
    /// None: not initialised (PARAM-30).
    None,
    /// `Interprete/Value`, padded to the length (PARAM-23 to PARAM-26), or the fill bytes of PARAM-21.
    Bytes(Text),
}

/// One entry of `Measurement/Discreets`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Discreet {
    /// The raw value, as written.
    pub value: Text,
    /// What is shown for it.
    pub display: Text,
    /// The raw value as a number, when the parameter is one.
    pub number: Option<f64>,
}

/// One threshold of a monitored parameter (ALM-03 to ALM-05).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AlarmThreshold {
    /// The level that holds.
    pub level: AlarmLevel,
    /// The value that it holds for, as written.
    pub value: Text,
    /// The value as a number, when the parameter is one.
    pub number: Option<f64>,
    /// It is one of the parameter's exceptions (`$v`, ALM-06).
    pub exception: bool,
}

/// What the trend of a parameter keeps of each window (`Display/Trending/Type`, TRD-04).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TrendKind {
    /// The average over time.
    Average,
    /// The last value.
    Last,
    /// The sum of the values.
    Sum,
    /// The largest value.
    Maximum,
    /// The smallest value.
    Minimum,
}

/// The severity of an alarm (ALM-03).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AlarmLevel {
    /// Not monitored, or no value yet (ALM-18).
    Undefined,
    /// `Normal`.
    Normal,
    /// `WaL`, `WaH`.
    Warning,
    /// `MiL`, `MiH`.
    Minor,
    /// `MaL`, `MaH`.
    Major,
    /// `CL`, `CH`.
    Critical,
}

/// A command (`Protocol.Commands.Command`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Command {
    /// The command's id.
    pub id: u32,
    /// Its Name.
    pub name: Text,
    /// The line of its element in the XML, from 1.
    pub line: u32,
    /// Text or binary frames (CONN-80).
    pub message_type: MessageType,
    /// The parameters whose bytes it consists of (CMD-01).
    pub params: List<ParamIndex>,
    /// All of them are sent as ASCII where texts are UTF-16.
    pub ascii: bool,
    /// Those that are sent as ASCII where texts are UTF-16.
    pub ascii_params: List<ParamIndex>,
    /// Triggers before it (TRG-10).
    pub before: List<TriggerIndex>,
    /// Triggers after it (TRG-11).
    pub after: List<TriggerIndex>,
}

/// The kind of a WebSocket message (RFC 6455, section 5.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MessageType {
    /// Opcode 0x2.
    Binary,
    /// Opcode 0x1.
    Text,
}

/// A response (`Protocol.Responses.Response`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Response {
    /// The response's id.
    pub id: u32,
    /// Its Name.
    pub name: Text,
    /// The line of its element in the XML, from 1.
    pub line: u32,
    /// The parameters that take the message's bytes from left to right (RSP-30).
    pub params: List<ParamIndex>,
    /// Which of them may be missing (`Content@optional`).
    pub optional: Option<Text>,
    /// Triggers before it is processed (TRG-12).
    pub before: List<TriggerIndex>,
    /// Triggers after it matched (TRG-13).
    pub after: List<TriggerIndex>,
}

/// A pair (`Protocol.Pairs.Pair`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The pair's id.
    pub id: u32,
    /// Its Name.
    pub name: Text,
    /// The line of its element in the XML, from 1.
    pub line: u32,
    /// The command that it sends.
    pub command: CommandIndex,
    /// The responses that may answer, in the order in which they are tried (RSP-01).
    pub responses: List<ResponseIndex>,
    /// The connection that carries it when no group says otherwise, or always (option `connection:N`, CONN-122).
    pub connection: ConnectionIndex,
    /// Whether `connection` wins over the group's (PAIR-27).
    pub connection_is_fixed: bool,
    /// `@timeout` in ms (PAIR-06).
    pub timeout_ms: Option<u32>,
    /// Option `retries:n` (PAIR-23).
    pub retries: Option<u32>,
    /// Option `ignoreTimeout` (PAIR-26).
    pub ignore_timeout: bool,
    /// It tests the connection while that is polled slowly (`@ping`).
    pub ping: bool,
    /// What answers a command that was refused (`ResponseOnBadCommand`).
    pub on_bad_command: List<ResponseIndex>,
    /// Option `receiveInterval`, in ms.
    pub receive_interval_ms: Option<u32>,
    /// Option `oneByte`: the pause after each byte, in ms.
    pub one_byte_ms: Option<u32>,
    /// Option `commBreak`: the length of the break signal in front, in ms.
    pub break_ms: Option<u32>,
    /// Triggers after a good exchange (TRG-14).
    pub on_succeeded: List<TriggerIndex>,
    /// Triggers after each attempt that timed out (TRG-15).
    pub on_timeout: List<TriggerIndex>,
    /// Triggers after the last retry (TRG-16).
    pub on_timeout_after_retries: List<TriggerIndex>,
    /// What must hold for it to be sent when its turn comes (PAIR-03); no steps when nothing must.
    pub condition: Rows<ConditionStep>,
}

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

/// A trigger (`Protocol.Triggers.Trigger`). When it fires is resolved into the lists of the items that fire it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trigger {
    /// The trigger's id.
    pub id: u32,
    /// Its Name.
    pub name: Text,
    /// The line of its element in the XML, from 1.
    pub line: u32,
    /// What it runs, in order (TRG-02, TRG-03).
    pub content: TriggerContent,
    /// What must hold for it to fire at all, in the older way (`Time@case`, TRG-43); no steps when nothing must.
    pub guard: Rows<ConditionStep>,
    /// Whether `CheckTrigger` refuses it: on a parameter's timeout (QA-42).
    pub refuses_check: bool,
    /// What runs instead when the condition is false (`Id@else`, TRG-41).
    pub otherwise: TriggerContent,
    /// What must hold for its content to run (COND-30); no steps when nothing must.
    pub condition: Rows<ConditionStep>,
}

/// What a trigger runs (TRG-02).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriggerContent {
    /// Actions.
    Actions(List<crate::ActionIndex>),
    /// Other triggers.
    Triggers(List<TriggerIndex>),
}

/// A QAction (`Protocol.QActions.QAction`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QAction {
    /// The QAction's id.
    pub id: u32,
    /// Its name.
    pub name: Text,
    /// The line of its element in the XML, from 1.
    pub line: u32,
    /// The parameters that it is given (`inputParameters`).
    pub inputs: List<ParamIndex>,
    /// It is given them as bytes (option `binary`).
    pub binary: bool,
    /// It runs beside the others (option `queued`, QA-22).
    pub queued: bool,
    /// It runs once for each row that changed (`row`).
    pub per_row: bool,
    /// The groups that run it (option `group`).
    pub groups: List<GroupIndex>,
    /// What must hold for it to run (QA-05); no steps when nothing must.
    pub condition: Rows<ConditionStep>,
}

/// One entry point of a QAction: what one of its trigger parameters runs (QA-10, QA-11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hook {
    /// The QAction.
    pub qaction: QActionIndex,
    /// The parameter whose change event runs it.
    pub param: ParamIndex,
    /// Its function's position in the generated list of entry points.
    pub entry: u32,
}
