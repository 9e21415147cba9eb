//! Actions: what each of them does to what.

use crate::arrays::Setting;
use crate::condition::ConditionStep;
use crate::formats::{Operand, Operation, Scale, SequenceStep};
use crate::index::{
    CommandIndex, ConnectionIndex, ContentPosition, GroupIndex, List, PairIndex, PairPosition, ParamIndex,
    ResponseIndex, Text, TimerIndex,
};
use crate::requests::Source;
use crate::rows::Rows;

/// An action (`Protocol.Actions.Action`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Action {
    /// The action's id.
    pub id: u32,
    /// Its Name.
    pub name: Text,
    /// The line of its element in the XML, from 1.
    pub line: u32,
    /// What it does to what.
    pub kind: ActionKind,
    /// What must hold for it to be carried out (ACT-04); no steps when nothing must.
    pub condition: Rows<ConditionStep>,
}

/// What an action does. An empty list of targets means the item that fired the trigger (ACT-03).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ActionKind {
    /// `make` on commands (ACT-58).
    Make(List<CommandIndex>),
    /// `read` on responses (ACT-66).
    Read(List<ResponseIndex>),
    /// `read` on parameters of the response that is tried (ACT-68).
    ReadParams(List<ParamIndex>),
    /// `length` (ACT-54).
    Length(Messages),
    /// `crc` (ACT-47).
    Checksum(Messages),
    /// `replace` (ACT-73).
    Replace {
        /// The parameter that holds the id of the new one.
        source: Option<ParamIndex>,
        /// Which part becomes another parameter.
        position: ContentPosition,
        /// Of what it is a part.
        targets: Messages,
    },
    /// `reverse` on parameters of the message that is handled (ACT-81).
    Reverse {
        /// Which occurrences of each, from 0.
        occurrences: List<ContentPosition>,
        /// The parameters.
        targets: List<ParamIndex>,
    },
    /// `stuffing` (ACT-95) and `read stuffing` (ACT-72).
    Stuffing {
        /// What is put in, or taken out.
        stuffing: Stuffing,
        /// Bytes are taken out.
        removes: bool,
        /// The messages.
        targets: Messages,
    },
    /// `clear length info` on responses (ACT-35).
    ClearLengthInfo(List<ResponseIndex>),
    /// `change length` on parameters (ACT-26).
    ChangeLength {
        /// The parameter that holds the number of bytes.
        source: Option<ParamIndex>,
        /// Whose length changes.
        targets: List<ParamIndex>,
    },
    /// `set info` on parameters (ACT-87).
    SetInfo {
        /// What becomes of their scales.
        scale: NewScale,
        /// What becomes of their sequences.
        sequence: NewSequence,
        /// The parameters.
        targets: List<ParamIndex>,
    },
    /// `clear` on responses (ACT-30).
    ClearResponses(List<ResponseIndex>),
    /// `clear` on parameters (ACT-29).
    ClearParams(List<ParamIndex>),
    /// `clear on display` on parameters (ACT-36).
    ClearOnDisplay(List<ParamIndex>),
    /// `copy` (ACT-40) and `copy reverse` (ACT-46) to parameters; without a source the parameter that fired (ACT-41).
    Copy {
        /// Where the value comes from.
        source: Option<ParamIndex>,
        /// The value's bytes come in reverse.
        reversed: bool,
        /// What is overwritten.
        targets: List<ParamIndex>,
    },
    /// `append` to parameters (ACT-20).
    Append {
        /// What is added.
        source: Source,
        /// The source's bytes are added as hexadecimal digits (ACT-22), in groups of so many bytes; 0 for one group.
        hex: Option<u32>,
        /// To what it is added.
        targets: List<ParamIndex>,
    },
    /// `append data` to parameters (ACT-24); without a source the parameter that fired.
    AppendData {
        /// Whose bytes are added.
        source: Option<ParamIndex>,
        /// To what they are added.
        targets: List<ParamIndex>,
    },
    /// `increment` (ACT-50), `multiply` (ACT-63) and `pow` (ACT-65) on parameters.
    Calculate {
        /// What is calculated: [`Operation::Add`], [`Operation::Multiply`] or [`Operation::Power`].
        operation: Operation,
        /// With what.
        operand: Operand,
        /// The numbers that change.
        targets: List<ParamIndex>,
    },
    /// `replace data` on parameters, commands and responses (ACT-75).
    ReplaceData {
        /// What is replaced with what.
        replacements: Rows<Replacement>,
        /// So many bytes at the start are left alone.
        start: u32,
        /// So many bytes at the end are left alone.
        end: u32,
        /// Only the bytes that would be left alone are worked on (`use_offset`, ACT-76).
        at_the_ends: bool,
        /// The texts that change, when `messages` are none.
        targets: List<ParamIndex>,
        /// The messages that change.
        messages: Option<Messages>,
    },
    /// `go` on parameters (ACT-48).
    Go(List<ParamIndex>),
    /// `save` on parameters (ACT-84).
    Save(List<ParamIndex>),
    /// `run actions` on parameters (ACT-82).
    RunActions(List<ParamIndex>),
    /// `timeout` on pairs (ACT-97).
    SetTimeout {
        /// Which parameter holds the time in ms.
        source: Option<ParamIndex>,
        /// The pairs.
        pairs: List<PairIndex>,
    },
    /// `set next` on the pairs of the group that runs (ACT-89).
    SetNext {
        /// The wait in ms: a number, or the parameter that holds it.
        wait: Operand,
        /// The places of the pairs in the group.
        positions: List<PairPosition>,
    },
    /// The execute family on groups (ACT-10 to ACT-17).
    Queue {
        /// Where the groups go.
        place: QueuePlace,
        /// Nothing happens when the group is already waiting (QUE-07).
        once: bool,
        /// The groups.
        groups: List<GroupIndex>,
    },
    /// `start`, `stop`, `restart timer` and `reschedule` on timers.
    Timers {
        /// What is done.
        verb: TimerVerb,
        /// The timers.
        timers: List<TimerIndex>,
    },
    /// `open` a connection (ACT-38, CONN-94).
    Open(ConnectionIndex),
    /// `close` a connection (ACT-37, CONN-94).
    Close(ConnectionIndex),
    /// `sleep` for so many ms (ACT-91).
    Sleep(u32),
    /// `stop current group` (ACT-94).
    StopCurrentGroup,
    /// What genlock does not carry out; a connector with it has parts that no element runs.
    Unserved {
        /// The word in `Type`.
        word: Text,
        /// The attributes of `Type`.
        settings: Rows<Setting>,
    },
}

