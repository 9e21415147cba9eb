//! What a peer can make an element hold, whatever it does: REL-03, REL-04, REL-55.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::SinkExt as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream};
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::Message;

use super::connectors::normal;
use super::peer::{Peer, peer};
use crate::{Compression, ConnectionState, Reason};

const LINK: crate::Connection<normal::Protocol> = normal::connections::WEB_SOCKET_CONNECTION;
const PAIR: crate::Pair<normal::Protocol, normal::commands::WebsocketHeartbeat<normal::responses::GenericResponse>> =
    normal::pairs::WEBSOCKET_HEARTBEAT;

/// The largest message that the elements here receive.
const LIMIT: usize = 64 << 10;

/// What peers send in all.
const FLOOD: usize = 8 << 20;

/// What element and peer may hold together: a message while it grows, in two buffers, what the pipes hold, and both
/// windows of compression.
const HELD: u64 = 2 << 20;

/// A hook that takes as long as it is told.
struct Taking {
    time: Duration,
    handled: Arc<AtomicU64>,
}

impl normal::QActions for Taking {
    fn parse_response(cx: &mut normal::Context<'_, Self>) -> crate::HookResult {
        std::thread::sleep(cx.state.time);
        cx.state.handled.fetch_add(1, Ordering::Relaxed);
        cx.check_trigger(normal::triggers::ON_CHECK_TRIGGER_CLEAR_GENERIC_RESPONSE)
    }
}

async fn started(time: Duration) -> (normal::Element, Peer, Arc<AtomicU64>) {
    let (dial, peer) = peer();
    let handled = Arc::new(AtomicU64::new(0));
    let element = normal::element("camera", Taking { time, handled: Arc::clone(&handled) });
    let element = element.connection(LINK, |link| {
        link.host("ws://device").retries(0).message_limit(LIMIT).fragment_limit(1000).compression(Compression::Offered)
    });
    (element.dial(dial).start().await.unwrap(), peer, handled)
}

/// Accepts the next handshake, with compression, and leaves the frames to the test.
async fn accept_raw(peer: &mut Peer) -> DuplexStream {
    let (_, mut pipe) = peer.pipe().await;
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(pipe.read_u8().await.unwrap());
    }
    let head = String::from_utf8(head).unwrap();
    let key = head.split("Sec-WebSocket-Key: ").nth(1).unwrap().split("\r\n").next().unwrap();
    let accept = tokio_tungstenite::tungstenite::handshake::derive_accept_key(key.as_bytes());
    let answer = format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n"
    );
    pipe.write_all(answer.as_bytes()).await.unwrap();
    pipe
}

/// Runs a test in paused time, and holds it to the memory that it may take at once.
fn bounded(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    let allocated = allocation_counter::measure(|| runtime.block_on(test));
    assert!(allocated.bytes_max < HELD, "{} bytes at once", allocated.bytes_max);
}

/// Sends `first`, then `again` without end, and gives back what the element says of the connection then.
async fn flooded_with(first: &[u8], again: &[u8]) -> Reason {
    let (element, mut peer, _) = started(Duration::ZERO).await;
    let (mut reading, mut writing) = tokio::io::split(accept_raw(&mut peer).await);
    let (first, again) = (first.to_vec(), again.to_vec());
    let flood = tokio::spawn(async move {
        let mut sent = first.len();
        let _ = writing.write_all(&first).await;
        while writing.write_all(&again).await.is_ok() {
            sent += again.len();
            assert!(sent < FLOOD, "the element reads on for ever");
            sleep(Duration::from_millis(1)).await; // paused time goes on only while nobody has anything to do
        }
    });
    let drain = tokio::spawn(async move { while reading.read(&mut [0; 1024]).await.is_ok_and(|len| len > 0) {} });
    let down = |state: &ConnectionState| matches!(state, ConnectionState::Backoff { .. });
    let status = element.watch(LINK).wait_for(|link| down(&link.state)).await.unwrap();
    drop(peer); // nobody accepts the next attempt
    flood.await.unwrap();
    drain.await.unwrap();
    assert_eq!(element.counters().await.unwrap().broken_by_limits, 1);
    status.reason
}

