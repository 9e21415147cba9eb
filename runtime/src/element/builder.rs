//! [`ElementBuilder`]: an operator's settings of an element, and its start.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::setup::Setup;
use super::{AnyElement, Element, Events};
use crate::context::EntryPoints;
use crate::correlation::{Correlation, PossibleAnswer};
use crate::error::Error;
use crate::handle::{Connection, Pair, Param, Protocol, Response};
use crate::host::Planned;
use crate::settings::{AlarmDelays, ConnectionSettings, LogLevels, Reconnect};
use crate::store::Store;
use crate::value::IntoValue;

/// The name of an element.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name(Arc<str>);

impl Name {
    pub(super) fn into_shared(self) -> Arc<str> {
        self.0
    }
}

impl From<&str> for Name {
    fn from(name: &str) -> Self {
        Self(name.into())
    }
}

impl From<String> for Name {
    fn from(name: String) -> Self {
        Self(name.into())
    }
}

/// An element that has not started: its settings. Made by the `element` function of generated code.
///
/// ```no_run
/// # mod lamp { genlock::include_protocol!("docs/lamp.xml"); }
/// # struct Driver;
/// #
/// # impl lamp::QActions for Driver {
/// #     fn parse_answer(_: &mut lamp::Context<'_, Self>) -> genlock::HookResult {
/// #         Ok(())
/// #     }
/// # }
/// # async fn example() -> Result<(), genlock::Error> {
/// use std::time::Duration;
/// use genlock::{Backoff, MemoryStore, Reconnect};
///
/// let element = lamp::element("lamp 1", Driver)
///     .connection(lamp::connections::LINK, |link| {
///         link.host("ws://127.0.0.1").port(8050).timeout(Duration::from_secs(2))
///     })
///     .reconnect(Reconnect::Automatic(Backoff::default().cap(Duration::from_secs(20))))
///     .set(lamp::params::LEVEL, 50)
///     .store(MemoryStore::default())
///     .start()
///     .await?;
/// # element.stop().await
/// # }
/// ```
#[must_use = "the element runs when `start` is awaited"]
pub struct ElementBuilder<P, S> {
    setup: Setup,
    state: S,
    protocol: PhantomData<fn() -> P>,
}

impl<P, S> ElementBuilder<P, S> {
    pub(crate) fn new(name: Name, state: S) -> Self {
        Self { setup: Setup::new(name.into_shared()), state, protocol: PhantomData }
    }

    /// Sets what the operator knows of a connection: its host, port and so on. A second call for the same connection
    /// goes on from the first.
    pub fn connection(
        mut self,
        connection: Connection<P>,
        set: impl FnOnce(ConnectionSettings) -> ConnectionSettings,
    ) -> Self {
        self.setup.connection(connection.index(), set);
        self
    }

    /// Sets how lost connections come back, for all that do not say it themselves.
    pub fn reconnect(mut self, reconnect: Reconnect) -> Self {
        self.setup.reconnect = Some(reconnect);
        self
    }

    /// Gives a parameter a value before the element starts. It wins over a stored value and over the default, and is
    /// no change event (LIFE-14).
    pub fn set<T>(mut self, param: Param<P, T>, value: impl IntoValue<T>) -> Self {
        self.setup.presets.push((param.index(), value.into_value()));
        self
    }

    /// Sets where the values of saved parameters are kept (SAVE-02). Without a store they last as long as the element.
    pub fn store(mut self, store: impl Store) -> Self {
        self.setup.store = Some(Box::new(store));
        self
    }

    /// Sets how long the alarm levels of a parameter must last before they are told (ALM-16). A second call for the same
    /// parameter replaces the first.
    pub fn alarm_delays<T>(mut self, param: Param<P, T>, delays: AlarmDelays) -> Self {
        self.setup.alarm_delays(param.index(), delays);
        self
    }

    /// Sets which lines of hooks are logged (QA-48).
    pub fn log_levels(mut self, levels: LogLevels) -> Self {
        self.setup.log_levels = levels;
        self
    }

    /// Sets whether points of trends are told as [`Event::Trend`](crate::Event::Trend): every change of a parameter that
    /// is trended, and what each five minutes by the clock had of it (TRD-02, TRD-03). By default they are not.
    pub fn trends(mut self, wanted: bool) -> Self {
        self.setup.trends = wanted;
        self
    }

    /// Makes every message that `response` takes an event of its parameters, also when it brings the values that they have
    /// (BEY-20), and drops none as a repetition. By default an equal value is no event, so that a driver has to clear the
    /// parameter in time (PARAM-61, RSP-19).
    ///
    /// ```
    /// # mod lamp { genlock::include_protocol!("docs/lamp.xml"); }
    /// # fn example<S: lamp::QActions>(lamp: genlock::ElementBuilder<lamp::Protocol, S>) {
    /// let lamp = lamp.every_message(lamp::responses::ANSWER); // two equal answers run the hook twice
    /// # }
    /// ```
    pub fn every_message<R>(mut self, response: Response<P, R>) -> Self {
        self.setup.every_message.push(response.index());
        self
    }

