//! [`Element`]: a running driver, and how the program around it reaches it.

mod any;
mod builder;
mod connector;
mod entry;
mod events;
mod send;
mod setup;
mod status;
mod watch;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use tokio::sync::oneshot;

use crate::engine::{Counters, StreamEntry};
use crate::error::Error;
use crate::handle::{Connection, Pair, Param, Trigger};
use crate::shell::Request;
use crate::value::{IntoValue, ParamType, Value};

pub use self::any::AnyElement;
pub use self::builder::{ElementBuilder, Name};
pub use self::connector::{AnyElementBuilder, Connector};
pub use self::events::{Events, EventsError};
pub use self::send::{Answering, Send, Sendable, Sending};
pub use self::status::{AlarmCounts, ElementStatus};
pub(crate) use self::watch::Observation;
pub use self::watch::{ConnectionStatus, Watch, Watchable};

/// A running element of protocol `P`: one device.
///
/// It is cheap to clone. The element stops when [`stop`](Element::stop) is called or the last clone is dropped.
///
/// ```no_run
/// # mod lamp { genlock::include_protocol!("docs/lamp.xml"); }
/// # async fn example(element: lamp::Element) -> Result<(), genlock::Error> {
/// use lamp::{pairs, params, values::Power};
///
/// element.set(params::POWER, Power::On).await?;
/// let level: Option<f64> = element.get(params::LEVEL).await?; // None: not initialised
/// let answer = element.send(pairs::ASK).request("level").answer().await?;
/// println!("{level:?}, then {}", answer.answer);
/// element.stop().await?;
/// # Ok(())
/// # }
/// ```
pub struct Element<P> {
    any: AnyElement,
    protocol: PhantomData<fn() -> P>,
}

