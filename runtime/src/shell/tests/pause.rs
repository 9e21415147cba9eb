//! Pausing an element, and going on, over pipes in paused time (LIFE-31).

use std::time::Duration;

use tokio::time::Instant;

use super::Seen;
use super::connectors::normal;
use super::peer::{Peer, peer, soon};
use crate::{ConnectionState, Error};

const LINK: crate::Connection<normal::Protocol> = normal::connections::WEB_SOCKET_CONNECTION;
const REQUEST: crate::Param<normal::Protocol, crate::Text> = normal::params::WEBSOCKET_HEARTBEAT_REQUEST;

async fn open() -> (normal::Element, Peer, super::peer::Session, Seen) {
    let (dial, mut peer) = peer();
    let seen = Seen::default();
    let element = normal::element("camera", Seen(seen.0.clone())).connection(LINK, |c| c.host("ws://device"));
    let element = element.dial(dial).start().await.unwrap();
    let session = peer.accept().await;
    element.watch(LINK).wait_for(|link| link.state == ConnectionState::Open).await.unwrap();
    (element, peer, session, seen)
}

#[tokio::test(start_paused = true)]
async fn life_31_a_paused_element_neither_takes_nor_sends_and_stays_connected() {
    soon(async {
        let (element, mut peer, mut session, seen) = open().await;
        element.pause().await.unwrap();
        session.send("unheard").await;
        let sending = element.send(normal::pairs::WEBSOCKET_HEARTBEAT).websocket_heartbeat_request("x");
        let start = Instant::now();
        assert!(matches!(sending.await, Err(Error::Paused { .. })));
        assert_eq!(start.elapsed(), Duration::ZERO);
        tokio::time::sleep(Duration::from_secs(600)).await; // no ping, so no deadline for its answer either
        assert_eq!(element.watch(LINK).latest().await.unwrap().unwrap().state, ConnectionState::Open);
        assert!(!peer.was_dialled());
        assert_eq!(element.counters().await.unwrap().discarded, 1);
        assert!(seen.0.lock().unwrap().is_empty());
        element.set(REQUEST, "kept").await.unwrap();
        assert_eq!(element.get(REQUEST).await.unwrap().as_deref(), Some("kept"), "values can be written");

        element.resume().await.unwrap();
        session.send("heard").await;
        let sending = element.send(normal::pairs::WEBSOCKET_HEARTBEAT).websocket_heartbeat_request("beat");
        sending.await.unwrap();
        assert_eq!(session.receive_text().await, "beat");
        assert_eq!(*seen.0.lock().unwrap(), ["heard"]);
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn life_31_a_connection_that_is_lost_in_a_pause_comes_back_with_the_element() {
    soon(async {
        let (element, mut peer, session, _) = open().await;
        element.pause().await.unwrap();
        drop(session);
        tokio::time::sleep(Duration::from_secs(600)).await;
        assert!(!peer.was_dialled());
        element.resume().await.unwrap();
        let _session = peer.accept().await;
        element.watch(LINK).wait_for(|link| link.state == ConnectionState::Open).await.unwrap();
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn life_31_a_paused_element_stops_at_once() {
    soon(async {
        let (element, _peer, mut session, _) = open().await;
        element.pause().await.unwrap();
        element.pause().await.unwrap(); // a second pause changes nothing
        let stopping = tokio::spawn(async move { element.stop().await });
        let close = session.receive().await;
        assert!(close.is_close(), "{close:?}");
        drop(session);
        stopping.await.unwrap().unwrap();
    })
    .await;
}
