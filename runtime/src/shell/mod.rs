//! The shell: the only async code. It owns the sockets, the clock and the mailbox, and takes no protocol decision.
#![expect(clippy::disallowed_methods, reason = "the shell is where time and randomness come from")]

mod clock;
mod link;
mod meter;
mod observers;
mod recording;
mod request;
#[cfg_attr(not(feature = "http"), path = "without_requester.rs")]
mod requester;
mod status;
mod task;

#[cfg(test)]
mod tests;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use genlock_spec::{ConnectionIndex, Table};
use tokio::runtime::Handle;
use tokio::sync::mpsc;

use crate::context::EntryPoints;
use crate::engine::Engine;
use crate::engine::destination::Destination;
use crate::store::Store;
use crate::ws::{Io, Network, OpenError};

pub(crate) use self::clock::{Clock, SLOW_HOOK};
pub(crate) use self::link::Link;
pub(crate) use self::request::{Request, Target};
pub(crate) use self::requester::Requester;
pub(crate) use self::status::Status;
pub(crate) use self::task::Task;

/// How many calls may wait for an element before the next caller has to.
const MAILBOX: usize = 256;

/// What makes the byte stream that a connection runs over.
pub(crate) type Dial = Arc<dyn Fn(Destination) -> Dialing + Send + Sync>;

/// A byte stream in the making.
pub(crate) type Dialing = Pin<Box<dyn Future<Output = Result<Box<dyn Io>, OpenError>> + Send>>;

/// The network, as the settings of a connection want it.
pub(crate) fn dial(network: Network) -> Dial {
    let network = Arc::new(network);
    Arc::new(move |to| {
        let network = Arc::clone(&network);
        Box::pin(async move { network.dial(&to).await })
    })
}

/// A seed that nobody can foresee.
pub(crate) fn random_seed() -> u64 {
    fastrand::u64(..)
}

/// The time of day, since the Unix epoch; a clock before it counts as at it.
pub(crate) fn time_of_day() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
}

/// What reaches a running element.
#[derive(Clone, Debug)]
pub(crate) struct Reach {
    pub(crate) mailbox: mpsc::Sender<Request>,
    /// What can be known of it without asking it.
    pub(crate) status: Status,
}

/// What the connections of an element run over.
#[derive(Debug)]
pub(crate) struct Wires {
    /// The WebSockets.
    pub(crate) links: Table<ConnectionIndex, Link>,
    /// The connections that carry HTTP requests; few elements have one.
    pub(crate) requesters: Vec<(ConnectionIndex, Requester)>,
}

/// Makes an element's task, to be launched on `runtime`, and what reaches it then.
pub(crate) fn prepare<P: EntryPoints<S>, S: Send + 'static>(
    engine: Engine<'static>,
    state: S,
    wires: Wires,
    store: Option<Box<dyn Store>>,
    runtime: Handle,
) -> (Task<P, S>, Reach) {
    let (mailbox, requests) = mpsc::channel(MAILBOX);
    let ends = (mailbox.downgrade(), requests);
    let task = Task::new(engine, state, wires, store, ends, runtime);
    let status = task.status();
    (task, Reach { mailbox, status })
}
