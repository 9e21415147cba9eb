//! The sensor's driver, tested as its device sees it.
#![expect(clippy::unwrap_used, reason = "a test; clippy knows only `#[test]` functions as such")]

use std::time::Duration;

use genlock::sim::Simulation;
use tested::sensor::connections::LINK;
use tested::sensor::{self, params, values::Fan};

type Sensor = Simulation<sensor::Protocol, tested::Driver>;

/// A sensor whose device has just accepted the connection.
fn connected() -> Sensor {
    let mut sensor = tested::driver("rack 1", "ws://10.0.0.1").simulate().unwrap();
    sensor.accept(LINK);
    sensor
}

/// What the driver has sent since the last look.
fn sent(sensor: &mut Sensor) -> Vec<String> {
    let trace = sensor.take_trace().into_iter().filter(|line| line.what == "send");
    trace.filter_map(|line| line.details.get("text")?.as_str().map(str::to_owned)).collect()
}

#[test]
fn it_subscribes_and_reads_the_temperature() {
    let mut sensor = connected();
    assert_eq!(sent(&mut sensor), ["subscribe temperature"]);
    sensor.receive(LINK, "temperature 41.5");
    assert_eq!(sensor.get(params::TEMPERATURE), Some(41.5));
    assert_eq!(sensor.get(params::FAN), None, "nobody has touched it");
}

#[test]
fn the_fan_does_not_flutter() {
    let mut sensor = connected();
    sent(&mut sensor);
    for (temperature, expected) in
        [(59.9, None), (60.0, Some("fan on")), (55.0, None), (61.0, None), (49.9, Some("fan off"))]
    {
        sensor.receive(LINK, format!("temperature {temperature}"));
        assert_eq!(sent(&mut sensor), Vec::from_iter(expected), "at {temperature} degrees");
    }
    assert_eq!(sensor.get(params::FAN), Some(Fan::Off));
}

#[test]
fn it_subscribes_again_after_the_device_was_gone() {
    let mut sensor = connected();
    sensor.cut(LINK);
    sent(&mut sensor);
    sensor.advance(Duration::from_secs(1)); // the wait before the next attempt, which is no wait for this test
    sensor.accept(LINK);
    assert_eq!(sent(&mut sensor), ["subscribe temperature"]);
    assert_eq!(sensor.counters().reconnects, 1);
}

#[test]
fn what_it_cannot_read_is_counted_and_changes_nothing() {
    let mut sensor = connected();
    sensor.receive(LINK, "temperature 20");
    sensor.receive(LINK, "temperature ?");
    assert_eq!(sensor.get(params::TEMPERATURE), Some(20.0));
    assert_eq!((sensor.state().unreadable, sensor.counters().hook_failures), (1, 1));
    sensor.receive(LINK, "temperature 21");
    assert_eq!(sensor.get(params::TEMPERATURE), Some(21.0), "the next one is read again");
}
