//! What the engine asks for and tells.

use bytes::Bytes;
use genlock_spec::{AlarmLevel, ConnectionIndex, MessageType, PairIndex, ParamIndex, RequestIndex};

use super::event::{ElementState, Event};
use super::http::HttpRequest;
use super::input::Ticket;
use super::measure::Measure;
use super::opening::OpeningRequest;
use super::qactions::Call;
use super::record::HookStep;
use super::responses::Values;
use super::stream::StreamEntry;
use super::time::Time;
use crate::error::{Error, Reason};

/// One thing to do or to pass on, in this order.
#[derive(Debug)]
pub(crate) enum Output {
    /// Open the connection and send the opening request.
    Connect { connection: ConnectionIndex, attempt: u32, request: Box<OpeningRequest> },
    /// Send one message; answer with [`Input::Sent`](super::Input::Sent). There is at most one on its way.
    Send { connection: ConnectionIndex, kind: MessageType, data: Bytes },
    /// Send a ping; answer with [`Input::Pong`](super::Input::Pong) when a pong comes.
    Ping { connection: ConnectionIndex },
    /// Start the closing handshake; answer with [`Input::Lost`](super::Input::Lost) when it is over.
    Close { connection: ConnectionIndex, code: u16 },
    /// Drop the socket, or the attempt to open it, without a word. No answer is expected.
    Abort { connection: ConnectionIndex },
    /// Send an HTTP request; answer with [`Input::Answered`](super::Input::Answered) or
    /// [`Input::RequestFailed`](super::Input::RequestFailed). There is at most one on its way.
    Request {
        connection: ConnectionIndex,
        number: u64,
        #[cfg_attr(not(feature = "sim"), expect(dead_code, reason = "only a trace names the request of the file"))]
        index: RequestIndex,
        request: Box<HttpRequest>,
    },
    /// Give up the request that is on its way. No answer is expected.
    AbandonRequest { connection: ConnectionIndex },
    /// No request follows for now: close what is open for them (HTTP-02).
    EndRequests { connection: ConnectionIndex },
    /// Keep the value of a saved parameter (SAVE-02), or forget it.
    Save { pid: u32, value: Option<Bytes> },
    /// A watched parameter has another value, or was set to the same one.
    Param(ParamIndex),
    /// A watched pair has another state.
    Pair { pair: PairIndex, phase: PairPhase },
    /// The connection has another state.
    Connection(ConnectionIndex),
    /// The element has another state.
    Element(ElementState),
    /// A monitored parameter has another alarm level.
    Alarm { from: AlarmLevel, to: AlarmLevel },
    /// The answer to an [`Input::Execute`](super::Input::Execute).
    Done { ticket: Ticket, result: Result<Values, Error> },
    /// Run a queued QAction beside the element; answer with [`Input::QueuedEnded`](super::Input::QueuedEnded).
    StartQueued(Box<Call>),
    /// A line of the stream log; only when wanted.
    Stream(StreamEntry),
    /// Something happened; only when wanted.
    Event(Event),
    /// Something to count; only when wanted.
    Measured(Measure),
    /// A hook did something; only when the run is recorded.
    #[cfg_attr(not(feature = "sim"), expect(dead_code, reason = "only a record of a run reads it"))]
    Hook(HookStep),
    /// The element has stopped; nothing follows.
    Stopped,
    /// Nothing more to do until the given moment, or the next input.
    #[cfg_attr(not(any(feature = "sim", test)), expect(dead_code, reason = "the shell takes outputs and waits apart"))]
    Timeout(Option<Time>),
}

/// Where a pair is, as the engine knows it; [`PairState`](crate::PairState) is its typed form.
#[derive(Clone, Debug, Default)]
pub(crate) enum PairPhase {
    /// Not queued.
    #[default]
    Idle,
    /// Waiting in the queue.
    Queued,
    /// The command was handed to the socket for the `attempt`-th time.
    Sent { attempt: u32 },
    /// It ended well; a pair without response when its command was sent.
    Answered(Values),
    /// No answer came, retries included.
    TimedOut,
    /// It could not be sent, or the connection was lost.
    Failed(Reason),
}
