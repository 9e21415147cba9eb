//! Random peers and random callers for minutes of engine time: every call is answered, the element always stops,
//! and a record of it replays.
//!
//! A failure prints its seed; `GENLOCK_SOAK_SEED=n` runs that one alone, `GENLOCK_SOAK_SEEDS=n` that many.

use std::time::Duration;

use fastrand::Rng;
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};
use tokio_tungstenite::accept_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

use super::Seen;
use super::connectors::dynamic_ip;
use super::peer::{Peer, peer, soon};
use crate::{Error, Reconnect, WhileClosed};

const SEEDS: u64 = 60;
/// How many callers call at once.
const CALLERS: u32 = 4;
/// The longest run, in ms of engine time.
const LONGEST: u64 = 120_000;

type Element = dynamic_ip::Element;

#[test]
fn whatever_peers_and_callers_do_every_call_is_answered_and_the_element_stops() {
    let variable = |name| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let seeds = match variable("GENLOCK_SOAK_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..variable("GENLOCK_SOAK_SEEDS").unwrap_or(SEEDS),
    };
    for seed in seeds {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        // Tests show what was printed only when they fail.
        eprintln!("seed {seed}");
        runtime.block_on(soon(run(seed)));
    }
}

async fn run(seed: u64) {
    let mut random = Rng::with_seed(seed);
    let (dial, peer) = peer();
    let line = WhileClosed::Queue { messages: random.usize(1..20), time: Duration::from_millis(random.u64(1..2000)) };
    let policy = random.choice([WhileClosed::Drop, WhileClosed::Reject, line]).unwrap();
    let reconnect = if random.u8(0..4) == 0 { Reconnect::Documented } else { Reconnect::default() };
    let builder = dynamic_ip::element("camera", Seen::default())
        .connection(dynamic_ip::connections::WEB_SOCKET_CONNECTION, |c| {
            c.host("ws://device").timeout(Duration::from_millis(500)).while_closed(policy).message_limit(64 * 1024)
        })
        .reconnect(reconnect)
        .seed(seed)
        .dial(dial);
    #[cfg(feature = "sim")]
    let record = super::record::Memory::default();
    // Some of them: to write and to replay takes longer than to run.
    #[cfg(feature = "sim")]
    let builder = if seed.is_multiple_of(4) { builder.record(record.clone()) } else { builder };
    let element = builder.start().await.unwrap();
    let peers = tokio::spawn(serve(peer, Rng::with_seed(random.u64(..))));
    let mut callers = JoinSet::new();
    for _ in 0..CALLERS {
        callers.spawn(call(element.clone(), Rng::with_seed(random.u64(..))));
    }
    sleep(Duration::from_millis(random.u64(0..LONGEST))).await;
    let asked = Instant::now();
    if random.bool() {
        element.stop().await.unwrap();
        assert!(matches!(element.counters().await, Err(Error::Stopped { .. })));
    } else {
        // Whoever still calls keeps it alive; the last call ends it.
        callers.shutdown().await;
        let mut status = element.watch(dynamic_ip::params::WEBSOCKET_STATUS);
        drop(element);
        let _ = status.latest().await;
        while status.changed().await.is_ok() {}
    }
    assert!(asked.elapsed() <= Duration::from_secs(2), "{:?}", asked.elapsed());
    // Callers end with the element: none is left without an answer.
    while let Some(caller) = callers.join_next().await {
        caller.unwrap();
    }
    peers.await.unwrap();
    #[cfg(feature = "sim")]
    if !record.text().is_empty() {
        super::record::replayed(&record.text(), include_str!("../../../../examples/nmos/dynamic-ip.xml")).1.unwrap();
    }
}

