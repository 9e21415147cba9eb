//! Elements beside each other, callers on other threads, and a hook that takes its time: in real time, on two threads.
#![expect(clippy::await_holding_lock, reason = "the lock is what the hook waits for")]

use std::time::Duration;

use super::Seen;
use super::connectors::normal;
use super::peer::{PIPE, Session, peer};

const LINK: crate::Connection<normal::Protocol> = normal::connections::WEB_SOCKET_CONNECTION;
const REQUEST: crate::Param<normal::Protocol, crate::Text> = normal::params::WEBSOCKET_HEARTBEAT_REQUEST;

/// An open element, and what its hook notes; the hook waits while a test holds that.
async fn open() -> (normal::Element, Session, Seen) {
    let (dial, mut peer) = peer();
    let seen = Seen::default();
    let element = normal::element("camera", Seen(seen.0.clone())).connection(LINK, |c| c.host("ws://device"));
    let element = element.dial(dial).start().await.unwrap();
    (element, peer.accept().await, seen)
}

/// Waits until the hook has noted `count` messages.
async fn noted(seen: &Seen, count: usize) {
    let noted = async {
        while seen.0.lock().unwrap().len() < count {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), noted).await.expect("all messages are handled");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thr_08_an_element_whose_hook_hangs_holds_up_no_other() {
    let (_hanging, mut to_hanging, hung) = open().await;
    let (_other, mut to_other, seen) = open().await;
    let held = hung.0.lock().unwrap();
    to_hanging.send("hang").await;
    for number in 0..100 {
        to_other.send(&number.to_string()).await;
    }
    noted(&seen, 100).await;
    assert!(held.is_empty(), "the first one still hangs");
    drop(held);
    noted(&hung, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thr_09_a_value_is_never_empty_while_it_is_replaced() {
    let (element, _session, _) = open().await;
    element.set(REQUEST, "value 0").await.unwrap();
    let writer = element.clone();
    let writing = tokio::spawn(async move {
        for number in 0..2000 {
            writer.set(REQUEST, format!("value {number}")).await.unwrap();
        }
    });
    while !writing.is_finished() {
        let value = element.get(REQUEST).await.unwrap().expect("the old value or the new one");
        assert!(value.starts_with("value "), "{value}");
    }
    writing.await.unwrap();
    assert_eq!(element.get(REQUEST).await.unwrap().as_deref(), Some("value 1999"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rsp_56_messages_that_are_not_handled_yet_hold_up_the_peer_and_none_is_lost() {
    const MESSAGES: usize = 1000;
    let (element, mut session, seen) = open().await;
    let held = seen.0.lock().unwrap();
    let message = "x".repeat(1000);
    let mut sent = 0;
    while sent < MESSAGES {
        let text = format!("{sent} {message}");
        if tokio::time::timeout(Duration::from_millis(500), session.send(&text)).await.is_err() {
            break; // the message is in the peer's own buffer, and goes out with the next one
        }
        sent += 1;
    }
    assert!(sent * message.len() < 3 * PIPE, "{sent} messages of {MESSAGES} were taken");
    drop(held);
    for number in sent + 1..MESSAGES {
        session.send(&format!("{number} {message}")).await;
    }
    noted(&seen, MESSAGES).await;
    let seen = seen.0.lock().unwrap();
    assert!(seen.iter().enumerate().all(|(number, text)| text.starts_with(&format!("{number} "))), "in order");
    drop(element);
}
