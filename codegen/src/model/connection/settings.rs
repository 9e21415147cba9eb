//! What an operator finds filled in: `UserSettings` of a connection, or `PortSettings` beside `Protocol/Type` (CONN-06).

use genlock_spec::{PortType, SlowPoll};

use crate::diagnostic::{Fault, Kind};
use crate::model::item::Placed;
use crate::model::reader::{Reader, Slot};
use crate::model::vocabulary::Meaning::Carried;
use crate::model::vocabulary::{FLAG, Vocabulary};
use crate::parse::Element;
use crate::text::quoted;

/// Defaults that an operator can override.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    /// The bus address is `bypassProxy` (CONN-09).
    pub(crate) bypass_proxy: bool,
    /// Any other bus address.
    pub(crate) bus_address: Option<Placed<String>>,
    pub(crate) port: Option<Placed<u32>>,
    pub(crate) port_type: Option<PortType>,
    pub(crate) timeout_ms: Option<Placed<u32>>,
    pub(crate) retries: Option<Placed<u32>>,
    pub(crate) element_timeout_ms: Option<u32>,
    pub(crate) slow_poll: Option<SlowPoll>,
    pub(crate) ping_interval_ms: Option<u32>,
    pub(crate) skip_certificate_verification: bool,
}

const PORT_TYPE: Vocabulary<PortType> = Vocabulary {
    words: &[("ip", Carried(PortType::Tcp)), ("udp", Carried(PortType::Udp)), ("rs232", Carried(PortType::Serial))],
};

/// Whether `SlowPoll` is a time.
const SLOW_POLL_BASE: Vocabulary<bool> = Vocabulary { words: &[("number", Carried(false)), ("time", Carried(true))] };

/// Up to this, a `SlowPoll` without a base counts timeouts (schema, 6.6).
const MOST_TIMEOUTS: u32 = 500;

impl Settings {
    /// Those that a WebSocket has.
    pub(super) fn of_web_socket(element: &Element, reader: &mut Reader<'_, '_>) -> Self {
        let mut settings = Self::default();
        settings.read_shared(element, reader);
        // CONN-71: documented for `PortSettings`, which stand beside `Type` only.
        settings.read_verification(element, reader);
        if let Some(address) = settings.bus_address.take() {
            let message = format!("the bus address {} has no effect on a WebSocket", quoted(&address.value));
            let fault = Fault::warning(Kind::InvalidValue, address.span, message);
            reader.faults.add(fault.help("write `bypassProxy`, or remove it"));
        }
        settings
    }

    /// Those of a connection that nothing opens. What belongs to one transport alone stays unread.
    pub(super) fn of_other(element: &Element, reader: &mut Reader<'_, '_>) -> Self {
        let mut settings = Self::default();
        settings.read_shared(element, reader);
        settings.port_type =
            default(element, "Type", reader).and_then(|slot| reader.word(&slot, &PORT_TYPE)).map(value);
        let mut number = |name: &'static str, from, to, what: &str| {
            let slot = default(element, name, reader)?;
            reader.number(&slot, from, to, what).map(value)
        };
        settings.element_timeout_ms = number("TimeoutTimeElement", 1, u32::MAX, "a time in milliseconds");
        settings.ping_interval_ms = number("PingInterval", 1, u32::MAX, "a time in milliseconds");
        let slow_poll = number("SlowPoll", 1, u32::MAX, "a number of timeouts or a time in milliseconds");
        let base = default(element, "SlowPollBase", reader).and_then(|slot| reader.word(&slot, &SLOW_POLL_BASE));
        settings.slow_poll = slow_poll.map(|number| {
            let is_time = base.map_or(number > MOST_TIMEOUTS, value);
            if is_time { SlowPoll::Milliseconds(number) } else { SlowPoll::Timeouts(number) }
        });
        settings.read_verification(element, reader);
        settings
    }

    fn read_verification(&mut self, element: &Element, reader: &mut Reader<'_, '_>) {
        let skip = default(element, "SkipCertificateVerification", reader).and_then(|slot| reader.word(&slot, &FLAG));
        self.skip_certificate_verification = skip.is_some_and(value);
    }

    fn read_shared(&mut self, element: &Element, reader: &mut Reader<'_, '_>) {
        let address = default(element, "BusAddress", reader).and_then(|slot| slot.filled());
        self.bypass_proxy = address.as_ref().is_some_and(|text| text.value.eq_ignore_ascii_case("bypassProxy"));
        self.bus_address = address.filter(|_| !self.bypass_proxy);
        let mut number = |name: &'static str, from, to, what: &str| {
            let slot = default(element, name, reader)?;
            reader.number(&slot, from, to, what)
        };
        self.port = number("IPport", 0, 65535, "a port");
        self.timeout_ms = number("TimeoutTime", 10, 120_000, "a time in milliseconds");
        self.retries = number("Retries", 0, 10, "a number of retries");
    }
}

/// The text of `name/DefaultValue`.
fn default<'e>(settings: &'e Element, name: &'static str, reader: &mut Reader<'_, '_>) -> Option<Slot<'e>> {
    let setting = reader.child(settings, name)?;
    reader.child(setting, "DefaultValue").map(Slot::text)
}

fn value<T>(placed: Placed<T>) -> T {
    placed.value
}
