//! [`ElementBuilder`]: an operator's settings of an element, and its start.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use genlock_spec::{ConnectionIndex, ConnectionKind, PairIndex, ParamIndex, ResponseIndex, Table};
use tokio::runtime::Handle;

use super::{Element, Events};
use crate::context::EntryPoints;
use crate::correlation::{Correlation, PossibleAnswer};
use crate::engine::{ConnectionOptions, Engine, Options};
use crate::error::Error;
use crate::handle::{Connection, Pair, Param, Response};
use crate::settings::{AlarmDelays, ConnectionSettings, LogLevels, Reconnect};
use crate::shell::{self, Link, Task};
use crate::store::Store;
use crate::unserved;
use crate::value::{IntoValue, Value};
use crate::ws::{Limits, Network};

/// The name of an element.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name(Arc<str>);

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
    name: Name,
    state: S,
    connections: Vec<(ConnectionIndex, ConnectionSettings)>,
    reconnect: Reconnect,
    presets: Vec<(ParamIndex, Value)>,
    alarm_delays: Vec<(ParamIndex, AlarmDelays)>,
    trends: bool,
    log_levels: LogLevels,
    every_message: Vec<ResponseIndex>,
    correlations: Vec<(PairIndex, Correlation)>,
    seed: Option<u64>,
    store: Option<Box<dyn Store>>,
    #[cfg(feature = "sim")]
    record: Option<Box<dyn std::io::Write + Send>>,
    #[cfg(test)]
    dial: Option<shell::Dial>,
    protocol: PhantomData<fn() -> P>,
}

impl<P, S> ElementBuilder<P, S> {
    pub(crate) fn new(name: Name, state: S) -> Self {
        Self {
            name,
            state,
            connections: Vec::new(),
            reconnect: Reconnect::default(),
            presets: Vec::new(),
            alarm_delays: Vec::new(),
            trends: false,
            log_levels: LogLevels::default(),
            every_message: Vec::new(),
            correlations: Vec::new(),
            seed: None,
            store: None,
            #[cfg(feature = "sim")]
            record: None,
            #[cfg(test)]
            dial: None,
            protocol: PhantomData,
        }
    }

    /// Sets what the operator knows of a connection: its host, port and so on. A second call for the same connection
    /// goes on from the first.
    pub fn connection(
        mut self,
        connection: Connection<P>,
        set: impl FnOnce(ConnectionSettings) -> ConnectionSettings,
    ) -> Self {
        let index = connection.index();
        let position = self.connections.iter().position(|(known, _)| *known == index);
        let known = position.map(|position| self.connections.swap_remove(position).1);
        self.connections.push((index, set(known.unwrap_or_default())));
        self
    }

    /// Sets how lost connections come back, for all that do not say it themselves.
    pub fn reconnect(mut self, reconnect: Reconnect) -> Self {
        self.reconnect = reconnect;
        self
    }

    /// Gives a parameter a value before the element starts. It wins over a stored value and over the default, and is
    /// no change event (LIFE-14).
    pub fn set<T>(mut self, param: Param<P, T>, value: impl IntoValue<T>) -> Self {
        self.presets.push((param.index(), value.into_value()));
        self
    }

    /// Sets where the values of saved parameters are kept (SAVE-02). Without a store they last as long as the element.
    pub fn store(mut self, store: impl Store) -> Self {
        self.store = Some(Box::new(store));
        self
    }

    /// Sets how long the alarm levels of a parameter must last before they are told (ALM-16). A second call for the same
    /// parameter replaces the first.
    pub fn alarm_delays<T>(mut self, param: Param<P, T>, delays: AlarmDelays) -> Self {
        let index = param.index();
        self.alarm_delays.retain(|(known, _)| *known != index);
        self.alarm_delays.push((index, delays));
        self
    }

    /// Sets which lines of hooks are logged (QA-48).
    pub fn log_levels(mut self, levels: LogLevels) -> Self {
        self.log_levels = levels;
        self
    }

    /// Sets whether points of trends are told as [`Event::Trend`](crate::Event::Trend): every change of a parameter that
    /// is trended, and what each five minutes by the clock had of it (TRD-02, TRD-03). By default they are not.
    pub fn trends(mut self, wanted: bool) -> Self {
        self.trends = wanted;
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
        self.every_message.push(response.index());
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
        self.correlations.retain(|(known, _)| *known != pair.index());
        self.correlations.push((pair.index(), Correlation::new(is_answer)));
        self
    }

    /// Sets the seed of all randomness: the jitter of waits, random timers, handshake keys. By default it is random.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
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
        self.record = Some(Box::new(out));
        self
    }

    /// Sets what carries the bytes, for tests.
    #[cfg(test)]
    pub(crate) fn dial(mut self, dial: shell::Dial) -> Self {
        self.dial = Some(dial);
        self
    }
}

