//! Why a connection was lost or not made, as a record has it.

use serde::{Deserialize, Serialize};

use crate::error::Reason;

/// The reasons that come from outside the engine, with those that only it gives, so that none needs an excuse.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(remote = "Reason", rename_all = "snake_case")]
enum Form {
    NotOpened,
    Virtual,
    Requests,
    Stopped,
    Paused,
    Reconnecting,
    ClosedByAction,
    Address(std::borrow::Cow<'static, str>),
    Request(std::borrow::Cow<'static, str>),
    Unsupported(String),
    Network(String),
    Tls(String),
    Proxy(String),
    HandshakeTimeout(u64),
    RequestTimeout(u64),
    PingTimeout(u64),
    Handshake(String),
    Answer(String),
    Redirect(String),
    ClosedByPeer { code: Option<u16>, reason: String },
    GivenUp { times: u32, code: u16, reason: String },
    Command(String),
    Refused { response: u32 },
    TooManyWaiting(usize),
    WaitedTooLong(u64),
    Protocol { code: u16, reason: String },
}

/// A [`Reason`] that can be written down.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct LoggedReason(#[serde(with = "Form")] pub(super) Reason);