fn over_limit(reason: &Reason) -> bool {
    matches!(reason, Reason::Protocol { code: 1009, .. })
}

#[test]
fn rel_03_an_endless_message_takes_bounded_memory() {
    let fragment = [&[0x00, 126, 0x03, 0xe8][..], &[b'x'; 1000]].concat();
    bounded(async move {
        let reason = flooded_with(&[0x01, 0], &fragment).await;
        assert!(over_limit(&reason), "{reason}");
    });
}

#[test]
fn rel_03_an_endless_message_of_nothing_takes_bounded_memory() {
    bounded(async {
        let reason = flooded_with(&[0x02, 0], &[0x00, 0].repeat(100)).await;
        assert!(over_limit(&reason), "{reason}");
        let reason = flooded_with(&[0x42, 0], &[0x00, 0].repeat(100)).await; // compressed
        assert!(over_limit(&reason), "{reason}");
    });
}

#[test]
fn conn_85_a_bomb_takes_bounded_memory() {
    let mut zeros = Vec::with_capacity(8192);
    let mut deflate = flate2::Compress::new(flate2::Compression::default(), false);
    deflate.compress_vec(&vec![0; 1 << 20], &mut zeros, flate2::FlushCompress::Full).unwrap();
    let [high, low] = u16::try_from(zeros.len()).unwrap().to_be_bytes();
    let fragment = [&[0x00, 126, high, low][..], &zeros].concat();
    bounded(async move {
        let reason = flooded_with(&[0x42, 0], &fragment).await;
        assert!(over_limit(&reason), "{reason}");
    });
}

#[test]
fn conn_87_pings_without_end_take_bounded_memory() {
    bounded(async {
        let (element, mut peer, _) = started(Duration::ZERO).await;
        let mut pipe = accept_raw(&mut peer).await;
        let pings = [&[0x89, 125][..], &[b'p'; 125]].concat().repeat(10);
        let mut sent = 0;
        // The peer reads no pong, so at some time its pings are read no more.
        while timeout(Duration::from_secs(5), pipe.write_all(&pings)).await.is_ok_and(|written| written.is_ok()) {
            sent += pings.len();
            assert!(sent < FLOOD, "the element reads on for ever");
        }
        assert_eq!(element.counters().await.unwrap().messages_received, 0);
    });
}

#[test]
fn rel_55_a_fast_sender_and_a_slow_hook_take_bounded_memory() {
    const MESSAGES: u64 = 2000;
    bounded(async {
        let (element, mut peer, handled) = started(Duration::from_micros(100)).await;
        let mut session = peer.accept().await;
        for _ in 0..MESSAGES {
            session.0.feed(Message::text("x".repeat(4 << 10))).await.unwrap();
            session.0.flush().await.unwrap();
        }
        while handled.load(Ordering::Relaxed) < MESSAGES {
            sleep(Duration::from_millis(1)).await;
        }
        let counters = element.counters().await.unwrap();
        assert_eq!((counters.messages_received, counters.discarded, counters.unmatched), (MESSAGES, 0, 0));
    });
}

#[test]
fn rel_04_a_peer_that_reads_nothing_takes_bounded_memory() {
    bounded(async {
        let (element, mut peer, _) = started(Duration::ZERO).await;
        let session = peer.accept().await;
        let mut lost = 0;
        // Far more than a pipe holds: the first ones fill it, the others are given up one after the other.
        for _ in 0..100 {
            let request = "x".repeat(16 << 10);
            lost += u64::from(element.send(PAIR).websocket_heartbeat_request(request).await.is_err());
        }
        let counters = element.counters().await.unwrap();
        assert!(lost > 90 && counters.lost == lost, "{lost} of 100: {counters:?}");
        assert_eq!(counters.messages_sent + counters.lost, 100);
        drop(session);
    });
}
