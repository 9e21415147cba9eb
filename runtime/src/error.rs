//! What can go wrong, and what to do about it.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use crate::close_code;

/// Why a call to an element failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The element was stopped, or its task ended.
    #[error("element `{element}` is stopped; start a new one")]
    Stopped {
        /// The element's name.
        element: String,
    },
    /// The element is paused: nothing is sent until it is resumed.
    #[error("element `{element}` is paused; resume it first")]
    Paused {
        /// The element's name.
        element: String,
    },
    /// The element of a queued hook has stopped; the hook has nothing left to do.
    #[error("element `{element}` is no longer active; end the hook")]
    Inactive {
        /// The element's name.
        element: String,
    },
    /// The element can't start with these settings.
    #[error("element `{element}` can't start: {reason}")]
    Settings {
        /// The element's name.
        element: String,
        /// What is missing or wrong, and what to set.
        reason: String,
    },
    /// The connector has parts that this version of genlock does not run, such as a connection of a kind that it has no
    /// transport for. The driver compiles and its names can be used; no element of it starts.
    #[error("element `{element}` can't start: {}", parts.join("; "))]
    Unserved {
        /// The element's name.
        element: String,
        /// One sentence a part: what it is, where it stands in the XML, and what to do about it.
        parts: Vec<String>,
    },
    /// The host has an element of this name already.
    #[error("there is an element `{element}` already; stop it first, or give this one another name")]
    NameTaken {
        /// The element's name.
        element: String,
    },
    /// The host has no element of this name.
    #[error("the host has no element `{element}`; `Host::list` has the names of those it has")]
    NotHosted {
        /// The name.
        element: String,
    },
    /// These elements of a host have not stopped in time: hooks of theirs do not return.
    #[error("still running, held by their own hooks: {}; each stops when its hook returns", elements.join(", "))]
    StillRunning {
        /// The elements' names.
        elements: Vec<String>,
    },
    /// The command was not sent.
    #[error("pair {pair} was not sent: {reason}")]
    NotSent {
        /// The pair's id.
        pair: u32,
        /// What kept it, for example that the connection is not open.
        reason: String,
    },
    /// No answer came within the pair's time, retries included.
    #[error("pair {pair} got no answer: sent {attempts} times, waiting {wait_ms} ms each time")]
    TimedOut {
        /// The pair's id.
        pair: u32,
        /// How often the command was sent.
        attempts: u32,
        /// The wait after each, in ms.
        wait_ms: u64,
    },
    /// The connection was lost after the command was sent and before the answer came.
    #[error("pair {pair} got no answer: the connection was lost ({reason})")]
    ConnectionLost {
        /// The pair's id.
        pair: u32,
        /// Why the connection ended.
        reason: String,
    },
    /// The device answered that it does not take the command (`ResponseOnBadCommand`).
    #[error("pair {pair} failed: {reason}")]
    Refused {
        /// The pair's id.
        pair: u32,
        /// Which answer said so.
        reason: String,
    },
    /// A value does not fit its parameter.
    #[error("parameter {pid} can't take this value: {reason}")]
    Value {
        /// The parameter's id.
        pid: u32,
        /// What does not fit.
        reason: String,
    },
    /// A hook, or a caller that goes by ids, asks for a parameter, a trigger, a pair or a connection that the connector
    /// does not have (QA-43, QA-44, QA-54).
    #[error("there is no {what} in the connector; look for it in the XML, or ask for one that is there")]
    Unknown {
        /// What it asks for, for example `parameter 7`.
        what: String,
    },
    /// A hook asks for an input that its QAction is not given.
    #[error("QAction {qaction} is not given parameter {pid}; add it to `inputParameters`")]
    NoInput {
        /// The QAction's id.
        qaction: u32,
        /// The parameter's id.
        pid: u32,
    },
    /// A message has nobody to go to (QA-53).
    #[error("no operator's set runs QAction {qaction} now, so nobody can be told; write to the log instead")]
    NoOperator {
        /// The QAction's id.
        qaction: u32,
    },
    /// `CheckTrigger` does not run this trigger (QA-42).
    #[error("trigger {trigger} can't be run by check_trigger: it is on the timeout of a parameter")]
    TriggerRefused {
        /// The trigger's id.
        trigger: u32,
    },
}

/// What a hook returns.
pub type HookResult = Result<(), HookError>;

/// Why a hook ended early: any error that `?` meets, or a text. It is logged; what triggered the hook goes on (QA-34).
///
/// ```
/// fn parse(text: &str) -> genlock::HookResult {
///     let number: u32 = text.parse()?;
///     if number == 0 {
///         return Err("zero is no level".into());
///     }
///     Ok(())
/// }
/// assert_eq!(parse("0").unwrap_err().to_string(), "zero is no level");
/// assert!(parse("x").is_err());
/// ```
pub struct HookError(Box<dyn StdError + Send + Sync>);

impl HookError {
    /// The error behind it.
    pub fn into_inner(self) -> Box<dyn StdError + Send + Sync> {
        self.0
    }
}

