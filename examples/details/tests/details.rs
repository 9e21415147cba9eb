//! The driver in virtual time: the test is the device.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use details::Driver;
use details::protocol::{self, connections, params};

#[test]
fn details_of_what_changed_are_read_over_http() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&seen);
    let driver = Driver(move |status: &str, details: &str| {
        notes.lock().unwrap().push(format!("{status}: {details}"));
    });
    let mut device = protocol::element("device", driver)
        .connection(connections::CHANGES, |changes| changes.host("ws://device/changes"))
        .connection(connections::DETAILS, |details| details.host("http://device:8080"))
        .simulate()
        .unwrap();
    device.accept(connections::CHANGES);
    device.receive(connections::CHANGES, "7");
    device.receive(connections::CHANGES, "8"); // while the first answer is waited for
    device.answer(1, 200, &[("ETag", "\"a\"")], r#"{"level":1}"#);
    assert_eq!(device.get(params::DETAILS_E_TAG).as_deref(), Some("\"a\""));
    device.answer(1, 404, &[], "gone");
    device.receive(connections::CHANGES, "8"); // the same one again
    device.advance(Duration::from_secs(5)); // no answer, and none to the second attempt
    device.receive(connections::CHANGES, "9");
    device.answer(1, 200, &[], r#"{"level":1}"#);
    let expected =
        [r#"HTTP/1.1 200 OK: {"level":1}"#, "HTTP/1.1 404 Not Found: gone", r#"HTTP/1.1 200 OK: {"level":1}"#];
    assert_eq!(*seen.lock().unwrap(), expected);

    let asked: Vec<String> = device
        .take_trace()
        .iter()
        .filter_map(|line| Some(line.details.get("url").filter(|_| line.what == "http")?.as_str()?.to_owned()))
        .collect();
    let url = |resource: u32| format!("http://device:8080/resources/{resource}");
    assert_eq!(asked, [url(7), url(8), url(8), url(8), url(9)]);
}
