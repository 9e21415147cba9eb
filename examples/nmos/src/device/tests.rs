//! The device as a client sees it: over an in-memory stream and in virtual time.

use std::time::Duration;

use tokio::io::{DuplexStream, duplex};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::client::{Ending, Service, serve};
use super::tally::{Tally, sources};
use super::websocket::Fault;
use super::websocket::testing::Client;
use super::{Leave, Ledger};
use crate::log::Log;

const PROGRAM: &str = r#"{"command":"subscription","sources":["11111111-1111-4111-8111-111111111111"]}"#;
const HEALTH: &str = r#"{"command":"health","timestamp":"1700000000:5"}"#;
const OFFER: &str = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n";

/// A device with one client, and the ends that the test pulls.
struct Bench {
    client: Client,
    answer: String,
    tallies: watch::Sender<Vec<Tally>>,
    leave: watch::Sender<Option<Leave>>,
    ledger: Ledger,
    served: JoinHandle<Result<(DuplexStream, Ending), Fault>>,
}

impl Bench {
    async fn open(extensions: &str, change: impl FnOnce(&mut Service)) -> Self {
        let (ours, theirs) = duplex(64 * 1024);
        let (tallies, watched) = watch::channel(sources());
        let (leave, leaving) = watch::channel(None);
        let ledger = Ledger::default();
        let mut service = Service {
            number: 1,
            deflate: true,
            tallies: watched,
            leave: leaving,
            drop_at: None,
            quiet: Duration::from_millis(200),
            ledger: ledger.clone(),
            log: Log::to(std::io::sink()),
        };
        change(&mut service);
        let served = tokio::spawn(serve(theirs, service));
        let (client, answer) = Client::open(ours, extensions).await;
        Self { client, answer, tallies, leave, ledger, served }
    }

    async fn plain() -> Self {
        Self::open("", |_| {}).await
    }

    fn switch(&self, index: usize) {
        self.tallies.send_modify(|tallies| {
            tallies[index].on = !tallies[index].on;
            tallies[index].since.seconds += 1;
        });
    }

    async fn ending(self) -> Ending {
        self.served.await.unwrap().unwrap().1
    }
}

