//! The states of a connection.

use std::collections::VecDeque;
use std::fmt;
use std::time::Duration;

use genlock_spec::{ConnectionKind, MessageType};

use super::super::login::KnownLogin;
use super::super::queue::Entry;
use super::onward::Opening;
use crate::error::Reason;

/// The state of a connection, as users see it (BEY-06).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConnectionState {
    /// Not connected, and nothing is tried: the element has not started it, its address is unusable, the server has
    /// refused it too often, or it reconnects as documented only.
    Idle,
    /// The TCP connection or the handshake is in progress.
    Connecting {
        /// The number of the attempt since the connection was last stable, from 1.
        attempt: u32,
    },
    /// The handshake is done; messages flow.
    Open,
    /// The closing handshake is in progress.
    Closing,
    /// Lost; the next attempt comes by itself.
    Backoff {
        /// How many attempts have failed, and how many connections were lost, since one was stable.
        failures: u32,
        /// The wait before the next attempt.
        delay: Duration,
    },
    /// The element is stopped.
    Stopped,
}

impl fmt::Display for ConnectionState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Idle => f.write_str("closed"),
            Self::Connecting { attempt: 1 } => f.write_str("connecting"),
            Self::Connecting { attempt } => write!(f, "connecting, attempt {attempt}"),
            Self::Open => f.write_str("open"),
            Self::Closing => f.write_str("closing"),
            Self::Backoff { delay, .. } => write!(f, "closed, next attempt in {:.1} s", delay.as_secs_f64()),
            Self::Stopped => f.write_str("stopped"),
        }
    }
}

/// The state of a connection, as the engine needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum LinkState {
    Idle,
    Connecting,
    Open,
    Closing,
    Backoff { delay: Duration },
    Stopped,
}

/// What was asked of a connection while the element was paused.
#[derive(Clone, Copy, Debug)]
pub(super) enum Postponed {
    /// To be connected, or connected anew.
    Connect,
    /// To be closed (CONN-94).
    Close,
}

/// One connection.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "five facts that do not exclude each other")]
pub(in crate::engine) struct Link {
    pub(in crate::engine) state: LinkState,
    /// The number of the attempt that is in progress, or made the open connection.
    pub(super) attempt: u32,
    /// The attempt that is in progress.
    pub(super) opening: Option<Box<Opening>>,
    /// What its server asked for when somebody logged in (HTTP-40).
    pub(in crate::engine) login: Option<Box<KnownLogin>>,
    /// Failed attempts and losses in a row.
    pub(super) failures: u32,
    /// How many times in a row the server has closed it for a reason that another attempt does not change.
    pub(super) refusals: u32,
    /// Why the state is what it is.
    pub(super) reason: Reason,
    /// How often a handshake has succeeded.
    pub(super) opened: u32,
    /// Whether permessage-deflate was agreed on for the open connection.
    pub(super) compressed: bool,
    /// Whether it counts as responding (LIFE-55).
    pub(in crate::engine) responding: bool,
    /// Whether it has not been responding for TimeoutTimeElement (LIFE-50).
    pub(in crate::engine) timed_out: bool,
    /// Whether anything came since the last look (BEY-09).
    pub(in crate::engine) heard: bool,
    /// Pings in a row that were not answered.
    pub(super) unanswered: u32,
    /// What is to be done with it when the element is resumed (LIFE-31).
    pub(super) postponed: Option<Postponed>,
    /// Whether the action `close` closed it: it does not reconnect by itself (CONN-94).
    pub(super) stays_closed: bool,
    /// The commands that wait for it to open (BEY-04), in order.
    pub(in crate::engine) waiting: VecDeque<Entry>,
    /// The exchange whose message is on its way to the socket.
    pub(in crate::engine) sending: Option<u64>,
    /// The kind of the last message that was sent on the open connection (BEY-12).
    pub(in crate::engine) sent: Option<MessageType>,
}

impl Link {
    /// A connection of an element that has not started.
    pub(in crate::engine) fn new(kind: ConnectionKind) -> Self {
        Self {
            state: LinkState::Idle,
            attempt: 0,
            opening: None,
            login: None,
            failures: 0,
            refusals: 0,
            reason: match kind {
                ConnectionKind::Virtual => Reason::Virtual,
                ConnectionKind::Http => Reason::Requests,
                _ => Reason::NotOpened,
            },
            opened: 0,
            compressed: false,
            responding: true,
            timed_out: false,
            heard: false,
            unanswered: 0,
            postponed: None,
            stays_closed: false,
            waiting: VecDeque::new(),
            sending: None,
            sent: None,
        }
    }

    pub(in crate::engine) fn is_open(&self) -> bool {
        self.state == LinkState::Open
    }

    pub(in crate::engine) fn is_open_attempt(&self, attempt: u32) -> bool {
        self.is_open() && self.attempt == attempt
    }

    pub(super) fn is_connecting_attempt(&self, attempt: u32) -> bool {
        self.state == LinkState::Connecting && self.attempt == attempt
    }

    /// Why it is not open.
    pub(in crate::engine) fn reason(&self) -> &Reason {
        &self.reason
    }

    pub(super) fn told(&self) -> ConnectionState {
        match self.state {
            LinkState::Idle => ConnectionState::Idle,
            LinkState::Connecting => ConnectionState::Connecting { attempt: self.failures.saturating_add(1) },
            LinkState::Open => ConnectionState::Open,
            LinkState::Closing => ConnectionState::Closing,
            LinkState::Backoff { delay } => ConnectionState::Backoff { failures: self.failures, delay },
            LinkState::Stopped => ConnectionState::Stopped,
        }
    }
}