impl<E: Into<Box<dyn StdError + Send + Sync>>> From<E> for HookError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl fmt::Display for HookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for HookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Why a connection is not open, or was closed; and why a pair's command was not sent, or not answered.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// It was never opened.
    NotOpened,
    /// It is virtual: there is nothing to open.
    Virtual,
    /// It carries HTTP requests, and is opened for those of a session.
    Requests,
    /// The element is stopping or stopped.
    Stopped,
    /// The element is paused.
    Paused,
    /// The dynamic-ip parameter was written, `reconnect` was called, or a parameter of the handshake changed
    /// ([`ConnectionSettings::reconnect_on_change`](crate::ConnectionSettings::reconnect_on_change)).
    Reconnecting,
    /// An action of the connector closed it.
    ClosedByAction,
    /// There is no usable address; the text says why.
    Address(Cow<'static, str>),
    /// The opening request can't be written; the text says which value is to blame.
    Request(Cow<'static, str>),
    /// This build of genlock can't open such a connection; trying again would not help.
    Unsupported(String),
    /// The host could not be reached, or the socket failed.
    Network(String),
    /// The proxy could not be used, or does not open the way; the text says which one, and why.
    Proxy(String),
    /// TLS could not be set up; the text says why, and which certificate is to blame if one is.
    Tls(String),
    /// The handshake was not answered within this time, in ms.
    HandshakeTimeout(u64),
    /// An HTTP request was not answered within this time, in ms.
    RequestTimeout(u64),
    /// A ping was not answered within this time, in ms.
    PingTimeout(u64),
    /// The server refused the handshake, or answered it wrongly.
    Handshake(String),
    /// The answer to an HTTP request can't be taken; the text says why.
    Answer(String),
    /// The server sends elsewhere, and nobody can follow; the text says why.
    Redirect(String),
    /// The server closed the connection.
    ClosedByPeer {
        /// The close code, if the server gave one (RFC 6455, section 7.4).
        code: Option<u16>,
        /// The server's words.
        reason: String,
    },
    /// The server has closed the connection so many times in a row because of what it was sent or asked: another attempt
    /// would not change that, so nothing more is tried by itself
    /// ([`Backoff::give_up_after`](crate::Backoff::give_up_after)).
    GivenUp {
        /// How many times in a row.
        times: u32,
        /// The last close code.
        code: u16,
        /// The server's last words.
        reason: String,
    },
    /// A pair's command can't be sent as it is.
    Command(String),
    /// The device answered a pair's command with a response that says that it does not take it.
    Refused {
        /// The response's id.
        response: u32,
    },
    /// So many commands wait for the connection already.
    TooManyWaiting(usize),
    /// A command has waited this long for the connection, in ms.
    WaitedTooLong(u64),
    /// The peer broke the protocol and the connection was closed with this code.
    Protocol {
        /// The code that the connection was closed with.
        code: u16,
        /// What was wrong.
        reason: String,
    },
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOpened => f.write_str("not opened yet"),
            Self::Virtual => f.write_str("it is virtual: there is no device behind it"),
            Self::Requests => f.write_str("it carries HTTP requests, not commands"),
            Self::Stopped => f.write_str("the element is stopped"),
            Self::Paused => f.write_str("the element is paused"),
            Self::ClosedByAction => f.write_str("closed by an action"),
            Self::Reconnecting => f.write_str("reconnect asked for"),
            Self::Address(reason) => write!(f, "no usable address: {reason}"),
            Self::Request(reason) => write!(f, "no request: {reason}"),
            Self::Refused { response } => {
                write!(f, "the device does not take the command: it answered response {response}")
            }
            Self::TooManyWaiting(commands) => write!(f, "{commands} commands wait for the connection already"),
            Self::WaitedTooLong(ms) => write!(f, "the connection did not open within {ms} ms"),
            Self::HandshakeTimeout(ms) => write!(f, "the handshake was not answered within {ms} ms"),
            Self::RequestTimeout(ms) => write!(f, "no answer within {ms} ms"),
            Self::PingTimeout(ms) => write!(f, "the peer is silent: a ping was not answered within {ms} ms"),
            Self::Network(reason)
            | Self::Proxy(reason)
            | Self::Tls(reason)
            | Self::Handshake(reason)
            | Self::Answer(reason)
            | Self::Redirect(reason)
            | Self::Command(reason)
            | Self::Unsupported(reason) => f.write_str(reason),
            Self::ClosedByPeer { code: Some(code), reason } => {
                write!(f, "closed by the peer with {}", Close(*code, reason))
            }
            Self::ClosedByPeer { code: None, .. } => f.write_str("closed by the peer without a code"),
            Self::GivenUp { times, code, reason } => write!(
                f,
                "the peer has closed {times} times in a row, now with {}; nothing more is tried before a reconnect: see to \
                 what it does not accept, then call `reconnect`, or write the address",
                Close(*code, reason)
            ),
            Self::Protocol { code, reason } => write!(f, "closed with {code}: {reason}"),
        }
    }
}

/// A close code, its registered name and the words that came with it.
struct Close<'a>(u16, &'a str);

impl fmt::Display for Close<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(code, words) = *self;
        write!(f, "{code}")?;
        if let Some(name) = close_code::name(code) {
            write!(f, " ({name})")?;
        }
        if words.is_empty() { Ok(()) } else { write!(f, ": {words}") }
    }
}