impl<P: 'static> Element<P> {
    pub(crate) fn new(any: AnyElement) -> Self {
        Self { any, protocol: PhantomData }
    }

    /// The element's name.
    pub fn name(&self) -> &str {
        self.any.name()
    }

    /// The parameter's value; `None` when it is not initialised (PARAM-06).
    ///
    /// The type is that of the parameter in the connector file: [`Text`](crate::Text), `f64`, or the enum of its
    /// discreets. Numbers have the unit that the documentation of the handle names.
    ///
    /// # Errors
    /// The element is stopped ([`Error::Stopped`]).
    pub async fn get<T: ParamType>(&self, param: Param<P, T>) -> Result<Option<T>, Error> {
        let value: Option<Value> = self.request(|reply| Request::Get { param: param.index(), reply }).await?;
        Ok(value.as_ref().map(T::from_value))
    }

    /// Sets a parameter as an operator does: always a change event, and done when everything that it causes is done
    /// (PARAM-141); only queued groups run later.
    ///
    /// # Errors
    /// The value does not fit the parameter ([`Error::Value`]), or the element is stopped ([`Error::Stopped`]).
    pub async fn set<T>(&self, param: Param<P, T>, value: impl IntoValue<T>) -> Result<(), Error> {
        let (param, value) = (param.index(), value.into_value());
        self.request(|reply| Request::Set { param, value, reply }).await?
    }

    /// Sets a parameter like [`set`](Element::set), in the name of an operator, which hooks see as
    /// [`Context::user`](crate::Context::user) (QA-51): the full name, or else the login name.
    ///
    /// # Errors
    /// Those of [`set`](Element::set).
    pub async fn set_by<T>(
        &self,
        user: impl Into<Arc<str>>,
        param: Param<P, T>,
        value: impl IntoValue<T>,
    ) -> Result<(), Error> {
        let (user, param, value) = (user.into(), param.index(), value.into_value());
        self.request(|reply| Request::SetBy { param, value, user, reply }).await?
    }

    /// Runs a trigger, whatever its On and Time say (QA-42).
    ///
    /// # Errors
    /// The trigger is on the timeout of a parameter ([`Error::TriggerRefused`]), or the element is stopped
    /// ([`Error::Stopped`]).
    pub async fn check_trigger(&self, trigger: Trigger<P>) -> Result<(), Error> {
        self.request(|reply| Request::CheckTrigger { trigger: trigger.index(), reply }).await?
    }

    /// Closes the connection and opens it again, or opens it at once when it is closed (BEY-03).
    ///
    /// # Errors
    /// The element is stopped.
    pub async fn reconnect(&self, connection: Connection<P>) -> Result<(), Error> {
        self.request(|reply| Request::Reconnect { connection: connection.index(), reply }).await?
    }

    /// Fills in a pair's command and queues the pair, in one step: what another call sets in between does not get
    /// into this command (BEY-32).
    ///
    /// What it gives has one method a parameter of the command; a parameter that is left out is sent as it is. Awaiting
    /// it waits until the command was handed to the open socket; `.answer().await` waits for the answer.
    ///
    /// ```no_run
    /// # mod lamp { genlock::include_protocol!("docs/lamp.xml"); }
    /// # async fn example(element: lamp::Element) -> Result<(), genlock::Error> {
    /// use lamp::pairs;
    ///
    /// element.send(pairs::ASK).request("level").await?; // sent
    /// let answer = element.send(pairs::ASK).request("power").answer().await?; // sent and answered
    /// println!("{}", answer.answer);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Of what is awaited: the command was not sent ([`Error::NotSent`]), no answer came in time ([`Error::TimedOut`]) or
    /// before the connection was lost ([`Error::ConnectionLost`]), a value does not fit its parameter ([`Error::Value`]),
    /// or the element is stopped ([`Error::Stopped`]).
    pub fn send<C: Sendable<Protocol = P>>(&self, pair: Pair<P, C>) -> C {
        C::from_send(Send::new(self.clone(), pair.index()))
    }

    /// Queues a pair with the values that its parameters have, and waits for the answer: the values of the response's
    /// parameters at the moment of the match.
    ///
    /// While the pair waits, the first message that matches one of its responses is taken as the answer, also when the
    /// device sent it unasked (RSP-04); [`ElementBuilder::correlate`] tells the two apart.
    ///
    /// ```no_run
    /// # mod lamp { genlock::include_protocol!("docs/lamp.xml"); }
    /// # async fn example(element: lamp::Element) -> Result<(), genlock::Error> {
    /// let answer = element.execute(lamp::pairs::ASK).await?;
    /// println!("{}", answer.answer);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Those of [`send`](Element::send).
    pub async fn execute<C: Sendable<Protocol = P>>(&self, pair: Pair<P, C>) -> Result<C::Answer, Error> {
        Send::new(self.clone(), pair.index()).answer().await
    }

    /// Watches a parameter, a pair or a connection: the watch has the state of now and every later one, or the latest
    /// when several came between two looks.
    ///
    /// ```no_run
    /// # mod lamp { genlock::include_protocol!("docs/lamp.xml"); }
    /// # async fn example(element: lamp::Element) -> Result<(), genlock::Error> {
    /// use genlock::{ConnectionState, PairState};
    ///
    /// element.watch(lamp::connections::LINK).wait_for(|link| link.state == ConnectionState::Open).await?;
    ///
    /// let mut levels = element.watch(lamp::params::LEVEL);
    /// let bright = levels.wait_for(|level| *level > 80.0).await?;
    /// let next = levels.changed().await?;
    /// println!("{bright} %, then {next} %");
    ///
    /// let answered = element.watch(lamp::pairs::ASK).wait_for(|state| matches!(state, PairState::Answered(_))).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn watch<W: Watchable<P>>(&self, watched: W) -> Watch<W::State> {
        Watch::new(self.any.shared_name(), self.any.weak_mailbox(), watched.observed(), W::read)
    }

    /// What happens in the element from now on; [`ElementBuilder::start_with_events`] begins at the start.
    ///
    /// ```no_run
    /// # mod lamp { genlock::include_protocol!("docs/lamp.xml"); }
    /// # async fn example(element: lamp::Element) -> Result<(), genlock::Error> {
    /// use genlock::{Event, EventsError};
    ///
    /// let mut events = element.events().await?;
    /// loop {
    ///     match events.next().await {
    ///         Ok(Event::Log { level, text }) => println!("{level:?}: {text}"),
    ///         Ok(_) => {}
    ///         Err(EventsError::Missed(count)) => println!("{count} events were missed"),
    ///         Err(_) => break, // the element is stopped
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The element is stopped.
    pub async fn events(&self) -> Result<Events, Error> {
        self.any.events().await
    }

    /// The element's stream log from now on: every message that is sent and received, and of one that no response
    /// matches, where each of them failed (BEY-24). The same goes to `tracing`, target `genlock::stream`, at level DEBUG.
    /// Nothing is gathered while nobody asks for either.
    ///
    /// ```no_run
    /// # mod lamp { genlock::include_protocol!("docs/lamp.xml"); }
    /// # async fn example(element: lamp::Element) -> Result<(), genlock::Error> {
    /// use genlock::StreamEntry;
    ///
    /// let mut stream = element.stream().await?;
    /// while let Ok(entry) = stream.next().await {
    ///     if let StreamEntry::Unmatched { candidates, .. } = entry {
    ///         candidates.iter().for_each(|candidate| println!("{candidate}"));
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The element is stopped.
    pub async fn stream(&self) -> Result<Events<StreamEntry>, Error> {
        self.any.stream().await
    }

    /// The state of the element, of its connections and of its alarms. It is kept beside the element: this neither waits
    /// for it nor holds it up, also while a hook does.
    ///
    /// ```no_run
    /// # mod lamp { genlock::include_protocol!("docs/lamp.xml"); }
    /// # fn example(element: lamp::Element) {
    /// let status = element.status();
    /// println!("{:?}, worst alarm: {:?}", status.state, status.alarms.worst());
    /// for link in &status.connections {
    ///     println!("connection {}: {} ({})", link.id, link.state, link.reason);
    /// }
    /// # }
    /// ```
    pub fn status(&self) -> ElementStatus {
        self.any.status()
    }

    /// What the element has done since it was started.
    ///
    /// # Errors
    /// The element is stopped.
    pub async fn counters(&self) -> Result<Counters, Error> {
        self.any.counters().await
    }

    /// Pauses the element: nothing is sent and no timer ticks until [`resume`](Element::resume). Connections stay as they
    /// are, and what comes on them is discarded and counted (LIFE-31). A pair that waits for its answer is given up with
    /// [`Error::Paused`]; groups and pairs in the queue stay there. Parameters can be set, and what that triggers runs.
    ///
    /// ```no_run
    /// # mod lamp { genlock::include_protocol!("docs/lamp.xml"); }
    /// # async fn example(element: lamp::Element) -> Result<(), genlock::Error> {
    /// element.pause().await?;
    /// // The device is serviced; nobody polls it.
    /// element.resume().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The element is stopped.
    pub async fn pause(&self) -> Result<(), Error> {
        self.any.pause().await
    }

    /// A paused element goes on: the queue runs, ticks that fell into the pause come now, each timer's once, and lost
    /// connections are made again. The `after startup` triggers do not run (LIFE-16).
    ///
    /// # Errors
    /// The element is stopped.
    pub async fn resume(&self) -> Result<(), Error> {
        self.any.resume().await
    }

    /// Stops the element: pairs that wait are told, connections are closed with 1001, and after at most a second it
    /// is done (LIFE-32, LIFE-41, BEY-14).
    ///
    /// # Errors
    /// None today; an element that is stopped already stays so.
    pub async fn stop(&self) -> Result<(), Error> {
        self.any.stop().await
    }

    async fn request<T>(&self, make: impl FnOnce(oneshot::Sender<T>) -> Request) -> Result<T, Error> {
        self.any.request(make).await
    }
}

impl<P> Clone for Element<P> {
    fn clone(&self) -> Self {
        Self { any: self.any.clone(), protocol: PhantomData }
    }
}

impl<P> fmt::Debug for Element<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Element").field("name", &self.any.name()).finish_non_exhaustive()
    }
}
