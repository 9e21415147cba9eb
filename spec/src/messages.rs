//! Commands, responses, and the pairs of them.

use crate::condition::ConditionStep;
use crate::index::{CommandIndex, ConnectionIndex, List, ParamIndex, ResponseIndex, Text, TriggerIndex};
use crate::rows::Rows;

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
