//! Connections: what carries the commands, and what an operator finds filled in.

use crate::index::{List, ParamIndex, RequestIndex, ResponseIndex, SessionIndex, Text, TriggerIndex};

/// A connection, in whichever of the three syntaxes it is declared (CONN-01 to CONN-05).
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "facts that do not exclude each other")]
pub struct Connection {
    /// The connection's id.
    pub id: u32,
    /// Its name.
    pub name: Text,
    /// The line of its element in the XML, from 1.
    pub line: u32,
    /// What carries it.
    pub kind: ConnectionKind,
    /// The parameter that is 1 while the socket is open and 0 otherwise (CONN-64).
    pub status: Option<ParamIndex>,
    /// The parameter that holds the address (CONN-46).
    pub dynamic_ip: Option<ParamIndex>,
    /// The request that opens the WebSocket (CONN-30).
    pub handshake: Option<RequestIndex>,
    /// The session of that request, where it says how to log in or which proxy to use (CONN-45).
    pub handshake_session: Option<SessionIndex>,
    /// Commands are composed when their group is queued (CMD-10).
    pub make_command_by_protocol: bool,
    /// Redirects are left to the connector (`CustomRedirect`, HTTP-16).
    pub custom_redirect: bool,
    /// A failing connection hands over to the other one of its kind (`RedundantPolling`).
    pub redundant_polling: bool,
    /// The default bus address is `bypassProxy` (CONN-09).
    pub bypass_proxy: bool,
    /// Any other default bus address.
    pub bus_address: Option<Text>,
    /// The default port.
    pub port: Option<u16>,
    /// What kind of port is filled in where a kind of connection has several.
    pub port_type: Option<PortType>,
    /// The default wait for an answer, in ms (CONN-100).
    pub timeout_ms: Option<u32>,
    /// The default number of retries (CONN-101).
    pub retries: Option<u32>,
    /// How long it may be down before the element is in timeout, in ms (LIFE-50).
    pub element_timeout_ms: Option<u32>,
    /// When a silent device is polled less often.
    pub slow_poll: Option<SlowPoll>,
    /// The time between tests of the connection while it is polled slowly, in ms.
    pub ping_interval_ms: Option<u32>,
    /// Certificates of the server are not looked at.
    pub skip_certificate_verification: bool,
    /// A message that equals the one before of the same response is dropped (`Advanced@ignoreEqualResponse`, RSP-18).
    pub drops_equal: bool,
    /// The responses that a message outside a waiting pair is tried against, in document order (RSP-02, RSP-07).
    pub responses: List<ResponseIndex>,
}

/// What carries a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConnectionKind {
    /// An HTTP connection with the option `WebSocket` (CONN-01).
    WebSocket,
    /// Nothing: there is no device.
    Virtual,
    /// HTTP requests.
    Http,
    /// A stream of requests and answers on a socket that elements share.
    Serial,
    /// The same on a socket of its own.
    SerialSingle,
    /// A stream on which the device speaks unasked as well.
    SmartSerial,
    /// The same on a socket of its own.
    SmartSerialSingle,
    /// SNMP version 1.
    Snmp,
    /// SNMP version 2c.
    SnmpV2,
    /// SNMP version 3.
    SnmpV3,
    /// A GPIB gateway.
    Gpib,
    /// OPC.
    Opc,
    /// A service level agreement.
    Sla,
    /// A service.
    Service,
    /// The file leaves it open.
    Unknown,
}

impl ConnectionKind {
    /// Its word in `Protocol/Type`; the WebSocket, which has none there, is called `websocket`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::WebSocket => "websocket",
            Self::Virtual => "virtual",
            Self::Http => "http",
            Self::Serial => "serial",
            Self::SerialSingle => "serial single",
            Self::SmartSerial => "smart-serial",
            Self::SmartSerialSingle => "smart-serial single",
            Self::Snmp => "snmp",
            Self::SnmpV2 => "snmpv2",
            Self::SnmpV3 => "snmpv3",
            Self::Gpib => "gpib",
            Self::Opc => "opc",
            Self::Sla => "sla",
            Self::Service => "service",
            Self::Unknown => "unknown",
        }
    }

    /// Whether a driver with such a connection starts: genlock has a transport for it, or it needs none.
    pub const fn is_served(self) -> bool {
        matches!(self, Self::WebSocket | Self::Http | Self::Virtual)
    }

    /// Whether commands can be sent on it.
    pub const fn carries_commands(self) -> bool {
        !matches!(self, Self::Http | Self::Virtual | Self::Sla | Self::Service)
    }
}

/// The kind of a port (`PortSettings/Type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortType {
    /// `ip`: TCP.
    Tcp,
    /// `udp`
    Udp,
    /// `rs232`: a serial port.
    Serial,
}

/// When a silent device is polled less often (`SlowPoll`, `SlowPollBase`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlowPoll {
    /// After so many timeouts.
    Timeouts(u32),
    /// After so many ms in timeout.
    Milliseconds(u32),
}

/// A part of the connector that this version of genlock does not run: the start of an element refuses by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unserved {
    /// What it is.
    pub part: UnservedPart,
    /// Its id.
    pub id: u32,
    /// Its name.
    pub name: Text,
    /// The line of its element in the XML, from 1.
    pub line: u32,
}

/// What a part is that no element runs yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnservedPart {
    /// A connection of a kind that has no transport.
    Connection(ConnectionKind),
    /// A table, or a matrix.
    Table,
}

/// A trigger on communication: it fires when a connection reports exactly this text (TRG-25).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportTrigger {
    /// The text.
    pub text: Text,
    /// The trigger.
    pub trigger: TriggerIndex,
}
