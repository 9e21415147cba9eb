//! What is outside the engine: sockets, callers and the store, and what the engine may ask of them.

use std::collections::BTreeMap;

use bytes::Bytes;
use genlock_spec::{ConnectionIndex, Table};

use super::super::super::{ConnectionState, Engine, Output, Ticket, Time};
use crate::error::Error;

/// More outputs of one input are a runaway.
const OUTPUTS: usize = 2_000_000;

/// The socket of a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Socket {
    #[default]
    Closed,
    Opening,
    Open,
    Closing,
}

#[derive(Debug, Default)]
pub(super) struct Link {
    pub(super) socket: Socket,
    pub(super) attempt: u32,
    /// Whether a message is between Send and Sent.
    pub(super) sending: bool,
    /// Whether this input said that the socket is gone: what a hook of it asks for may come as an abort.
    pub(super) gone: bool,
}

#[derive(Debug)]
pub(super) struct Outside {
    pub(super) links: Table<ConnectionIndex, Link>,
    /// How often each ticket was answered.
    pub(super) tickets: BTreeMap<Ticket, u32>,
    pub(super) stopped: bool,
    pub(super) next: Option<Time>,
    /// What must have been counted.
    pub(super) sent: u64,
    pub(super) received: u64,
    pub(super) opened: u64,
    pub(super) not_sent: u64,
    /// The messages that were handed in: nothing of the engine may hold on to one.
    pub(super) messages: Vec<Bytes>,
}

impl Outside {
    pub(super) fn new(connections: usize) -> Self {
        Self {
            links: Table::new(connections, |_| Link::default()),
            tickets: BTreeMap::new(),
            stopped: false,
            next: None,
            sent: 0,
            received: 0,
            opened: 0,
            not_sent: 0,
            messages: Vec::new(),
        }
    }

    /// A ticket was answered.
    pub(super) fn answered(&mut self, ticket: Ticket, error: Option<&Error>) {
        let answers = self.tickets.get_mut(&ticket).expect("a ticket that was given out");
        *answers += 1;
        assert_eq!(*answers, 1, "ticket {ticket} is answered twice");
        self.not_sent += u64::from(matches!(error, Some(Error::NotSent { .. })));
    }

    /// Takes all outputs of one input.
    pub(super) fn drain(&mut self, engine: &mut Engine<'_>) {
        for count in 0.. {
            assert!(count < OUTPUTS, "outputs without end");
            match engine.poll() {
                Output::Timeout(next) => {
                    self.next = next;
                    break;
                }
                output => self.carry_out(output),
            }
        }
        self.links.iter_mut().for_each(|(_, link)| link.gone = false);
        for message in self.messages.drain(..) {
            assert!(message.is_empty() || message.is_unique(), "somebody holds on to a received message: {message:?}");
        }
    }

    fn carry_out(&mut self, output: Output) {
        assert!(!self.stopped, "{output:?} after Stopped");
        match output {
            Output::Connect { connection, attempt, request } => {
                let link = &mut self.links[connection];
                assert_eq!(link.socket, Socket::Closed, "a second socket");
                assert!(
                    request.path.starts_with('/') && !request.to.host.is_empty() && request.to.port > 0,
                    "{request:?}"
                );
                assert!(attempt > link.attempt, "an attempt of its own");
                *link = Link { socket: Socket::Opening, attempt, ..Link::default() };
            }
            Output::Send { connection, data, .. } => {
                let link = &mut self.links[connection];
                assert_eq!(link.socket, Socket::Open, "a send without an open socket");
                assert!(!link.sending, "two messages on their way");
                assert!(!data.is_empty(), "CMD-17");
                link.sending = true;
            }
            Output::Ping { connection } => assert_eq!(self.links[connection].socket, Socket::Open, "a ping"),
            Output::Close { connection, .. } => {
                let link = &mut self.links[connection];
                assert_eq!(link.socket, Socket::Open, "a close without an open socket");
                link.socket = Socket::Closing;
            }
            Output::Abort { connection } => {
                let link = &mut self.links[connection];
                assert!(link.gone || link.socket != Socket::Closed, "an abort of nothing");
                link.socket = Socket::Closed;
            }
            Output::Done { ticket, result } => self.answered(ticket, result.err().as_ref()),
            Output::Stopped => {
                self.stopped = true;
                let closed = self.links.iter().all(|(_, link)| link.socket == Socket::Closed);
                assert!(closed, "stopped with a socket: {:?}", self.links);
            }
            _ => {} // what is told, not asked for
        }
    }

    /// Whether the engine sees the sockets as they are.
    pub(super) fn agrees_with(&self, engine: &Engine<'_>) {
        for (connection, link) in self.links.iter() {
            let (state, _) = engine.connection_state(connection);
            let same = match state {
                ConnectionState::Idle | ConnectionState::Backoff { .. } | ConnectionState::Stopped => Socket::Closed,
                ConnectionState::Connecting { .. } => Socket::Opening,
                ConnectionState::Open => Socket::Open,
                ConnectionState::Closing => Socket::Closing,
            };
            assert_eq!(same, link.socket, "{connection:?} is {state:?}");
        }
    }
}
