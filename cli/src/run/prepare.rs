//! The settings of the element, from the command line.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use genlock::{AnyElementBuilder, Connector, Event, LogLevel, Reconnect};
use genlock_spec::{Connection, ConnectionKind, Spec};

use super::{ReconnectWord, Run};

impl Run {
    /// The element, ready to start. An error says what to change on the command line.
    pub(super) fn prepare(&self, connector: Connector) -> Result<AnyElementBuilder, String> {
        let spec = connector.spec();
        let mut builder = connector.element(self.element_name(connector)).reconnect(match self.reconnect {
            ReconnectWord::Automatic => Reconnect::default(),
            ReconnectWord::Documented => Reconnect::Documented,
        });
        for row in devices(spec) {
            builder = builder.connection(row.id, |link| self.every.apply(link)).map_err(|error| error.to_string())?;
        }
        for one in &self.connections {
            let unknown = |_| format!("there is no connection {} in the connector; {}", one.id, listed(spec));
            builder = builder.connection(one.id, |link| one.arguments.apply(link)).map_err(unknown)?;
        }
        self.check_hosts(spec)?;
        for preset in &self.set {
            let set = |builder: AnyElementBuilder| builder.enter(preset.pid, &preset.entered);
            builder = set(builder).map_err(|error| format!("--set {}=…: {error}", preset.pid))?;
        }
        let Some(path) = &self.record else { return Ok(builder) };
        let file =
            File::create(path).map_err(|error| format!("cannot write the record `{}`: {error}", path.display()))?;
        Ok(builder.record(BufWriter::new(file)))
    }

    fn element_name(&self, connector: Connector) -> String {
        let stem = || self.file.file_stem().filter(|_| self.file != Path::new("-"));
        let of_file = || stem().map(|stem| stem.to_string_lossy().into_owned());
        self.name.clone().or_else(of_file).unwrap_or_else(|| connector.name().to_owned())
    }

    fn has_host(&self, connection: &Connection) -> bool {
        let mut own = self.connections.iter().filter(|one| one.id == connection.id);
        self.every.host.is_some() || own.any(|one| one.arguments.host.is_some())
    }

    /// The runtime refuses these, too, in words for programs.
    fn check_hosts(&self, spec: &Spec<'_>) -> Result<(), String> {
        let mut without = devices(spec).filter(|row| row.dynamic_ip.is_none() && !self.has_host(row));
        let Some(row) = without.next() else { return Ok(()) };
        let name = spec.text(row.name);
        let option = if devices(spec).count() == 1 {
            format!("--host {}://ADDRESS", scheme(row))
        } else {
            format!("--connection {}:host={}://ADDRESS", row.id, scheme(row))
        };
        Err(format!("connection {} ({name}) has no host; say where the device is: {option}", row.id))
    }

    /// What the operator should know from the beginning.
    pub(super) fn notes(&self, connector: Connector) -> impl Iterator<Item = Event> {
        let spec = connector.spec();
        let notes = devices(spec).filter_map(|row| self.missing_address(spec, row));
        let notes = notes.chain(unhandled(spec));
        notes.map(|text| Event::Log { level: LogLevel::Warning, text })
    }

    /// A connection whose address is to come from a parameter that has no value.
    fn missing_address(&self, spec: &Spec<'_>, row: &Connection) -> Option<String> {
        let param = spec.param(row.dynamic_ip?);
        let is_set = self.set.iter().any(|preset| preset.pid == param.pid) || param.default.is_some();
        (!is_set && !self.has_host(row)).then(|| {
            format!(
                "connection {} ({}) has no address; give --host, or set parameter {pid} ({}): --set {pid}={}://ADDRESS",
                row.id,
                spec.text(row.name),
                spec.text(param.name),
                scheme(row),
                pid = param.pid,
            )
        })
    }
}

/// QActions are the connector's own code in C#, which nothing here runs (QA-25).
fn unhandled(spec: &Spec<'_>) -> Option<String> {
    let of_hooks = |position: usize| spec.hooks.iter().any(|hook| hook.qaction.0 as usize == position);
    let rows = spec.qactions.iter().enumerate().filter(|(position, _)| of_hooks(*position));
    let names: Vec<String> = rows.map(|(_, row)| format!("{} ({})", row.id, spec.text(row.name))).collect();
    (!names.is_empty()).then(|| {
        format!(
            "not run, for want of a script engine: QAction {}; `genlock new` prepares them for Rust",
            names.join(", ")
        )
    })
}

/// The connections that lead to a device.
fn devices<'s>(spec: &'s Spec<'s>) -> impl Iterator<Item = &'s Connection> {
    let leads_to_one = |kind| matches!(kind, ConnectionKind::WebSocket | ConnectionKind::Http);
    spec.connections.iter().filter(move |row| leads_to_one(row.kind))
}

/// What an address of the connection begins with.
fn scheme(row: &Connection) -> &'static str {
    if row.kind == ConnectionKind::Http { "http" } else { "ws" }
}

/// The connections that there are.
fn listed(spec: &Spec<'_>) -> String {
    let rows = spec.connections.iter().map(|row| format!("{} ({})", row.id, spec.text(row.name)));
    let names: Vec<String> = rows.collect();
    if names.is_empty() { "it has none".to_owned() } else { format!("it has {}", names.join(", ")) }
}
