//! Parameters that hold what is known of the element itself (PARAM-67, PARAM-121, PARAM-122).

use genlock_spec::ParamKind;

use super::Engine;
use crate::value::Value;

impl Engine<'_> {
    /// Fills them at start, without change events (PARAM-67).
    pub(super) fn fill_element_information(&mut self) {
        for param in self.params.indices() {
            let text = match self.spec.param(param).kind {
                ParamKind::ElementName => self.name().to_owned(),
                ParamKind::Ip => self.addresses(true),
                ParamKind::PollingIp => self.addresses(false),
                _ => continue,
            };
            self.params[param].value = Some(Value::Text(text.into()));
        }
    }

    /// The host of each connection, with its port when that is asked for (PARAM-121).
    fn addresses(&self, with_port: bool) -> String {
        let addresses = self.options.connections.iter().map(|(_, connection)| {
            let host = connection.host.as_deref().unwrap_or_default();
            let host = host.split_once("://").map_or(host, |(_, host)| host);
            match connection.port.filter(|_| with_port) {
                Some(port) => format!("{host}:{port}"),
                None => host.to_owned(),
            }
        });
        addresses.collect::<Vec<_>>().join(";")
    }
}
