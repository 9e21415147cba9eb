//! A driver in virtual time: its own hooks, and a peer that the test plays.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use bytes::Bytes;
use genlock_spec::{ConnectionIndex, MessageType, Spec};

use super::clockwork::Clockwork;
use super::driven::{Driven, Runs};
use super::peer::{self, Fault};
use super::trace::TraceLine;
use crate::context::EntryPoints;
use crate::engine::{Counters, Input, Options};
use crate::error::Error;
use crate::handle::{Connection, Param, Trigger};
use crate::value::{IntoValue, ParamType, Text};

/// An element in virtual time, with the hooks of its driver; made by
/// [`ElementBuilder::simulate`](crate::ElementBuilder::simulate). The test plays the peer and the operator, and reads
/// values, the hooks' state and the trace. It needs no tokio, no socket and no waiting.
///
/// ```
/// # mod lamp { genlock::include_protocol!("docs/lamp.xml"); }
/// use lamp::{connections, params};
///
/// struct Driver;
///
/// impl lamp::QActions for Driver {
///     fn parse_answer(cx: &mut lamp::Context<'_, Self>) -> genlock::HookResult {
///         let Some(answer) = cx.get(params::ANSWER) else { return Ok(()) };
///         cx.set(params::LEVEL, answer.parse::<f64>()?)
///     }
/// }
///
/// # fn main() -> Result<(), genlock::Error> {
/// let mut lamp = lamp::element("lamp 1", Driver)
///     .connection(connections::LINK, |link| link.host("ws://127.0.0.1").port(8050))
///     .simulate()?;
/// lamp.accept(connections::LINK);
/// lamp.receive(connections::LINK, "75");
/// assert_eq!(lamp.get(params::LEVEL), Some(75.0));
/// # Ok(())
/// # }
/// ```
pub struct Simulation<P, S> {
    clockwork: Clockwork<'static>,
    state: S,
    runs: Runs,
    trace: Vec<TraceLine>,
    now: Duration,
    protocol: PhantomData<fn() -> P>,
}

