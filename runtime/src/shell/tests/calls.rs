//! What callers see: gets, sets, watches, events.

use std::time::Duration;

use super::Seen;
use super::connectors::{custom_handshake, normal, unhandled};
use super::peer::{peer, soon};
use crate::{Error, Event, EventsError, MemoryStore, Store as _};

const LINK: crate::Connection<normal::Protocol> = normal::connections::WEB_SOCKET_CONNECTION;

#[tokio::test(start_paused = true)]
async fn a_connection_without_any_address_is_refused_at_start() {
    let error = normal::element("camera", Seen::default()).start().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "element `camera` can't start: connection 1 (WebSocket Connection) has no host; \
         set one with `.connection(…, |c| c.host(\"ws://…\"))`"
    );
}

#[tokio::test(start_paused = true)]
async fn a_preset_that_does_not_fit_is_refused_at_start() {
    let nan = normal::values::WebsocketStatus::Other(f64::NAN);
    let builder = normal::element("camera", Seen::default()).connection(LINK, |c| c.host("ws://device"));
    let error = builder.set(normal::params::WEBSOCKET_STATUS, nan).start().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "parameter 7 can't take this value: `NaN` is no finite number, and the parameter is a double"
    );
}

#[tokio::test(start_paused = true)]
async fn get_and_set_are_typed() {
    soon(async {
        let (dial, _peer) = peer();
        let builder = normal::element("camera", Seen::default()).connection(LINK, |c| c.host("ws://device"));
        let element = builder.dial(dial).start().await.unwrap();
        let request = normal::params::WEBSOCKET_HEARTBEAT_REQUEST;
        assert_eq!(element.get(request).await.unwrap(), None);
        element.set(request, "beat").await.unwrap();
        assert_eq!(element.get(request).await.unwrap().as_deref(), Some("beat"));
        let status = normal::params::WEBSOCKET_STATUS;
        assert_eq!(element.get(status).await.unwrap(), Some(normal::values::WebsocketStatus::Closed));
        element.set(status, normal::values::WebsocketStatus::Other(7.5)).await.unwrap();
        assert_eq!(element.get(status).await.unwrap(), Some(normal::values::WebsocketStatus::Other(7.5)), "lossless");
        let error = element.set(status, normal::values::WebsocketStatus::Other(f64::NAN)).await.unwrap_err();
        assert!(matches!(error, Error::Value { pid: 7, .. }), "{error}");
        assert_eq!((status.pid(), status.name()), (7, "WebsocketStatus"));
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_watch_joins_fast_changes_and_ends_with_the_element() {
    soon(async {
        let (dial, _peer) = peer();
        let builder = normal::element("camera", Seen::default()).connection(LINK, |c| c.host("ws://device"));
        let element = builder.dial(dial).start().await.unwrap();
        let request = normal::params::WEBSOCKET_HEARTBEAT_REQUEST;
        let mut watch = element.watch(request);
        assert_eq!(watch.latest().await.unwrap(), None);
        for text in ["a", "b", "c"] {
            element.set(request, text).await.unwrap();
        }
        assert_eq!(watch.changed().await.unwrap(), "c");
        element.set(request, "c").await.unwrap();
        assert_eq!(watch.changed().await.unwrap(), "c", "an equal value that was set again counts");
        assert_eq!(watch.wait_for(|text| *text == "c").await.unwrap(), "c", "the state of now counts");
        element.stop().await.unwrap();
        assert!(matches!(watch.changed().await, Err(Error::Stopped { .. })));
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_listener_that_falls_behind_is_told_what_it_missed() {
    soon(async {
        let (dial, _peer) = peer();
        let builder = normal::element("camera", Seen::default()).connection(LINK, |c| c.host("ws://device"));
        let element = builder.dial(dial).start().await.unwrap();
        let mut events = element.events().await.unwrap();
        for number in 0..2000 {
            element.set(normal::params::WEBSOCKET_HEARTBEAT_REQUEST, number.to_string()).await.unwrap();
        }
        let Err(EventsError::Missed(missed)) = events.next().await else { panic!("some were missed") };
        let Ok(Event::Param { pid: 10, value: Some(value), change: true }) = events.next().await else {
            panic!("an event")
        };
        assert_eq!(value.to_text(), missed.to_string(), "the oldest one that is left");
        element.stop().await.unwrap();
        while events.next().await != Err(EventsError::Stopped) {}
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn callers_are_served_during_a_flood() {
    soon(async {
        let (dial, mut peer) = peer();
        let builder = normal::element("camera", Seen::default()).connection(LINK, |c| c.host("ws://device"));
        let element = builder.dial(dial).start().await.unwrap();
        let mut session = peer.accept().await;
        let flood = tokio::spawn(async move {
            for _ in 0..20_000 {
                session.send("message").await;
            }
            session
        });
        for _ in 0..100 {
            element.get(normal::params::GENERIC_RESPONSE).await.unwrap();
        }
        let _session = flood.await.unwrap();
        while element.counters().await.unwrap().messages_received < 20_000 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn save_02_a_restarted_element_finds_its_saved_values() {
    soon(async {
        let store = MemoryStore::default();
        for expected in ["x-nmos/events/ws", "other/path"] {
            let (dial, mut peer) = peer();
            let element = custom_handshake::element("camera", Seen::default())
                .connection(custom_handshake::connections::WEB_SOCKET_CONNECTION, |c| c.host("ws://device"))
                .store(store.clone())
                .dial(dial)
                .start()
                .await
                .unwrap();
            let (_session, asked) = peer.accept_request().await;
            assert_eq!(asked, format!("/{expected}")); // CONN-39
            element.set(custom_handshake::params::HANDSHAKE_PATH, "other/path").await.unwrap();
            element.stop().await.unwrap();
        }
        assert_eq!(store.clone().load(), [(8, "other/path".into())]);
    })
    .await;
}

// In real time: paused time stands still while anybody has something to do.
#[tokio::test]
async fn bey_14_deadlines_are_met_however_many_call() {
    let (dial, mut peer) = peer();
    let builder = normal::element("camera", Seen::default()).connection(LINK, |c| c.host("ws://device"));
    let element = builder.dial(dial).start().await.unwrap();
    let _silent = peer.accept().await;
    // More callers than the mailbox has room for: it is never empty.
    for _ in 0..600 {
        let element = element.clone();
        tokio::spawn(async move { while element.get(normal::params::GENERIC_RESPONSE).await.is_ok() {} });
    }
    tokio::task::yield_now().await;
    tokio::time::timeout(Duration::from_secs(10), element.stop()).await.expect("it stops after a second").unwrap();
}

/// The state of an element whose hooks nobody has written yet.
struct Unwritten;

impl unhandled::QActions for Unwritten {}

#[tokio::test(start_paused = true)]
async fn qa_25_a_hook_without_a_function_says_so_once() {
    soon(async {
        let (dial, mut peer) = peer();
        let builder = unhandled::element("camera", Unwritten)
            .connection(unhandled::connections::WEB_SOCKET_CONNECTION, |c| c.host("ws://device"));
        let (element, mut events) = builder.dial(dial).start_with_events().await.unwrap();
        let mut session = peer.accept().await;
        session.send("first").await;
        session.send("second").await;
        while element.counters().await.unwrap().messages_received < 2 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        element.stop().await.unwrap();
        let (mut runs, mut said) = (0, Vec::new());
        while let Ok(event) = events.next().await {
            match event {
                Event::QAction { .. } => runs += 1,
                Event::Log { text, .. } if text.contains("has no function") => said.push(text),
                _ => {}
            }
        }
        assert_eq!((runs, said.len()), (2, 1), "{said:?}");
    })
    .await;
}