    /// Sets what says whether a message is the answer to a pair's command (BEY-23). It is asked about each message that
    /// comes on the pair's connection while the pair waits. One that it does not take is handled as if no pair waited, and
    /// the pair goes on waiting. Without it, the first message that matches one of the pair's responses is the answer, also
    /// when the device sent it unasked (RSP-04).
    ///
    /// It runs on the element's task, so it should not take long. If it panics, the message may answer the pair. A second
    /// call for the same pair replaces the first.
    ///
    /// ```
    /// # mod lamp { genlock::include_protocol!("docs/lamp.xml"); }
    /// # fn example<S: lamp::QActions>(lamp: genlock::ElementBuilder<lamp::Protocol, S>) {
    /// // The device begins its answers with the number that the command begins with.
    /// let lamp = lamp.correlate(lamp::pairs::ASK, |possible| {
    ///     let number = |text: &str| text.split(' ').next().map(str::to_owned);
    ///     number(possible.command_text()) == number(possible.message_text())
    /// });
    /// # }
    /// ```
    pub fn correlate<C>(
        mut self,
        pair: Pair<P, C>,
        is_answer: impl FnMut(PossibleAnswer<'_>) -> bool + Send + 'static,
    ) -> Self {
        self.setup.correlate(pair.index(), Correlation::new(is_answer));
        self
    }

    /// Sets the seed of all randomness: the jitter of waits, random timers, handshake keys. By default it is random.
    pub fn seed(mut self, seed: u64) -> Self {
        self.setup.seed = Some(seed);
        self
    }

    /// Writes down the run: the settings, everything that the element is told and what its hooks do. The record replays
    /// with [`sim::replay`](crate::sim::replay) or `genlock simulate --replay`, without hooks and without a device, and
    /// gives the same trace.
    ///
    /// The element's task writes a line for each input, so give a writer that does not block for long, such as a
    /// `BufWriter` of a file. A record has all messages as they came; only the values of secret parameters are left out.
    /// It grows as long as the element runs.
    ///
    /// ```no_run
    /// # mod lamp { genlock::include_protocol!("docs/lamp.xml"); }
    /// # struct Driver;
    /// #
    /// # impl lamp::QActions for Driver {
    /// #     fn parse_answer(_: &mut lamp::Context<'_, Self>) -> genlock::HookResult {
    /// #         Ok(())
    /// #     }
    /// # }
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// let file = std::fs::File::create("lamp.record.jsonl")?;
    /// let element = lamp::element("lamp 1", Driver)
    ///     .connection(lamp::connections::LINK, |link| link.host("ws://127.0.0.1").port(8050))
    ///     .record(std::io::BufWriter::new(file))
    ///     .start()
    ///     .await?;
    /// # Ok(element.stop().await?)
    /// # }
    /// ```
    #[cfg(feature = "sim")]
    pub fn record(mut self, out: impl std::io::Write + Send + 'static) -> Self {
        self.setup.record = Some(Box::new(out));
        self
    }

    /// Sets what carries the bytes, for tests.
    #[cfg(test)]
    pub(crate) fn dial(mut self, dial: crate::shell::Dial) -> Self {
        self.setup.dial = Some(dial);
        self
    }
}

impl<P: Protocol + EntryPoints<S>, S: Send + 'static> ElementBuilder<P, S> {
    /// Starts the element on the tokio runtime that this is called on. It is ready when this returns; its connections
    /// open by themselves (CONN-24).
    ///
    /// # Errors
    /// The connector has parts that this version of genlock does not run ([`Error::Unserved`](crate::Error::Unserved));
    /// a connection has no host and no dynamic-ip parameter that could give it one, or this is not awaited on tokio
    /// ([`Error::Settings`](crate::Error::Settings)); a value that was set does not fit its parameter
    /// ([`Error::Value`](crate::Error::Value)).
    #[expect(clippy::unused_async, reason = "a start that has to wait, say for a store, must not change the signature")]
    pub async fn start(self) -> Result<Element<P>, Error> {
        self.start_now().map(Element::new)
    }

    fn start_now(self) -> Result<AnyElement, Error> {
        let (element, task) = self.setup.prepare::<P, S>(P::spec(), self.state)?;
        task.launch();
        Ok(element)
    }

    /// Starts the element like [`start`](Self::start), and listens from its first event on, the first attempt to connect
    /// included; [`Element::events`] begins later.
    ///
    /// # Errors
    /// Those of [`start`](Self::start).
    #[expect(clippy::unused_async, reason = "a start that has to wait, say for a store, must not change the signature")]
    pub async fn start_with_events(self) -> Result<(Element<P>, Events), Error> {
        let (element, mut task) = self.setup.prepare::<P, S>(P::spec(), self.state)?;
        let events = Events::new(task.listen());
        task.launch();
        Ok((Element::new(element), events))
    }

    /// Makes the element run in virtual time, with a peer that the caller plays: for tests of hooks.
    ///
    /// # Errors
    /// Those of [`start`](Self::start), but that tokio is not needed.
    #[cfg(feature = "sim")]
    pub fn simulate(mut self) -> Result<crate::sim::Simulation<P, S>, Error> {
        if self.setup.record.is_some() {
            return Err(self.setup.refused(
                "only live runs are recorded: a simulation can be run again; take the `record` out".to_owned(),
            ));
        }
        let options = self.setup.options(P::spec())?;
        crate::sim::Simulation::new(P::spec(), options, self.state)
    }
}

impl<P: Protocol + EntryPoints<S>, S: Send + 'static> From<ElementBuilder<P, S>> for Planned {
    fn from(mut element: ElementBuilder<P, S>) -> Self {
        Self::new(Arc::clone(&element.setup.name), move |defaults| {
            element.setup.defaults(defaults);
            element.start_now()
        })
    }
}

impl<P, S> fmt::Debug for ElementBuilder<P, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ElementBuilder").field("name", &self.setup.name).finish_non_exhaustive()
    }
}