/// The commands, or the responses, that an action works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Messages {
    /// Commands, once they are made.
    Commands(List<CommandIndex>),
    /// Responses, while a message is tried against them.
    Responses(List<ResponseIndex>),
}

/// Which bytes a value that means something is marked by (CMD-40). Both texts are hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stuffing {
    /// The value; at least one byte.
    pub value: Text,
    /// What may follow the value without a mark: groups of digits with `;` between them.
    pub allowed: Text,
    /// So many bytes at the start are left alone.
    pub start: u32,
    /// So many bytes at the end are left alone.
    pub end: u32,
}

/// What `set info` makes of a scale (ACT-87).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewScale {
    /// It stays.
    Same,
    /// There is none from now on.
    None,
    /// Another one.
    Scale(Scale),
}

/// What `set info` makes of a sequence (ACT-87).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewSequence {
    /// It stays.
    Same,
    /// There is none from now on.
    None,
    /// Another one.
    Steps(Rows<SequenceStep>),
}

/// Bytes that `replace data` replaces (ACT-75), both as hexadecimal digits, two for each byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// What is looked for; at least one byte.
    pub old: Text,
    /// What takes its place.
    pub new: Text,
}

/// What an action does to a timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimerVerb {
    /// `start` (TMR-20, TMR-21).
    Start,
    /// `stop` (TMR-22).
    Stop,
    /// `restart timer`: its waiting groups leave the queue (TMR-23).
    Restart,
    /// `restart timer` with `reschedule`: and it ticks at once (TMR-23).
    RestartNow,
    /// `reschedule` (TMR-24).
    Reschedule,
}

/// Where a queueing action puts a group (QUE-02 to QUE-06, QUE-10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueuePlace {
    /// At the front, after the running group: `execute next`, `execute one top`.
    Front,
    /// At the end of the normal part: `execute`, `execute one now`.
    Normal,
    /// At the very end: `add to execute`, `execute one`.
    Tail,
    /// After the running group's current item: `force execute`.
    Forced,
}
