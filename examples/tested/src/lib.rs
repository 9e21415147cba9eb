//! A driver with its own tests: a temperature sensor that also switches a fan.
//!
//! ```text
//! cargo test -p tested
//! ```
//!
//! The driver is this file. Its tests are in `tests/sensor.rs`: they play the device, look at parameters and at what was
//! sent, and pass minutes and reconnects in no time, because [`genlock::sim`] runs the driver in virtual time.
//!
//! [`genlock::sim`]: https://docs.rs/genlock/latest/genlock/sim/index.html

use genlock::HookResult;

/// Everything in `sensor.xml`, checked and typed at compile time.
pub mod sensor {
    genlock::include_protocol!("sensor.xml");
}

use sensor::values::{Fan, LinkStatus};
use sensor::{connections, params, triggers};

/// The fan starts above this temperature, in degrees Celsius,
const HOT: f64 = 60.0;
/// and stops below this one: in between it stays as it is, so that it does not flutter.
const COOL: f64 = 50.0;

/// The state of one sensor.
#[derive(Debug, Default)]
pub struct Driver {
    /// Messages that nobody could read.
    pub unreadable: u64,
}

/// The driver of the sensor at `url`; `start` runs it, `simulate` tests it, a `Host` starts many.
pub fn driver(name: &str, url: &str) -> genlock::ElementBuilder<sensor::Protocol, Driver> {
    sensor::element(name, Driver::default()).connection(connections::LINK, |link| link.host(url))
}

impl sensor::QActions for Driver {
    /// `<QAction id="1" name="Subscribe When Open" triggers="1">`: also after each reconnect, as the sensor has forgotten.
    fn subscribe_when_open(cx: &mut sensor::Context<'_, Self>) -> HookResult {
        if cx.get(params::LINK_STATUS) == Some(LinkStatus::Open) {
            request(cx, "subscribe temperature")?;
        }
        Ok(())
    }

    /// `<QAction id="2" name="Read Message" triggers="2">`
    fn read_message(cx: &mut sensor::Context<'_, Self>) -> HookResult {
        let message = cx.get(params::MESSAGE).unwrap_or_default();
        let Some(temperature) = message.strip_prefix("temperature ").and_then(|value| value.parse::<f64>().ok()) else {
            cx.state.unreadable += 1;
            return Err(format!("the sensor sent `{message}`, which is no temperature").into());
        };
        cx.set(params::TEMPERATURE, temperature)?;
        let is_on = cx.get(params::FAN) == Some(Fan::On);
        match temperature {
            HOT.. if !is_on => switch(cx, Fan::On),
            ..COOL if is_on => switch(cx, Fan::Off),
            _ => Ok(()),
        }
    }
}

fn switch(cx: &mut sensor::Context<'_, Driver>, fan: Fan) -> HookResult {
    let word = if fan == Fan::On { "fan on" } else { "fan off" };
    cx.set(params::FAN, fan)?;
    request(cx, word)
}

fn request(cx: &mut sensor::Context<'_, Driver>, text: &str) -> HookResult {
    cx.set(params::REQUEST, text)?;
    cx.check_trigger(triggers::SEND_REQUEST)
}
