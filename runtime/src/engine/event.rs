//! What an element tells those who listen.

use std::borrow::Cow;
use std::time::SystemTime;

use genlock_spec::AlarmLevel;

use super::connection::ConnectionState;
use super::trends::TrendWindow;
use crate::value::Value;

/// One thing that happened in an element. Ids are those of the connector file.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// The element's state changed.
    Element {
        /// The new state.
        state: ElementState,
    },
    /// A connection's state changed.
    Connection {
        /// The connection's id.
        id: u32,
        /// The new state.
        state: ConnectionState,
        /// Why it is closed, or what was agreed on for an open one.
        reason: String,
    },
    /// An attempt to connect begins.
    Connect {
        /// The connection's id.
        id: u32,
        /// The address, without its query.
        url: String,
    },
    /// A parameter was stored.
    Param {
        /// The parameter's id.
        pid: u32,
        /// Its value; `None` when it was cleared, or is secret.
        value: Option<Value>,
        /// Whether this is a change event (PARAM-60).
        change: bool,
    },
    /// A trigger runs.
    Trigger {
        /// The trigger's id.
        id: u32,
    },
    /// An action runs.
    Action {
        /// The action's id.
        id: u32,
    },
    /// A QAction runs.
    QAction {
        /// The QAction's id.
        id: u32,
        /// The parameter that runs it.
        pid: u32,
        /// What it is given (`inputParameters`, QA-20); `None` for what is not initialised, or secret.
        inputs: Vec<Option<Value>>,
    },
    /// A QAction returned an error or panicked (QA-34).
    QActionFailed {
        /// The QAction's id.
        id: u32,
        /// The parameter that ran it.
        pid: u32,
        /// The error's text.
        error: String,
    },
    /// A group's state changed.
    Group {
        /// The group's id.
        id: i64,
        /// The new state.
        state: GroupState,
    },
    /// A pair's state changed.
    Pair {
        /// The pair's id.
        id: u32,
        /// The new state.
        outcome: PairOutcome,
    },
    /// A response was tried.
    Response {
        /// The response's id.
        id: u32,
        /// Whether it matched the whole message.
        matched: bool,
    },
    /// An HTTP request is sent.
    Request {
        /// The session's id.
        session: u32,
        /// The request's id (`Session/Connection@id`).
        request: u32,
        /// The connection's id.
        connection: u32,
        /// The verb.
        verb: String,
        /// The address, without its query.
        url: String,
    },
    /// What became of an HTTP request.
    Answer {
        /// The session's id.
        session: u32,
        /// The request's id.
        request: u32,
        /// The outcome.
        outcome: RequestOutcome,
    },
    /// A message is handed to the socket.
    Send {
        /// The connection's id.
        id: u32,
        /// The message; `None` when one of its parameters is secret.
        message: Option<Value>,
    },
    /// The element closes a connection.
    Close {
        /// The connection's id.
        id: u32,
        /// The close code.
        code: u16,
    },
    /// A monitored parameter has another alarm level.
    Alarm {
        /// The parameter's id.
        pid: u32,
        /// The new level.
        level: AlarmLevel,
    },
    /// A parameter has a value that the connector file wants told (`Alarm/Info`, ALM-11). It is no alarm.
    Information {
        /// The parameter's id.
        pid: u32,
        /// The value; `None` when it is secret.
        value: Option<Value>,
    },
    /// A point of a parameter's trend; only when [`ElementBuilder::trends`](crate::ElementBuilder::trends) asks for
    /// them (TRD-06).
    Trend {
        /// The parameter's id.
        pid: u32,
        /// The point.
        point: TrendPoint,
    },
    /// A hook has a message for the operator whose set runs it (QA-53).
    Message {
        /// The operator's name; empty when the set came without one.
        user: String,
        /// The message.
        text: String,
    },
    /// A line of the element's log.
    Log {
        /// How serious it is.
        level: LogLevel,
        /// The line.
        text: String,
    },
}

/// A point of a trend.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum TrendPoint {
    /// The value changed (TRD-02).
    Value {
        /// When.
        at: SystemTime,
        /// To what; of an exception, the value that the connector file gives it.
        value: Value,
    },
    /// Five minutes by the clock are over (TRD-03).
    Window(TrendWindow),
}

/// The state of an element (LIFE-30, LIFE-50).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ElementState {
    /// It runs, and its connections answer.
    Active,
    /// One of its connections has been down for TimeoutTimeElement (LIFE-53).
    Timeout,
    /// It neither sends nor takes messages until it is resumed (LIFE-31).
    Paused,
    /// It has stopped.
    Stopped,
}

/// Where a group is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GroupState {
    /// It waits in the queue.
    Queued,
    /// Its first item is about to run.
    Started,
    /// Its last item is done.
    Done,
    /// Its condition was false when its turn came (GRP-11).
    Skipped,
}

/// Where a pair is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PairOutcome {
    /// It waits in the queue.
    Queued,
    /// Its command was handed to the socket.
    Sent,
    /// It ended well (TRG-14).
    Succeeded,
    /// An attempt got no answer in time (TRG-15).
    Timeout,
    /// It was given up (TRG-16).
    Failed(Cow<'static, str>),
}

/// What became of an HTTP request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequestOutcome {
    /// It was answered with this status.
    Answered {
        /// The status.
        status: u16,
    },
    /// The answer was a redirect, which is followed.
    Redirected {
        /// The status.
        status: u16,
    },
    /// It has to log in another way, and is sent again so (HTTP-40).
    LoginAsked {
        /// The status.
        status: u16,
    },
    /// An attempt got no answer; the text is the one that the parameter of the status line is told in the end (HTTP-21).
    Failed(Cow<'static, str>),
}

/// How serious a line of the log is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum LogLevel {
    /// What helps to find a fault of the driver.
    Debug,
    /// What somebody following along wants to know.
    Information,
    /// What may surprise.
    Warning,
    /// What went wrong.
    Error,
}