impl<P: EntryPoints<S>, S: Send + 'static> ElementBuilder<P, S> {
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
        let (element, task) = self.prepare()?;
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
        let (element, mut task) = self.prepare()?;
        let events = Events::new(task.listen());
        task.launch();
        Ok((element, events))
    }

    /// Makes the element run in virtual time, with a peer that the caller plays: for tests of hooks.
    ///
    /// # Errors
    /// Those of [`start`](Self::start), but that tokio is not needed.
    #[cfg(feature = "sim")]
    pub fn simulate(mut self) -> Result<crate::sim::Simulation<P, S>, Error> {
        if self.record.is_some() {
            return Err(Error::Settings {
                element: self.name.0.to_string(),
                reason: "only live runs are recorded: a simulation can be run again; take the `record` out".to_owned(),
            });
        }
        let options = self.options()?;
        crate::sim::Simulation::new(P::spec(), options, self.state)
    }

    fn prepare(mut self) -> Result<(Element<P>, Task<P, S>), Error> {
        let runtime = Handle::try_current().map_err(|_| Error::Settings {
            element: self.name.0.to_string(),
            reason: "elements run on tokio; await `start` inside `#[tokio::main]` or `Runtime::block_on`".to_owned(),
        })?;
        let options = self.options()?;
        let links = self.links()?;
        #[cfg(feature = "sim")]
        let recorder = self.recorder(&options)?;
        let engine = Engine::new(P::spec(), options)?;
        #[cfg_attr(not(feature = "sim"), expect(unused_mut, reason = "only a record changes it"))]
        let (mut task, mailbox) = shell::prepare(engine, self.state, links, self.store, runtime);
        #[cfg(feature = "sim")]
        if let Some(recorder) = recorder {
            task.record(recorder);
        }
        Ok((Element::new(self.name.0, mailbox), task))
    }

    /// What writes the record, with its first line written.
    #[cfg(feature = "sim")]
    fn recorder(&mut self, options: &Options) -> Result<Option<crate::sim::Recorder>, Error> {
        let recorder = self.record.take().map(|out| crate::sim::Recorder::new(out, P::spec(), options));
        recorder.transpose().map_err(|error| Error::Settings {
            element: self.name.0.to_string(),
            reason: format!("its record can't be written: {error}; check the writer that `record` was given"),
        })
    }

    /// What the connections run over.
    fn links(&self) -> Result<Table<ConnectionIndex, Link>, Error> {
        let spec = P::spec();
        Table::try_new(spec.connections.len(), |index| {
            let (row, settings) = (spec.connection(index), self.settings(index));
            let network = Network::new(row, &settings).map_err(|why| Error::Settings {
                element: self.name.0.to_string(),
                reason: format!("connection {} ({}): {why}", row.id, spec.text(row.name)),
            })?;
            let dial = shell::dial(network);
            #[cfg(test)]
            let dial = self.dial.clone().unwrap_or(dial);
            let mut limits = Limits::default();
            if let Some(message_bytes) = settings.message_limit {
                limits.message_bytes = message_bytes;
            }
            Ok(Link::new(dial, limits))
        })
    }

    /// The operator's settings of a connection.
    fn settings(&self, index: ConnectionIndex) -> ConnectionSettings {
        let own = self.connections.iter().find(|(connection, _)| *connection == index);
        own.map(|(_, settings)| settings.clone()).unwrap_or_default()
    }

    /// What the engine runs with.
    fn options(&mut self) -> Result<Options, Error> {
        let spec = *P::spec();
        let name = Arc::clone(&self.name.0);
        unserved::refuse(&spec, &name)?;
        let settings = Table::new(spec.connections.len(), |index| self.settings(index));
        for (index, settings) in settings.iter() {
            let row = spec.connection(index);
            let has_address = settings.host.is_some() || row.dynamic_ip.is_some();
            if row.kind == ConnectionKind::WebSocket && !has_address {
                return Err(Error::Settings {
                    element: name.to_string(),
                    reason: format!(
                        "connection {} ({}) has no host; set one with `.connection(…, |c| c.host(\"ws://…\"))`",
                        row.id,
                        spec.text(row.name)
                    ),
                });
            }
        }
        let delays = std::mem::take(&mut self.alarm_delays).into_iter();
        let delays = delays.map(|(param, delays)| {
            let refused = |reason| Error::Settings { element: name.to_string(), reason };
            delays.of_param(&spec, param).map_err(refused)
        });
        let alarm_delays = delays.collect::<Result<_, _>>()?;
        Ok(Options {
            name,
            connections: Table::new(spec.connections.len(), |index| {
                ConnectionOptions::new(spec.connection(index), &settings[index], self.reconnect)
            }),
            seed: self.seed.unwrap_or_else(shell::random_seed),
            presets: std::mem::take(&mut self.presets),
            alarm_delays,
            log_levels: self.log_levels,
            trends: self.trends.then(shell::time_of_day),
            every_message: std::mem::take(&mut self.every_message),
            correlations: std::mem::take(&mut self.correlations),
            saved: self.store.as_mut().map(|store| store.load()).unwrap_or_default(),
        })
    }
}

impl<P, S> fmt::Debug for ElementBuilder<P, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ElementBuilder").field("name", &self.name).finish_non_exhaustive()
    }
}