/// Calls this and that until the element has stopped.
async fn call(element: Element, mut random: Rng) {
    loop {
        let pair = dynamic_ip::pairs::WEBSOCKET_HEARTBEAT;
        let result = match random.u8(0..8) {
            0 => element.set(dynamic_ip::params::WEBSOCKET_URL, any_address(&mut random)).await,
            1 => element.reconnect(dynamic_ip::connections::WEB_SOCKET_CONNECTION).await,
            2 => element.get(dynamic_ip::params::GENERIC_RESPONSE).await.map(|_| ()),
            3 => element.check_trigger(dynamic_ip::triggers::ON_CHECK_TRIGGER_CLEAR_GENERIC_RESPONSE).await,
            4 => element.send(pair).websocket_heartbeat_request("beat").await,
            5 => element.send(pair).websocket_heartbeat_request("x".repeat(random.usize(0..200_000))).await,
            6 => element.execute(pair).await.map(|_| ()),
            _ => element.counters().await.map(|_| ()),
        };
        if matches!(result, Err(Error::Stopped { .. })) {
            return;
        }
        if random.bool() {
            sleep(Duration::from_millis(random.u64(0..3000))).await;
        }
    }
}

fn any_address(random: &mut Rng) -> &'static str {
    ["ws://device", "ws://other:81/path", "no address", "", "wss://secure"][random.usize(0..5)]
}

/// Serves one connection after the other until nobody dials any more; no pipe outlives the element.
async fn serve(mut peer: Peer, mut random: Rng) {
    let mut sessions = JoinSet::new();
    while let Some(pipe) = peer.next_pipe().await {
        sessions.spawn(session(pipe, Rng::with_seed(random.u64(..))));
    }
    while let Some(session) = sessions.join_next().await {
        session.unwrap();
    }
}

async fn session(mut pipe: DuplexStream, mut random: Rng) {
    sleep(Duration::from_millis(if random.bool() { 0 } else { random.u64(0..1000) })).await;
    match random.u8(0..8) {
        0 => drop(pipe),
        1 => read_on(pipe).await, // no answer at all
        2 => {
            let refusal = b"HTTP/1.1 503 Busy\r\nContent-Length: 100\r\n\r\nnot all of it";
            let _ = pipe.write_all(refusal).await;
            read_on(pipe).await;
        }
        3 => {
            let _ = pipe.write_all(&any_bytes(&mut random)).await;
            read_on(pipe).await;
        }
        _ => open_session(pipe, random).await,
    }
}

/// What an open session does to the element; its last act is the end of the connection, or to leave that to the element.
async fn open_session(pipe: DuplexStream, mut random: Rng) {
    let Ok(mut socket) = accept_async(pipe).await else { return };
    for _ in 0..random.u32(0..60) {
        let done = match random.u8(0..16) {
            0..5 => socket.send(Message::text("alive")).await.is_ok(),
            5 => socket.send(Message::text("panic")).await.is_ok(),
            6 => socket.send(Message::binary(any_bytes(&mut random))).await.is_ok(),
            7 => socket.send(Message::Ping(any_bytes(&mut random)[..8].to_vec().into())).await.is_ok(),
            8 => {
                let part = |opcode, last| Message::Frame(Frame::message("part", OpCode::Data(opcode), last));
                let begun = socket.send(part(Data::Text, false)).await.is_ok();
                sleep(Duration::from_millis(random.u64(0..100))).await;
                begun && socket.send(part(Data::Continue, random.u8(0..8) > 0)).await.is_ok()
            }
            9 if random.bool() => socket.get_mut().write_all(&any_bytes(&mut random)).await.is_ok(),
            10 if random.bool() => socket.send(Message::text("x".repeat(70_000))).await.is_ok(),
            11 if random.bool() => {
                let _ = socket.close(None).await;
                false
            }
            12 => {
                sleep(Duration::from_millis(random.u64(0..20_000))).await;
                true
            }
            // What the element sends is read now and then only, so its writes get stuck.
            _ => {
                tokio::time::timeout(Duration::from_millis(50), socket.next()).await.map_or(true, |next| next.is_some())
            }
        };
        if !done {
            return;
        }
        sleep(Duration::from_millis(random.u64(0..200))).await;
    }
    if random.bool() {
        read_on(socket.into_inner()).await; // the close frame stays unanswered
    } else {
        while let Some(Ok(_)) = socket.next().await {}
    }
}

async fn read_on(mut pipe: DuplexStream) {
    let mut bytes = [0; 4096];
    while pipe.read(&mut bytes).await.is_ok_and(|len| len > 0) {}
}

fn any_bytes(random: &mut Rng) -> Vec<u8> {
    (0..random.usize(8..200)).map(|_| random.u8(..)).collect()
}