#[tokio::test(start_paused = true)]
async fn states_follow_a_subscription_and_every_switch() {
    let mut bench = Bench::plain().await;
    bench.client.send_text(PROGRAM).await;
    assert!(bench.client.receive_text().await.contains(r#""payload":{"value":false}"#));
    bench.switch(1);
    bench.switch(0);
    let state = bench.client.receive_text().await;
    assert!(state.starts_with(r#"{"message_type":"state","identity":{"source_id":"11111111-"#), "{state}");
    assert!(state.contains(r#""event_type":"boolean""#) && state.contains(r#""payload":{"value":true}"#));
    bench.client.send_text(PROGRAM).await;
    assert_eq!(bench.client.receive_text().await, state, "a subscription sends the current state again");
}

#[tokio::test(start_paused = true)]
async fn nothing_arrives_before_the_first_command() {
    let mut bench = Bench::plain().await;
    bench.switch(0);
    bench.client.send_text(HEALTH).await;
    assert!(bench.client.receive_text().await.starts_with(r#"{"message_type":"health""#));
}

#[tokio::test(start_paused = true)]
async fn health_is_answered_with_its_own_time_stamp() {
    let mut bench = Bench::plain().await;
    bench.client.send_text(HEALTH).await;
    let answer = bench.client.receive_text().await;
    assert!(answer.contains(r#""origin_timestamp":"1700000000:5""#), "{answer}");
}

/// The times that AMWA's conformance suite asserts: a silent client lives 11 s and is closed by 17 s.
#[tokio::test(start_paused = true)]
async fn a_silent_client_is_closed_after_12_s() {
    let opened = Instant::now();
    let mut bench = Bench::plain().await;
    // Neither subscriptions nor pings nor states count as health.
    bench.client.send_text(PROGRAM).await;
    bench.client.receive_text().await;
    tokio::time::sleep(Duration::from_secs(11)).await;
    bench.client.send(0x89, b"?").await;
    assert_eq!(bench.client.receive().await, Some((0x8a, b"?".to_vec())));
    let (first, payload) = bench.client.receive().await.unwrap();
    assert_eq!((first, &payload[..2]), (0x88, &1008_u16.to_be_bytes()[..]));
    assert_eq!(opened.elapsed().as_secs(), 12);
    bench.client.send(0x88, &payload[..2]).await;
    assert_eq!(bench.ending().await, Ending::Closed);
}

#[tokio::test(start_paused = true)]
async fn one_health_keeps_a_client_for_12_s_more() {
    let opened = Instant::now();
    let mut bench = Bench::plain().await;
    tokio::time::sleep(Duration::from_secs(5)).await;
    bench.client.send_text(HEALTH).await;
    bench.client.receive_text().await;
    assert_eq!(bench.client.receive().await.unwrap().0, 0x88);
    assert_eq!(opened.elapsed().as_secs(), 17);
}

#[tokio::test(start_paused = true)]
async fn an_offer_of_deflate_is_taken_and_used() {
    let mut bench = Bench::open(OFFER, |_| {}).await;
    assert!(bench.answer.contains("\r\nSec-WebSocket-Extensions: permessage-deflate\r\n"), "{}", bench.answer);
    bench.client.send_text(PROGRAM).await;
    let (first, payload) = bench.client.receive().await.unwrap();
    assert_eq!(first, 0xc1, "RSV1");
    bench.switch(0);
    let (_, next) = bench.client.receive().await.unwrap();
    assert!(next.len() < payload.len() / 2, "{} after {}", next.len(), payload.len());
}

#[tokio::test(start_paused = true)]
async fn without_deflate_an_offer_is_left_alone() {
    let mut bench = Bench::open(OFFER, |service| service.deflate = false).await;
    assert!(!bench.answer.contains("Extensions"));
    bench.client.send_text(PROGRAM).await;
    assert_eq!(bench.client.receive().await.unwrap().0, 0x81);
}

#[tokio::test(start_paused = true)]
async fn rule_breakers_get_their_close_code() {
    for (first, payload, code) in [(0x82, &b"binary"[..], 1003_u16), (0x81, &[0xff], 1007), (0xc1, b"", 1002)] {
        let mut bench = Bench::plain().await;
        bench.client.send(first, payload).await;
        let (opcode, reason) = bench.client.receive().await.unwrap();
        assert_eq!((opcode, &reason[..2]), (0x88, &code.to_be_bytes()[..]));
        bench.client.send(0x88, &reason[..2]).await;
        assert!(matches!(bench.served.await.unwrap(), Err(Fault::Violation(violation)) if violation.code == code));
    }
}

#[tokio::test(start_paused = true)]
async fn a_close_is_answered_with_its_code() {
    let mut bench = Bench::plain().await;
    bench.client.send(0x88, &1001_u16.to_be_bytes()).await;
    assert_eq!(bench.client.receive().await, Some((0x88, 1001_u16.to_be_bytes().to_vec())));
    assert_eq!(bench.client.receive().await, None);
    assert_eq!(bench.ending().await, Ending::Closed);
}

#[tokio::test(start_paused = true)]
async fn a_drop_comes_without_a_close_frame_and_at_a_quiet_moment() {
    let opened = Instant::now();
    let drop_at = opened + Duration::from_secs(8);
    let mut bench = Bench::open("", |service| service.drop_at = Some(drop_at)).await;
    bench.client.send_text(PROGRAM).await;
    bench.client.receive_text().await;
    tokio::time::sleep(Duration::from_millis(7_900)).await;
    bench.switch(0);
    bench.client.receive_text().await;
    let (stream, ending) = bench.served.await.unwrap().unwrap();
    assert_eq!(ending, Ending::BreakOff);
    assert_eq!(opened.elapsed().as_millis(), 8_100, "200 ms after the last state");
    drop(stream);
    assert_eq!(bench.client.receive().await, None, "no close frame came first");
}

#[tokio::test(start_paused = true)]
async fn a_shutdown_is_announced_to_the_subscribed_sources() {
    let mut bench = Bench::plain().await;
    bench.client.send_text(PROGRAM).await;
    bench.client.receive_text().await;
    bench.leave.send_replace(Some(Leave::Shutdown));
    let notice = bench.client.receive_text().await;
    assert!(notice.starts_with(r#"{"message_type":"shutdown","identity":{"source_id":"11111111-"#), "{notice}");
    let (first, payload) = bench.client.receive().await.unwrap();
    assert_eq!((first, &payload[..2]), (0x88, &1001_u16.to_be_bytes()[..]));
}

#[tokio::test(start_paused = true)]
async fn states_sent_are_in_the_ledger_until_they_are_seen() {
    let mut bench = Bench::plain().await;
    bench.client.send_text(PROGRAM).await;
    bench.client.receive_text().await;
    let state = bench.tallies.borrow()[0].since;
    assert_eq!(bench.ledger.outstanding(state), 1);
    bench.ledger.seen(state);
    assert_eq!(bench.ledger.outstanding(state), 0);
}
