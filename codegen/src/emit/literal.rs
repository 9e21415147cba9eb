//! Values of the tables as Rust expressions, for a block that imports `genlock_spec` and `Some` and `None`.

use genlock_spec::{
    ActionKind, AlarmLevel, Arithmetic, Body, ChecksumAlgorithm, ChecksumIndex, ColumnKind, CommandIndex, Comparison,
    ConditionStep, ConnectionIndex, ConnectionKind, ContentPosition, FormatIndex, GroupIndex, GroupKind, InitialBytes,
    LengthType, List, LoginMethod, MessageType, Messages, MonitoringIndex, NewScale, NewSequence, Operand, Operation,
    ParamIndex, ParamKind, PortType, QActionIndex, QueuePlace, RawType, RequestIndex, ResponseIndex, Rounding, Rows,
    SessionIndex, SlowPoll, Source, Text, TimerStart, TimerVerb, TrendKind, TriggerContent, TriggerIndex, UnservedPart,
    ValueType,
};
use proc_macro2::{Literal as Token, TokenStream};
use quote::{ToTokens, quote};

/// A value that can be written as a constant expression.
pub(super) trait Literal {
    /// The expression.
    fn literal(&self) -> TokenStream;
}

impl Literal for bool {
    fn literal(&self) -> TokenStream {
        self.to_token_stream()
    }
}

impl Literal for u16 {
    fn literal(&self) -> TokenStream {
        Token::u16_unsuffixed(*self).into_token_stream()
    }
}

impl Literal for u32 {
    fn literal(&self) -> TokenStream {
        Token::u32_unsuffixed(*self).into_token_stream()
    }
}

