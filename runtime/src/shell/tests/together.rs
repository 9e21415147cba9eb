//! Elements that share threads, links that come back a thousand times, hooks that are slower than their peer.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use futures_util::SinkExt as _;
use tokio::io::AsyncReadExt as _;
use tokio_tungstenite::tungstenite::Message;

use super::Seen;
use super::connectors::{dynamic_ip, normal};
use super::peer::{PIPE, peer, soon};
use crate::ws::OpenError;
use crate::{ConnectionState, Reason};

const LINK: crate::Connection<normal::Protocol> = normal::connections::WEB_SOCKET_CONNECTION;

#[tokio::test(start_paused = true)]
async fn rel_25_a_name_that_cannot_be_resolved_at_first_is_asked_for_again() {
    soon(async {
        let (found, mut peer) = peer();
        let asked = Arc::new(AtomicU64::new(0));
        let element = normal::element("camera", Seen::default()).connection(LINK, |c| c.host("ws://late.example"));
        let counted = Arc::clone(&asked);
        let element = element.dial(Arc::new(move |request| {
            assert_eq!(&*request.host, "late.example", "the name itself, each time");
            if counted.fetch_add(1, Ordering::Relaxed) >= 2 {
                return found(request);
            }
            let source = io::Error::other("no such name");
            Box::pin(async move { Err(OpenError::Resolve { host: request.host.clone(), source }) })
        }));
        let element = element.start().await.unwrap();
        let _session = peer.accept().await;
        element.watch(LINK).wait_for(|link| link.state == ConnectionState::Open).await.unwrap();
        assert_eq!(asked.load(Ordering::Relaxed), 3);
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn rel_26_a_thousand_reconnects_leave_one_socket() {
    soon(async {
        let (dial, mut peer) = peer();
        let element = normal::element("camera", Seen::default()).connection(LINK, |c| c.host("ws://device"));
        let element = element.dial(dial).start().await.unwrap();
        let mut session = peer.accept().await;
        for opened in 1..=1000 {
            let mut link = element.watch(LINK);
            let open = |link: &crate::ConnectionStatus| link.state == ConnectionState::Open && link.opened == opened;
            link.wait_for(open).await.unwrap();
            element.reconnect(LINK).await.unwrap();
            assert!(matches!(session.receive().await, Message::Close(_)));
            assert!(!peer.was_dialled(), "CONN-63: not while the old socket is open");
            let mut old = session.0.into_inner();
            drop(tokio::io::AsyncWriteExt::shutdown(&mut old).await);
            // The element's end of it is gone, before or while it dials again.
            session = peer.accept().await;
            assert_eq!(old.read_to_end(&mut Vec::new()).await.unwrap(), 0);
        }
    })
    .await;
}

/// A hook that takes its time.
struct Slow {
    handled: Arc<AtomicU64>,
    takes: Duration,
}

impl normal::QActions for Slow {
    fn parse_response(cx: &mut normal::Context<'_, Self>) -> crate::HookResult {
        let Some(message) = cx.get(normal::params::GENERIC_RESPONSE) else { return Ok(()) };
        let number: u64 = message.split(' ').next().unwrap_or_default().parse()?;
        assert_eq!(number, cx.state.handled.fetch_add(1, Ordering::Relaxed), "in order, and none is lost");
        std::thread::sleep(cx.state.takes);
        cx.check_trigger(normal::triggers::ON_CHECK_TRIGGER_CLEAR_GENERIC_RESPONSE)
    }
}

#[tokio::test(start_paused = true)]
async fn rel_55_a_sender_that_is_faster_than_the_hooks_is_held_up() {
    const MESSAGES: u64 = 3000;
    const BYTES: usize = 1024;
    soon(async {
        let (dial, mut peer) = peer();
        let handled = Arc::new(AtomicU64::new(0));
        let driver = Slow { handled: Arc::clone(&handled), takes: Duration::from_micros(20) };
        let element = normal::element("camera", driver).connection(LINK, |c| c.host("ws://device"));
        let element = element.dial(dial).start().await.unwrap();
        let mut session = peer.accept().await;
        let mut ahead = 0;
        for number in 0..MESSAGES {
            let filler = "x".repeat(BYTES);
            session.0.feed(Message::text(format!("{number} {filler}"))).await.unwrap();
            session.0.flush().await.unwrap();
            ahead = ahead.max(number + 1 - handled.load(Ordering::Relaxed));
        }
        while handled.load(Ordering::Relaxed) < MESSAGES {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        // What the pipe and the read buffer hold, and not what the sender would like to send.
        let held = (2 * PIPE / BYTES) as u64 + 64;
        assert!(ahead <= held && held < MESSAGES / 2, "{ahead} messages ahead of the hook");
        let counters = element.counters().await.unwrap();
        assert_eq!((counters.messages_received, counters.hook_failures), (MESSAGES, 0));
    })
    .await;
}

/// A hook that does not return before it is told to.
struct Held(mpsc::Receiver<()>);

impl normal::QActions for Held {
    fn parse_response(cx: &mut normal::Context<'_, Self>) -> crate::HookResult {
        Ok(cx.state.0.recv_timeout(Duration::from_secs(60))?)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thr_08_two_elements_never_wait_for_each_other() {
    let (release, held) = mpsc::channel();
    let (dial, mut first_peer) = peer();
    let first = normal::element("first", Held(held)).connection(LINK, |c| c.host("ws://device"));
    let first = first.dial(dial).start().await.unwrap();
    first_peer.accept().await.send("hold").await;
    let (dial, mut second_peer) = peer();
    let seen = Seen::default();
    let messages = Arc::clone(&seen.0);
    let second = normal::element("second", seen).connection(LINK, |c| c.host("ws://device"));
    let second = second.dial(dial).start().await.unwrap();
    let mut session = second_peer.accept().await;
    session.send("alive").await;
    let begun = Instant::now();
    while messages.lock().unwrap().is_empty() {
        assert!(begun.elapsed() < Duration::from_secs(30), "the second element waits for the first one's hook");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    release.send(()).unwrap();
    second.stop().await.unwrap();
    first.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thr_09_rel_60_a_value_that_is_set_again_and_again_is_never_missing() {
    let (dial, _peer) = peer();
    let builder = dynamic_ip::element("camera", Seen::default());
    let builder = builder.connection(dynamic_ip::connections::WEB_SOCKET_CONNECTION, |c| c.host("ws://device"));
    let element = builder.dial(dial).start().await.unwrap();
    let request = dynamic_ip::params::WEBSOCKET_HEARTBEAT_REQUEST;
    element.set(request, "old").await.unwrap();
    let writer = tokio::spawn({
        let element = element.clone();
        async move {
            for turn in 0..2000 {
                element.set(request, if turn % 2 == 0 { "new" } else { "old" }).await.unwrap();
            }
        }
    });
    while !writer.is_finished() {
        let value = element.get(request).await.unwrap();
        assert!(matches!(value.as_deref(), Some("old" | "new")), "{value:?}");
    }
    writer.await.unwrap();
    assert_eq!(element.get(request).await.unwrap().as_deref(), Some("old"));
}

#[tokio::test(start_paused = true)]
async fn rel_26_a_reconnect_while_connecting_leaves_one_socket() {
    soon(async {
        let (dial, mut peer) = peer();
        let element = normal::element("camera", Seen::default()).connection(LINK, |c| c.host("ws://device"));
        let element = element.dial(dial).start().await.unwrap();
        let (_, mut first) = peer.pipe().await;
        element.reconnect(LINK).await.unwrap();
        let _session = peer.accept().await;
        let mut request = Vec::new();
        first.read_to_end(&mut request).await.unwrap();
        let reason = element.watch(LINK).wait_for(|link| link.state == ConnectionState::Open).await.unwrap().reason;
        assert_eq!(reason, Reason::NotOpened);
    })
    .await;
}
