//! [`Setup`]: what an operator decides for an element, whichever way its connector became tables.

use std::sync::Arc;

use genlock_spec::{ConnectionIndex, ConnectionKind, PairIndex, ParamIndex, ResponseIndex, Spec, Table};
use tokio::runtime::Handle;

use super::AnyElement;
use crate::context::EntryPoints;
use crate::correlation::Correlation;
use crate::engine::{ConnectionOptions, Engine, Options};
use crate::error::Error;
use crate::host::Defaults;
use crate::settings::{AlarmDelays, ConnectionSettings, LogLevels, Reconnect};
use crate::shell::{self, Link, Requester, Task, Wires};
use crate::store::Store;
use crate::unserved;
use crate::value::Value;
use crate::ws::{Limits, Network};

/// The settings of an element that has not started.
pub(super) struct Setup {
    pub(super) name: Arc<str>,
    connections: Vec<(ConnectionIndex, ConnectionSettings)>,
    /// What counts for a connection where its own settings say nothing.
    connection_defaults: ConnectionSettings,
    pub(super) reconnect: Option<Reconnect>,
    pub(super) presets: Vec<(ParamIndex, Value)>,
    alarm_delays: Vec<(ParamIndex, AlarmDelays)>,
    pub(super) trends: bool,
    pub(super) log_levels: LogLevels,
    pub(super) every_message: Vec<ResponseIndex>,
    correlations: Vec<(PairIndex, Correlation)>,
    pub(super) seed: Option<u64>,
    pub(super) store: Option<Box<dyn Store>>,
    #[cfg(feature = "sim")]
    pub(super) record: Option<Box<dyn std::io::Write + Send>>,
    #[cfg(test)]
    pub(super) dial: Option<shell::Dial>,
}

impl Setup {
    pub(super) fn new(name: Arc<str>) -> Self {
        Self {
            name,
            connections: Vec::new(),
            connection_defaults: ConnectionSettings::default(),
            reconnect: None,
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
        }
    }

    /// Goes on from what was set of the connection before.
    pub(super) fn connection(
        &mut self,
        connection: ConnectionIndex,
        set: impl FnOnce(ConnectionSettings) -> ConnectionSettings,
    ) {
        let position = self.connections.iter().position(|(known, _)| *known == connection);
        let known = position.map(|position| self.connections.swap_remove(position).1);
        self.connections.push((connection, set(known.unwrap_or_default())));
    }

    /// Replaces what was set of the parameter before.
    pub(super) fn alarm_delays(&mut self, param: ParamIndex, delays: AlarmDelays) {
        self.alarm_delays.retain(|(known, _)| *known != param);
        self.alarm_delays.push((param, delays));
    }

    /// Replaces what was set of the pair before.
    pub(super) fn correlate(&mut self, pair: PairIndex, correlation: Correlation) {
        self.correlations.retain(|(known, _)| *known != pair);
        self.correlations.push((pair, correlation));
    }

    /// Takes what a host has for all its elements where nothing was set.
    pub(super) fn defaults(&mut self, defaults: &Defaults) {
        self.connection_defaults = defaults.connection.clone();
        self.reconnect = self.reconnect.or(defaults.reconnect);
        if self.store.is_none() {
            self.store = defaults.store_of(&self.name);
        }
    }

    /// Why the element can't start.
    pub(super) fn refused(&self, reason: String) -> Error {
        Error::Settings { element: self.name.to_string(), reason }
    }

    /// An element of the connector of `spec`, and its task, which is yet to be launched.
    pub(super) fn prepare<P: EntryPoints<S>, S: Send + 'static>(
        mut self,
        spec: &'static Spec<'static>,
        state: S,
    ) -> Result<(AnyElement, Task<P, S>), Error> {
        let runtime = Handle::try_current().map_err(|_| {
            self.refused(
                "elements run on tokio; await `start` inside `#[tokio::main]` or `Runtime::block_on`".to_owned(),
            )
        })?;
        let options = self.options(spec)?;
        let wires = self.wires(spec)?;
        #[cfg(feature = "sim")]
        let recorder = self.recorder(spec, &options)?;
        let engine = Engine::new(spec, options)?;
        #[cfg_attr(not(feature = "sim"), expect(unused_mut, reason = "only a record changes it"))]
        let (mut task, reach) = shell::prepare(engine, state, wires, self.store, runtime);
        #[cfg(feature = "sim")]
        if let Some(recorder) = recorder {
            task.record(recorder);
        }
        Ok((AnyElement::new(self.name, reach, spec), task))
    }

    /// What writes the record, with its first line written.
    #[cfg(feature = "sim")]
    fn recorder(&mut self, spec: &Spec<'_>, options: &Options) -> Result<Option<crate::sim::Recorder>, Error> {
        let recorder = self.record.take().map(|out| crate::sim::Recorder::new(out, spec, options));
        recorder.transpose().map_err(|error| {
            self.refused(format!("its record can't be written: {error}; check the writer that `record` was given"))
        })
    }

    /// What the connections run over.
    fn wires(&self, spec: &Spec<'_>) -> Result<Wires, Error> {
        let mut requesters = Vec::new();
        let links = Table::try_new(spec.connections.len(), |index| {
            let (row, settings) = (spec.connection(index), self.settings(index));
            let refused = |why| self.refused(format!("connection {} ({}): {why}", row.id, spec.text(row.name)));
            let network = Network::new(row, &settings).map_err(refused)?;
            let dial = shell::dial(network);
            #[cfg(test)]
            let dial = self.dial.clone().unwrap_or(dial);
            let mut limits = Limits::default();
            if let Some(message_bytes) = settings.message_limit {
                limits.message_bytes = message_bytes;
            }
            if let Some(message_fragments) = settings.fragment_limit {
                limits.message_fragments = message_fragments;
            }
            if row.kind == ConnectionKind::Http {
                let requester = Requester::new(dial.clone(), limits.message_bytes).map_err(refused)?;
                requesters.push((index, requester));
            }
            Ok(Link::new(dial, limits))
        })?;
        Ok(Wires { links, requesters })
    }

    /// The operator's settings of a connection.
    fn settings(&self, index: ConnectionIndex) -> ConnectionSettings {
        let own = self.connections.iter().find(|(connection, _)| *connection == index);
        own.map(|(_, settings)| settings.clone()).unwrap_or_default().or(&self.connection_defaults)
    }

    /// What the engine runs with.
    pub(super) fn options(&mut self, spec: &Spec<'_>) -> Result<Options, Error> {
        let name = Arc::clone(&self.name);
        unserved::refuse(spec, &name)?;
        let settings = Table::new(spec.connections.len(), |index| self.settings(index));
        for (index, settings) in settings.iter() {
            let row = spec.connection(index);
            let has_address = settings.host.is_some() || row.dynamic_ip.is_some();
            if matches!(row.kind, ConnectionKind::WebSocket | ConnectionKind::Http) && !has_address {
                return Err(self.refused(format!(
                    "connection {} ({}) has no host; set one with `.connection(…, |c| c.host(\"ws://…\"))`",
                    row.id,
                    spec.text(row.name)
                )));
            }
        }
        let delays = std::mem::take(&mut self.alarm_delays).into_iter();
        let delays = delays.map(|(param, delays)| {
            let refused = |reason| Error::Settings { element: name.to_string(), reason };
            delays.of_param(spec, param).map_err(refused)
        });
        let alarm_delays = delays.collect::<Result<_, _>>()?;
        Ok(Options {
            name,
            connections: Table::new(spec.connections.len(), |index| {
                ConnectionOptions::new(spec.connection(index), &settings[index], self.reconnect.unwrap_or_default())
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
