//! [`Watch`]: the latest state of a parameter, a pair or a connection.

use std::fmt;
use std::sync::Arc;

use tokio::sync::{mpsc, oneshot, watch};

use super::Sendable;
use crate::answer::{Answer, PairState};
use crate::engine::{ConnectionState, PairPhase};
use crate::error::{Error, Reason};
use crate::handle::{Connection, Pair, Param};
use crate::shell::{Request, Target};
use crate::value::{ParamType, Value};

/// The state of something that is watched, before it is typed.
#[derive(Clone, Debug)]
pub(crate) enum Observation {
    Param(Option<Value>),
    Pair(PairPhase),
    Connection(ConnectionStatus),
}

/// The state of a connection, and why it is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConnectionStatus {
    /// The state.
    pub state: ConnectionState,
    /// Why the connection is not open, or was lost the last time.
    pub reason: Reason,
    /// How often it was opened: a watch that joins a loss and the opening after it still shows that there was one.
    pub opened: u32,
}

/// What can be watched: parameters ([`Param`]), pairs ([`Pair`]) and connections ([`Connection`]).
#[expect(private_interfaces, reason = "the hidden items below are between handles and shell")]
#[diagnostic::on_unimplemented(message = "`{Self}` can't be watched: parameters, pairs and connections can")]
pub trait Watchable<P>: sealed::Sealed + Copy {
    /// What a watch of it gives.
    type State;

    #[doc(hidden)]
    fn observed(self) -> Target;

    /// `None`: there is no state yet, for example because a parameter is not initialised.
    #[doc(hidden)]
    fn read(observation: &Observation) -> Option<Self::State>;
}

mod sealed {
    pub trait Sealed {}
    impl<P, T> Sealed for super::Param<P, T> {}
    impl<P, C> Sealed for super::Pair<P, C> {}
    impl<P> Sealed for super::Connection<P> {}
}

#[expect(private_interfaces, reason = "see Watchable")]
impl<P, T: ParamType> Watchable<P> for Param<P, T> {
    type State = T;

    fn observed(self) -> Target {
        Target::Param(self.index())
    }

    fn read(observation: &Observation) -> Option<T> {
        match observation {
            Observation::Param(value) => value.as_ref().map(T::from_value),
            _ => None,
        }
    }
}

#[expect(private_interfaces, reason = "see Watchable")]
impl<P, C: Sendable<Protocol = P>> Watchable<P> for Pair<P, C> {
    type State = PairState<C::Answer>;

    fn observed(self) -> Target {
        Target::Pair(self.index())
    }

    fn read(observation: &Observation) -> Option<Self::State> {
        let Observation::Pair(phase) = observation else { return None };
        Some(match phase {
            PairPhase::Idle => PairState::Idle,
            PairPhase::Queued => PairState::Queued,
            PairPhase::Sent { attempt } => PairState::Sent { attempt: *attempt },
            PairPhase::Answered(values) => PairState::Answered(C::Answer::read(values)?),
            PairPhase::TimedOut => PairState::TimedOut,
            PairPhase::Failed(reason) => PairState::Failed(reason.clone()),
        })
    }
}

#[expect(private_interfaces, reason = "see Watchable")]
impl<P> Watchable<P> for Connection<P> {
    type State = ConnectionStatus;

    fn observed(self) -> Target {
        Target::Connection(self.index())
    }

    fn read(observation: &Observation) -> Option<Self::State> {
        match observation {
            Observation::Connection(status) => Some(status.clone()),
            _ => None,
        }
    }
}

/// The latest state of a parameter, a pair or a connection.
///
/// It begins with the state at the moment of its first use, leaves out "not initialised", and joins states that follow
/// each other faster than it is looked at; [`Events`](super::Events) has them all. A pair whose last answer nobody waited
/// for or watched begins as idle: the values of such answers are not kept. Made by
/// [`Element::watch`](crate::Element::watch), which has an example.
#[must_use = "a watch does nothing by itself: await `latest`, `changed` or `wait_for`"]
pub struct Watch<T> {
    element: Arc<str>,
    source: Source,
    read: fn(&Observation) -> Option<T>,
}

enum Source {
    /// Not used yet.
    Asked {
        mailbox: mpsc::WeakSender<Request>,
        target: Target,
    },
    Subscribed(watch::Receiver<Observation>),
}

impl<T> Watch<T> {
    pub(super) fn new(
        element: Arc<str>,
        mailbox: mpsc::WeakSender<Request>,
        target: Target,
        read: fn(&Observation) -> Option<T>,
    ) -> Self {
        Self { element, source: Source::Asked { mailbox, target }, read }
    }

    /// The state now; `None` while a parameter is not initialised.
    ///
    /// # Errors
    /// The element was stopped before the watch was used.
    pub async fn latest(&mut self) -> Result<Option<T>, Error> {
        let read = self.read;
        let receiver = self.receiver().await?;
        let latest = read(&receiver.borrow_and_update());
        Ok(latest)
    }

    /// Waits for the next state, or gives the one of now at the first use. An equal value that was set again counts.
    ///
    /// # Errors
    /// The element is stopped.
    pub async fn changed(&mut self) -> Result<T, Error> {
        let read = self.read;
        let fresh = matches!(self.source, Source::Asked { .. });
        let stopped = Error::Stopped { element: self.element.to_string() };
        let receiver = self.receiver().await?;
        if fresh {
            receiver.mark_changed();
        }
        loop {
            receiver.changed().await.map_err(|_| stopped.clone())?;
            if let Some(state) = read(&receiver.borrow_and_update()) {
                return Ok(state);
            }
        }
    }

    /// Waits until the state is one that `wanted` accepts; the state of now counts.
    ///
    /// # Errors
    /// The element is stopped.
    pub async fn wait_for(&mut self, mut wanted: impl FnMut(&T) -> bool) -> Result<T, Error> {
        if let Some(state) = self.latest().await?.filter(|state| wanted(state)) {
            return Ok(state);
        }
        loop {
            let state = self.changed().await?;
            if wanted(&state) {
                return Ok(state);
            }
        }
    }

    async fn receiver(&mut self) -> Result<&mut watch::Receiver<Observation>, Error> {
        if let Source::Asked { mailbox, target } = &self.source {
            let stopped = || Error::Stopped { element: self.element.to_string() };
            let (reply, answer) = oneshot::channel();
            // A watch does not keep its element running.
            let mailbox = mailbox.upgrade().ok_or_else(stopped)?;
            mailbox.send(Request::Watch { target: *target, reply }).await.map_err(|_| stopped())?;
            self.source = Source::Subscribed(answer.await.map_err(|_| stopped())?);
        }
        match &mut self.source {
            Source::Subscribed(receiver) => Ok(receiver),
            Source::Asked { .. } => Err(Error::Stopped { element: self.element.to_string() }),
        }
    }
}

impl<T> fmt::Debug for Watch<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("element", &self.element).finish_non_exhaustive()
    }
}