impl Literal for i64 {
    fn literal(&self) -> TokenStream {
        let sign = self.is_negative().then(|| quote!(-));
        let digits = Token::u64_unsuffixed(self.unsigned_abs());
        quote!(#sign #digits)
    }
}

impl Literal for f64 {
    fn literal(&self) -> TokenStream {
        if !self.is_finite() {
            let bits = Token::u64_unsuffixed(self.to_bits());
            return quote!(f64::from_bits(#bits));
        }
        let sign = self.is_sign_negative().then(|| quote!(-));
        let digits = Token::f64_unsuffixed(self.abs());
        quote!(#sign #digits)
    }
}

impl<T: Literal> Literal for Option<T> {
    fn literal(&self) -> TokenStream {
        let Some(value) = self else { return quote!(None) };
        let value = value.literal();
        quote!(Some(#value))
    }
}

impl Literal for Text {
    fn literal(&self) -> TokenStream {
        let (start, len) = (self.start.literal(), self.len.literal());
        quote!(Text::new(#start, #len))
    }
}

impl<I> Literal for List<I> {
    fn literal(&self) -> TokenStream {
        let (start, len) = (self.start.literal(), self.len.literal());
        quote!(List::new(#start, #len))
    }
}

impl<R> Literal for Rows<R> {
    fn literal(&self) -> TokenStream {
        let (start, len) = (self.start.literal(), self.len.literal());
        quote!(Rows::new(#start, #len))
    }
}

macro_rules! indices {
    ($($index:ident)+) => {$(
        impl Literal for $index {
            fn literal(&self) -> TokenStream {
                let position = self.0.literal();
                quote!($index(#position))
            }
        }
    )+};
}

indices! {
    ChecksumIndex CommandIndex ConnectionIndex ContentPosition FormatIndex GroupIndex MonitoringIndex ParamIndex QActionIndex RequestIndex ResponseIndex SessionIndex TriggerIndex
}

/// Enums, by their variants and what these hold: a new variant is an error here.
macro_rules! enums {
    ($($name:ident { $($variant:ident $(($value:ident))? $({ $($field:ident),+ })?,)+ })+) => {$(
        impl Literal for $name {
            fn literal(&self) -> TokenStream {
                match self {$(
                    Self::$variant $(($value))? $({ $($field),+ })? => {
                        $(let $value = $value.literal();)?
                        $($(let $field = $field.literal();)+)?
                        quote!($name::$variant $((#$value))? $({ $($field: #$field),+ })?)
                    }
                )+}
            }
        }
    )+};
}

enums! {
    ParamKind {
        Read, Write, Dummy, Fixed, Header, Trailer, Length, Crc, Group, ReadBit, WriteBit, Response, Array, Matrix,
        DiscreetInfo, Bus, Ip, PollingIp, ElementDmaId, ElementId, ElementName, AgentInfo,
    }
    RawType { Other, Text, NumericText, UnsignedNumber, SignedNumber, Double, Bcd, OnlyOthers, }
    ValueType { Text, Number, HighNibble, }
    LengthType { NextParam, LastNextParam, OtherParam(holder), Fixed(length), }
    InitialBytes { None, Bytes(bytes), }
    TrendKind { Average, Last, Sum, Maximum, Minimum, }
    AlarmLevel { Undefined, Normal, Warning, Minor, Major, Critical, }
    MessageType { Binary, Text, }
    GroupKind { PollPairs, PollParams, PollSessions, PollActions, PollTriggers, Actions, Triggers, }
    TimerStart { Started, Stopped, Random { from, to }, }
    TriggerContent { Actions(actions), Triggers(triggers), }
    ActionKind {
        Make(commands),
        Read(responses),
        ReadParams(params),
        Length(messages),
        Checksum(messages),
        Replace { source, position, targets },
        Reverse { occurrences, targets },
        Stuffing { stuffing, removes, targets },
        ClearLengthInfo(responses),
        ChangeLength { source, targets },
        SetInfo { scale, sequence, targets },
        ClearResponses(responses),
        ClearParams(params),
        ClearOnDisplay(params),
        Copy { source, reversed, targets },
        Append { source, hex, targets },
        AppendData { source, targets },
        Calculate { operation, operand, targets },
        ReplaceData { replacements, start, end, at_the_ends, targets, messages },
        Go(params),
        Save(params),
        RunActions(params),
        SetTimeout { source, pairs },
        SetNext { wait, positions },
        Queue { place, once, groups },
        Timers { verb, timers },
        Open(connection),
        Close(connection),
        Sleep(time),
        StopCurrentGroup,
        Unserved { word, settings },
    }
    Messages { Commands(commands), Responses(responses), }
    NewScale { Same, None, Scale(scale), }
    NewSequence { Same, None, Steps(steps), }
    ChecksumAlgorithm {
        TwosComplement, CrcCcitt, Crc16, Exor, Fletcher, LowestOfSubtract, LowestOfSum, Modbus, Subtract, Sum,
    }
    ConditionStep {
        Param(param),
        Text(text),
        Number(number),
        Empty,
        Arithmetic(operator),
        Comparison(operator),
        And,
        Or,
    }
    Arithmetic { Add, Subtract, Multiply, Divide, BitAnd, BitOr, BitXor, }
    Comparison { Equal, NotEqual, Less, Greater, LessOrEqual, GreaterOrEqual, }
    QueuePlace { Front, Normal, Tail, Forced, }
    TimerVerb { Start, Stop, Restart, RestartNow, Reschedule, }
    Source { None, Literal(text), Param(param), }
    Body { None, Data(data), Fields(fields), }
    ColumnKind {
        AutoIncrement, Concatenation, Custom, DisplayKey, Index, Retrieved, Snmp, State, ViewTableKey,
    }
    Operation { Multiply, Add, Subtract, Power, Divide, Remainder, Log10, Log20, }
    Operand { None, Number(number), Param(param), Column(param), }
    Rounding { Down, Up, ToZero, ToInfinity, HalfDown, HalfUp, HalfToZero, HalfToInfinity, }
    LoginMethod { Credentials, Certificate, }
    ConnectionKind {
        WebSocket, Virtual, Http, Serial, SerialSingle, SmartSerial, SmartSerialSingle, Snmp, SnmpV2, SnmpV3, Gpib, Opc,
        Sla, Service, Unknown,
    }
    PortType { Tcp, Udp, Serial, }
    SlowPoll { Timeouts(count), Milliseconds(time), }
    UnservedPart { Connection(kind), Table, }
}
