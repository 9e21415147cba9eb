//! [`Connector`]: a connector that is read at run time, and the settings of its elements.

use std::fmt;
use std::sync::Arc;

use genlock_spec::{OwnedSpec, Spec};

use super::any::{Shown, connection_of, param_of};
use super::setup::Setup;
use super::{AnyElement, Events, Name, entry};
use crate::context::Unhandled;
use crate::error::Error;
use crate::host::Planned;
use crate::settings::{AlarmDelays, ConnectionSettings, LogLevels, Reconnect};
use crate::store::Store;
use crate::value::Value;

/// A connector whose tables were made at run time, by `genlock_codegen::compile`, and not by `include_protocol!`:
/// `genlock run` is built on it.
///
/// Its elements run by the same rules as compiled ones; their parameters go by id and are not typed. Nobody has written
/// its QActions: each says so once in the element's log, and does nothing.
///
/// ```no_run
/// # async fn example(tables: genlock_spec::OwnedSpec) -> Result<(), genlock::Error> {
/// use genlock::Connector;
///
/// let connector = Connector::new(tables);
/// let element = connector
///     .element("camera 1")
///     .connection(1, |link| link.host("ws://127.0.0.1").port(8050))?
///     .start()
///     .await?;
/// println!("{:?}", element.get(7).await?);
/// # element.stop().await
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct Connector {
    spec: &'static Spec<'static>,
    pages: Shown,
}

impl Connector {
    /// A connector of these tables. They stay in memory as long as the process does, so make one connector of a file, and
    /// all elements of it.
    pub fn new(tables: OwnedSpec) -> Self {
        let tables: &'static OwnedSpec = Box::leak(Box::new(tables));
        Self { spec: Box::leak(Box::new(tables.view())), pages: Shown::Unsaid }
    }

    /// Sets how its elements are shown on pages: `genlock_codegen::compile(…).pages.to_json()`. Without it their pages
    /// list all parameters by their names.
    pub fn pages(self, pages: impl Into<String>) -> Self {
        Self { pages: Shown::Read(String::leak(pages.into())), ..self }
    }

    /// The connector's Name.
    pub fn name(&self) -> &'static str {
        self.spec.text(self.spec.name)
    }

    /// The connector's Version.
    pub fn version(&self) -> &'static str {
        self.spec.text(self.spec.version)
    }

    /// The connector's tables.
    #[doc(hidden)]
    pub fn spec(&self) -> &'static Spec<'static> {
        self.spec
    }

    /// An element that has not started.
    pub fn element(&self, name: impl Into<Name>) -> AnyElementBuilder {
        AnyElementBuilder { setup: Setup::new(name.into().into_shared()), spec: self.spec, pages: self.pages }
    }
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connector").field("name", &self.name()).field("version", &self.version()).finish()
    }
}

/// An element of a [`Connector`] that has not started: its settings. What [`ElementBuilder`](crate::ElementBuilder) is
/// for compiled connectors, by ids.
#[must_use = "the element runs when `start` is awaited"]
pub struct AnyElementBuilder {
    setup: Setup,
    spec: &'static Spec<'static>,
    pages: Shown,
}

impl AnyElementBuilder {
    /// Sets what the operator knows of a connection: its host, port and so on. A second call for the same connection
    /// goes on from the first.
    ///
    /// # Errors
    /// There is no such connection ([`Error::Unknown`]).
    pub fn connection(
        mut self,
        id: u32,
        set: impl FnOnce(ConnectionSettings) -> ConnectionSettings,
    ) -> Result<Self, Error> {
        self.setup.connection(connection_of(self.spec, id)?, set);
        Ok(self)
    }

    /// Sets how lost connections come back, for all that do not say it themselves.
    pub fn reconnect(mut self, reconnect: Reconnect) -> Self {
        self.setup.reconnect = Some(reconnect);
        self
    }

    /// Gives a parameter a value before the element starts. It wins over a stored value and over the default, and is
    /// no change event (LIFE-14).
    ///
    /// # Errors
    /// There is no such parameter ([`Error::Unknown`]).
    pub fn set(mut self, pid: u32, value: Value) -> Result<Self, Error> {
        self.setup.presets.push((param_of(self.spec, pid)?, value));
        Ok(self)
    }

    /// Gives a parameter a value before the element starts, as [`set`](Self::set) does: the one that an operator means by
    /// a text, as [`AnyElement::entered`] has it.
    ///
    /// # Errors
    /// There is no such parameter ([`Error::Unknown`]), or it is a number and the text is none ([`Error::Value`]).
    pub fn enter(mut self, pid: u32, text: &str) -> Result<Self, Error> {
        let param = param_of(self.spec, pid)?;
        self.setup.presets.push((param, entry::value_of(self.spec, param, text)?));
        Ok(self)
    }

    /// Sets where the values of saved parameters are kept (SAVE-02). Without a store they last as long as the element.
    pub fn store(mut self, store: impl Store) -> Self {
        self.setup.store = Some(Box::new(store));
        self
    }

    /// Sets how long the alarm levels of a parameter must last before they are told (ALM-16).
    ///
    /// # Errors
    /// There is no such parameter ([`Error::Unknown`]).
    pub fn alarm_delays(mut self, pid: u32, delays: AlarmDelays) -> Result<Self, Error> {
        self.setup.alarm_delays(param_of(self.spec, pid)?, delays);
        Ok(self)
    }

    /// Sets which lines of hooks are logged (QA-48).
    pub fn log_levels(mut self, levels: LogLevels) -> Self {
        self.setup.log_levels = levels;
        self
    }

    /// Sets whether points of trends are told (TRD-02, TRD-03). By default they are not.
    pub fn trends(mut self, wanted: bool) -> Self {
        self.setup.trends = wanted;
        self
    }

    /// Sets the seed of all randomness. By default it is random.
    pub fn seed(mut self, seed: u64) -> Self {
        self.setup.seed = Some(seed);
        self
    }

    /// Writes down the run, as [`ElementBuilder::record`](crate::ElementBuilder::record) has it.
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

    /// Starts the element on the tokio runtime that this is called on.
    ///
    /// # Errors
    /// Those of [`ElementBuilder::start`](crate::ElementBuilder::start).
    #[expect(clippy::unused_async, reason = "a start that has to wait, say for a store, must not change the signature")]
    pub async fn start(self) -> Result<AnyElement, Error> {
        self.start_now()
    }

    fn start_now(self) -> Result<AnyElement, Error> {
        let (element, task) = self.setup.prepare::<Unhandled, ()>(self.spec, ())?;
        task.launch();
        Ok(element.shown(self.pages))
    }

    /// Starts the element like [`start`](Self::start), and listens from its first event on, the first attempt to connect
    /// included; [`AnyElement::events`] begins later.
    ///
    /// # Errors
    /// Those of [`start`](Self::start).
    #[expect(clippy::unused_async, reason = "a start that has to wait, say for a store, must not change the signature")]
    pub async fn start_with_events(self) -> Result<(AnyElement, Events), Error> {
        let (element, mut task) = self.setup.prepare::<Unhandled, ()>(self.spec, ())?;
        let events = Events::new(task.listen());
        task.launch();
        Ok((element.shown(self.pages), events))
    }
}

impl From<AnyElementBuilder> for Planned {
    fn from(mut element: AnyElementBuilder) -> Self {
        Self::new(Arc::clone(&element.setup.name), move |defaults| {
            element.setup.defaults(defaults);
            element.start_now()
        })
    }
}

impl fmt::Debug for AnyElementBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AnyElementBuilder").field("name", &self.setup.name).finish_non_exhaustive()
    }
}