impl<P: EntryPoints<S>, S: Send + 'static> Simulation<P, S> {
    /// An element that has just started.
    pub(crate) fn new(spec: &Spec<'static>, options: Options, state: S) -> Result<Self, Error> {
        let clockwork = Clockwork::new(spec, options, 0)?;
        let runs = Runs::new();
        let mut simulation =
            Self { clockwork, state, runs, trace: Vec::new(), now: Duration::ZERO, protocol: PhantomData };
        simulation.input(Input::Start)?;
        Ok(simulation)
    }

    /// The peer answers the pending handshake with 101. Without one, nothing happens.
    pub fn accept(&mut self, connection: Connection<P>) {
        let (connection, attempt) = self.attempt(connection);
        self.happens(peer::accepted(connection, attempt, false));
    }

    /// The peer refuses the pending handshake with an HTTP status.
    pub fn refuse(&mut self, connection: Connection<P>, status: u16) {
        let (connection, attempt) = self.attempt(connection);
        self.happens(peer::refused(connection, attempt, status, peer::asking(None)));
    }

    /// The peer refuses the pending handshake with an HTTP status, and asks to be left alone for a while
    /// (`Retry-After`).
    pub fn refuse_for(&mut self, connection: Connection<P>, status: u16, retry_after: Duration) {
        let (connection, attempt) = self.attempt(connection);
        self.happens(peer::refused(connection, attempt, status, peer::asking(Some(retry_after))));
    }

    /// A text message comes. A [`Text`] is handed over as it is; a `&str` is copied.
    pub fn receive(&mut self, connection: Connection<P>, text: impl Into<Text>) {
        self.receive_data(connection, MessageType::Text, text.into().into_bytes());
    }

    /// A binary message comes.
    pub fn receive_binary(&mut self, connection: Connection<P>, bytes: impl Into<Bytes>) {
        self.receive_data(connection, MessageType::Binary, bytes.into());
    }

    fn receive_data(&mut self, connection: Connection<P>, kind: MessageType, data: Bytes) {
        let (connection, attempt) = self.attempt(connection);
        self.happens(peer::received(connection, attempt, kind, data));
    }

    /// The peer closes the connection with a close code.
    pub fn close(&mut self, connection: Connection<P>, code: u16) {
        let (connection, attempt) = self.attempt(connection);
        self.happens(peer::closed(connection, attempt, Some(code), ""));
    }

    /// The connection is gone without a word.
    pub fn cut(&mut self, connection: Connection<P>) {
        let (connection, attempt) = self.attempt(connection);
        self.happens(peer::dropped(connection, attempt));
    }

    /// Something goes wrong on a connection.
    pub fn fault(&mut self, connection: Connection<P>, fault: Fault) {
        let mut hooks = Driven::<P, S> { state: &mut self.state, runs: &mut self.runs, protocol: PhantomData };
        self.clockwork.fault(connection.index(), fault, &mut hooks, &mut |line| self.trace.push(line));
        self.clockwork.run_due(&mut hooks, &mut |line| self.trace.push(line));
    }

    /// The server answers the request that the session with this id waits for. Without one, nothing happens.
    pub fn answer(&mut self, session: u32, status: u16, headers: &[(&str, &str)], body: &str) {
        let headers = headers.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
        if let Some(number) = self.clockwork.pending_request(session)
            && let Ok(answer) = super::run::answer(status, headers, body)
        {
            self.happens(Input::Answered { number, answer });
        }
    }

    /// Time passes: timers, waits and reconnects that fall into it happen.
    pub fn advance(&mut self, time: Duration) {
        self.now = self.now.saturating_add(time);
        let at = u64::try_from(self.now.as_millis()).unwrap_or(u64::MAX);
        let mut hooks = Driven::<P, S> { state: &mut self.state, runs: &mut self.runs, protocol: PhantomData };
        self.clockwork.advance(at, &mut hooks, &mut |line| self.trace.push(line));
        self.clockwork.run_due(&mut hooks, &mut |line| self.trace.push(line));
    }

    /// An operator sets a parameter (PARAM-140).
    ///
    /// # Errors
    /// The value does not fit the parameter, or the element has stopped.
    pub fn set<T>(&mut self, param: Param<P, T>, value: impl IntoValue<T>) -> Result<(), Error> {
        self.input(Input::Set { param: param.index(), value: value.into_value() })
    }

    /// An operator with a name sets a parameter (QA-51).
    ///
    /// # Errors
    /// The value does not fit the parameter, or the element has stopped.
    pub fn set_by<T>(&mut self, user: &str, param: Param<P, T>, value: impl IntoValue<T>) -> Result<(), Error> {
        self.input(Input::SetBy { param: param.index(), value: value.into_value(), user: user.into() })
    }

    /// An operator calls a trigger.
    ///
    /// # Errors
    /// The trigger is on the timeout of a parameter, or the element has stopped.
    pub fn check_trigger(&mut self, trigger: Trigger<P>) -> Result<(), Error> {
        self.input(Input::CheckTrigger { trigger: trigger.index() })
    }

    /// An operator reconnects.
    ///
    /// # Errors
    /// The element has stopped.
    pub fn reconnect(&mut self, connection: Connection<P>) -> Result<(), Error> {
        self.input(Input::Reconnect { connection: connection.index() })
    }

    /// The element pauses, as [`Element::pause`](crate::Element::pause) has it.
    ///
    /// # Errors
    /// It has stopped.
    pub fn pause(&mut self) -> Result<(), Error> {
        self.input(Input::Pause)
    }

    /// A paused element goes on.
    ///
    /// # Errors
    /// It has stopped.
    pub fn resume(&mut self) -> Result<(), Error> {
        self.input(Input::Resume)
    }

    /// The element stops.
    ///
    /// # Errors
    /// It has stopped before.
    pub fn stop(&mut self) -> Result<(), Error> {
        self.input(Input::Stop)
    }

    /// A parameter's value; `None` when it is not initialised.
    pub fn get<T: ParamType>(&self, param: Param<P, T>) -> Option<T> {
        self.clockwork.engine().value(param.index()).map(T::from_value)
    }

    /// What the element has done since it was made.
    pub fn counters(&self) -> Counters {
        *self.clockwork.engine().counters()
    }

    /// The state that the hooks work on.
    pub fn state(&self) -> &S {
        &self.state
    }

    /// Whether what happens is written down, as it is at first. Without a trace the element costs what it costs in a
    /// running driver.
    pub fn keep_trace(&mut self, keep: bool) {
        self.clockwork.set_traced(keep);
    }

    /// What happened since the last call.
    pub fn take_trace(&mut self) -> Vec<TraceLine> {
        std::mem::take(&mut self.trace)
    }

    fn attempt(&self, connection: Connection<P>) -> (ConnectionIndex, u32) {
        (connection.index(), self.clockwork.attempt(connection.index()))
    }

    /// Something happens that nobody asked for; a stopped element does not mind it.
    fn happens(&mut self, input: Input) {
        let _ = self.input(input);
    }

    fn input(&mut self, input: Input) -> Result<(), Error> {
        let mut hooks = Driven::<P, S> { state: &mut self.state, runs: &mut self.runs, protocol: PhantomData };
        let result = self.clockwork.input(input, &mut hooks, &mut |line| self.trace.push(line));
        self.clockwork.run_due(&mut hooks, &mut |line| self.trace.push(line));
        result
    }
}

impl<P, S> fmt::Debug for Simulation<P, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Simulation").field("now", &self.now).finish_non_exhaustive()
    }
}
