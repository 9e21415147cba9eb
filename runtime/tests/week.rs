//! A week of the reference driver in virtual time: health every 5 s, pushed states, a server that restarts every night.
#![cfg(feature = "sim")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test; clippy knows only `#[test]` functions as such")]

use std::time::Duration;

use genlock::sim::{Fault, Simulation};
use nmos::{connections, params, triggers, values};

mod nmos {
    genlock::include_protocol!("../examples/nmos/nmos.xml");
}

const LINK: genlock::Connection<nmos::Protocol> = connections::WEB_SOCKET_CONNECTION;
const SECOND: Duration = Duration::from_secs(1);
const DAY: u64 = 24 * 60 * 60;

/// What the hooks have seen.
#[derive(Debug, Default, PartialEq)]
struct Driver {
    subscriptions: u32,
    healths: u32,
    states: u32,
}

impl nmos::QActions for Driver {
    fn subscribe_when_open(cx: &mut nmos::Context<'_, Self>) -> genlock::HookResult {
        if cx.get(params::WEBSOCKET_STATUS) != Some(values::WebsocketStatus::Open) {
            return Ok(());
        }
        cx.set(params::SUBSCRIPTION_REQUEST, "subscribe")?;
        cx.check_trigger(triggers::ON_CHECK_TRIGGER_SUBSCRIBE)
    }

    fn parse_response(cx: &mut nmos::Context<'_, Self>) -> genlock::HookResult {
        let Some(text) = cx.get(params::GENERIC_RESPONSE) else { return Ok(()) };
        match text.as_str() {
            "subscribed" => cx.state.subscriptions += 1,
            "healthy" => cx.state.healths += 1,
            state => {
                cx.state.states += 1;
                cx.set(params::TALLY, if state == "on" { values::Tally::On } else { values::Tally::Off })?;
            }
        }
        cx.check_trigger(triggers::ON_CHECK_TRIGGER_CLEAR_GENERIC_RESPONSE)
    }

    fn compose_health(cx: &mut nmos::Context<'_, Self>) -> genlock::HookResult {
        if cx.get(params::WEBSOCKET_STATUS) != Some(values::WebsocketStatus::Open) {
            return Ok(());
        }
        cx.set(params::WEBSOCKET_HEARTBEAT_REQUEST, "health")?;
        cx.check_trigger(triggers::ON_CHECK_TRIGGER_SEND_HEALTH)
    }
}

/// The device: accepts, answers commands, and pushes a state every minute.
struct Device {
    simulation: Simulation<nmos::Protocol, Driver>,
    /// Whether it listens.
    up: bool,
    /// How often it was connected to.
    accepted: u32,
    pushed: u32,
    /// How many lines the trace has had.
    traced: u64,
}

impl Device {
    /// A second passes; what the element has done in it is answered.
    fn pass_second(&mut self) {
        self.simulation.advance(SECOND);
        // An answer may lead to the next command.
        loop {
            let trace = self.simulation.take_trace();
            self.traced += trace.len() as u64;
            if trace.is_empty() {
                return;
            }
            for line in trace {
                match (line.what, line.details.get("text").and_then(|text| text.as_str())) {
                    ("connect", _) if self.up => {
                        self.accepted += 1;
                        self.simulation.accept(LINK);
                    }
                    ("connect", _) => self.simulation.fault(LINK, Fault::Unreachable),
                    ("send", Some("subscribe")) => self.simulation.receive(LINK, "subscribed"),
                    ("send", Some("health")) => self.simulation.receive(LINK, "healthy"),
                    ("send", other) => panic!("an unknown command {other:?}"),
                    _ => {}
                }
            }
        }
    }
}

/// Runs so many days; the device, and what the hooks have seen.
fn run(days: u64) -> Device {
    let simulation = nmos::element("camera", Driver::default())
        .connection(LINK, |link| link.host("ws://127.0.0.1").port(8050))
        .set(params::HANDSHAKE_PATH, "x-nmos/events/ws")
        .seed(7)
        .simulate()
        .unwrap();
    let mut device = Device { simulation, up: true, accepted: 0, pushed: 0, traced: 0 };
    for second in 1..=days * DAY {
        // Every night the device restarts, which takes two minutes.
        match second % DAY {
            10_800 => {
                device.up = false;
                device.simulation.close(LINK, 1001);
            }
            10_920 => device.up = true,
            _ => {}
        }
        device.pass_second();
        if second % 60 == 30 && device.simulation.get(params::WEBSOCKET_STATUS) == Some(values::WebsocketStatus::Open) {
            device.pushed += 1;
            // Mostly the state of before.
            device.simulation.receive(LINK, if second / 600 % 2 == 0 { "on" } else { "off" });
        }
    }
    device
}

#[test]
fn a_week_loses_nothing() {
    let device = run(7);
    let driver = device.simulation.state();
    assert_eq!(device.accepted, 8, "at the start, and after each night");
    assert_eq!(driver.subscriptions, 8, "after every connect");
    assert_eq!(driver.states, device.pushed);
    assert!(device.pushed >= 7 * 1440 - 7 * 4, "{} pushed", device.pushed);
    // One every 5 s, but for the two to three minutes of each night.
    let (all, nights) = (7 * 17_280, 7 * 37);
    assert!((all - nights..all).contains(&driver.healths), "{} of {all}", driver.healths);
    eprintln!("{} lines of trace", device.traced);
}

#[test]
fn the_same_days_are_the_same() {
    let (first, second) = (run(1), run(1));
    assert_eq!(first.simulation.state(), second.simulation.state());
    assert_eq!((first.traced, first.pushed), (second.traced, second.pushed));
}
