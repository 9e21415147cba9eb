//! Parameters, and what hangs on them.

use crate::formats::EntryRange;
use crate::index::{
    ChecksumIndex, ConnectionIndex, ContentPosition, FormatIndex, HookIndex, List, MonitoringIndex, ParamIndex,
    ResponseIndex, Text, TriggerIndex,
};
use crate::rows::Rows;

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

impl AlarmLevel {
    /// Its word, as metrics and pages have it: `undefined`, `normal`, `warning`, `minor`, `major` or `critical`.
    ///
    /// ```
    /// assert_eq!(genlock_spec::AlarmLevel::Minor.word(), "minor");
    /// ```
    pub const fn word(self) -> &'static str {
        match self {
            Self::Undefined => "undefined",
            Self::Normal => "normal",
            Self::Warning => "warning",
            Self::Minor => "minor",
            Self::Major => "major",
            Self::Critical => "critical",
        }
    }
}
