//! What an [`Element`](crate::Element) asks its task.

use std::fmt;
use std::sync::Arc;

use genlock_spec::{ConnectionIndex, PairIndex, ParamIndex, TriggerIndex};
use tokio::sync::{broadcast, oneshot, watch};

use crate::context::Inside;
use crate::element::Observation;
use crate::engine::{Call, Counters, Event, Snapshot, StreamEntry, Until, Values};
use crate::error::Error;
use crate::value::Value;

type Reply<T> = oneshot::Sender<T>;
type Done = Reply<Result<(), Error>>;

/// One call to an element.
pub(crate) enum Request {
    Get {
        param: ParamIndex,
        reply: Reply<Option<Value>>,
    },
    Set {
        param: ParamIndex,
        value: Value,
        reply: Done,
    },
    SetBy {
        param: ParamIndex,
        value: Value,
        user: Arc<str>,
        reply: Done,
    },
    /// Work of a queued hook.
    Inside(Inside),
    /// A run of a queued hook is over.
    QueuedEnded {
        call: Box<Call>,
        error: Option<String>,
    },
    CheckTrigger {
        trigger: TriggerIndex,
        reply: Done,
    },
    Reconnect {
        connection: ConnectionIndex,
        reply: Done,
    },
    Execute {
        pair: PairIndex,
        fill: Vec<(ParamIndex, Value)>,
        until: Until,
        reply: Reply<Result<Values, Error>>,
    },
    Watch {
        target: Target,
        reply: Reply<watch::Receiver<Observation>>,
    },
    Events {
        reply: Reply<broadcast::Receiver<Event>>,
    },
    Stream {
        reply: Reply<broadcast::Receiver<StreamEntry>>,
    },
    Snapshot {
        reply: Reply<Snapshot>,
    },
    Counters {
        reply: Reply<Counters>,
    },
    Pause {
        reply: Done,
    },
    Resume {
        reply: Done,
    },
    Stop {
        reply: Reply<()>,
    },
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Request")
    }
}

/// Something that can be watched.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Target {
    Param(ParamIndex),
    Pair(PairIndex),
    Connection(ConnectionIndex),
}
