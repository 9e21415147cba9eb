//! What an [`Element`](crate::Element) asks its task.

use std::fmt;
use std::sync::Arc;

use genlock_spec::{ConnectionIndex, PairIndex, ParamIndex, TriggerIndex};
use tokio::sync::{broadcast, oneshot, watch};

use crate::context::Inside;
use crate::element::Observation;
use crate::engine::{Call, Counters, Event, Until, Values};
use crate::error::Error;
use crate::value::Value;

type Reply<T> = oneshot::Sender<T>;

/// One call to an element.
pub(crate) enum Request {
    Get {
        param: ParamIndex,
        reply: Reply<Option<Value>>,
    },
    Set {
        param: ParamIndex,
        value: Value,
        reply: Reply<Result<(), Error>>,
    },
    CheckTrigger {
        trigger: TriggerIndex,
        reply: Reply<Result<(), Error>>,
    },
    Reconnect {
        connection: ConnectionIndex,
        reply: Reply<Result<(), Error>>,
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
    /// Work of a queued hook.
    Inside(Inside),
    /// A run of a queued hook is over.
    QueuedEnded {
        call: Box<Call>,
        error: Option<String>,
    },
    SetBy {
        param: ParamIndex,
        value: Value,
        user: Arc<str>,
        reply: Reply<Result<(), Error>>,
    },
    Counters {
        reply: Reply<Counters>,
    },
    Pause {
        reply: Reply<Result<(), Error>>,
    },
    Resume {
        reply: Reply<Result<(), Error>>,
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
