//! The whole example, quickly: each connector file against a device in this process, over TCP.
#![expect(clippy::unwrap_used, reason = "a test")]

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use nmos::device::{Device, Options};
use nmos::log::Log;
use nmos::plan::{Connector, Plan};
use nmos::run::run;
use nmos::summary::Summary;

/// A device on a free port that switches fast.
fn device() -> Options {
    Options { port: 0, beat: Duration::from_millis(50), ..Options::default() }
}

async fn quick_run(plan: Plan) -> (Summary, String) {
    let text = Buffer::default();
    let summary = run(plan, &Log::to(text.clone()), std::future::pending::<()>()).await.unwrap();
    let text = String::from_utf8(text.0.lock().unwrap().clone()).unwrap();
    (summary, text)
}

#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Long enough for the drop, the way back and one `health`.
fn with_drop(connector: Connector) -> Plan {
    Plan {
        connector,
        duration: Duration::from_millis(7_500),
        device: Options { drop_after: Some(Duration::from_secs(1)), ..device() },
        ..Plan::default()
    }
}

#[tokio::test]
async fn every_connector_comes_back_after_a_drop() {
    let connectors = [
        (Connector::Reference, true),
        (Connector::Normal, false),
        (Connector::DynamicIp, false),
        (Connector::CustomHandshake, true),
        (Connector::CustomHandshakeDynamicIp, true),
    ];
    // Side by side: each takes its seven seconds.
    let runs = connectors.map(|(connector, offers)| (connector, offers, tokio::spawn(quick_run(with_drop(connector)))));
    for (connector, offers_deflate, run) in runs {
        let (summary, log) = run.await.unwrap();
        assert!(summary.faults().is_empty(), "{connector:?}: {:?}\n{log}", summary.faults());
        let counts = (summary.open, summary.reconnects, summary.subscriptions, summary.lost);
        assert_eq!(counts, (2, 1, 2, 0), "{connector:?}\n{log}");
        assert!(summary.states > 60 && summary.states_on > 0 && summary.states_off > 0, "{connector:?}\n{log}");
        assert!(summary.health >= 1 && summary.health == summary.health_sent, "{connector:?}\n{log}");
        let compressed = if offers_deflate { summary.received.all } else { 0 };
        assert_eq!(summary.received.compressed, compressed, "{connector:?}\n{log}");
    }
}

#[tokio::test]
async fn a_device_without_deflate_is_served_plain() {
    let device = Options { deflate: false, ..device() };
    let plan = Plan { duration: Duration::from_secs(1), device, ..Plan::default() };
    let (summary, log) = quick_run(plan).await;
    assert!(summary.faults().is_empty() && summary.received.compressed == 0 && summary.sent.compressed == 0, "{log}");
}

/// CONN-89: the device waits for the answer to its close frame; without one its log says that the connection broke.
#[tokio::test]
async fn a_reboot_ends_in_an_answered_close_frame() {
    let device = Options { reboot_after: Some(Duration::from_millis(500)), ..device() };
    let plan = Plan { duration: Duration::from_secs(3), device, ..Plan::default() };
    let (summary, log) = quick_run(plan).await;
    assert!(log.contains("reboot        11111111-1111-4111-8111-111111111111"), "{log}");
    assert!(!log.contains("device  lost"), "{log}");
    assert_eq!((summary.open, summary.reconnects, summary.lost), (2, 1, 0), "{log}");
}

#[tokio::test]
async fn a_device_that_is_not_there_is_a_fault() {
    let gone = Device::start(device(), Log::to(io::sink())).await.unwrap();
    let url = gone.url();
    gone.stop().await.unwrap();
    let plan = Plan { target: Some(url.parse().unwrap()), duration: Duration::from_millis(300), ..Plan::default() };
    let (summary, log) = quick_run(plan).await;
    assert_eq!(summary.faults(), [format!("the connection to {url} never opened")], "{log}");
    assert!(log.contains("efused"), "the reason is told: {log}");
}

#[tokio::test]
async fn an_interrupted_run_stops_cleanly() {
    let text = Buffer::default();
    let plan = Plan { device: device(), ..Plan::default() };
    let soon = tokio::time::sleep(Duration::from_millis(500));
    let summary = run(plan, &Log::to(text.clone()), soon).await.unwrap();
    let log = String::from_utf8(text.0.lock().unwrap().clone()).unwrap();
    assert!(summary.faults().is_empty(), "{log}");
    assert!(log.contains("by the client, code 1001"), "{log}");
}
