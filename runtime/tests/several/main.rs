//! Two WebSockets and one connection for HTTP in one element, over loopback: each has its own state, settings, address
//! and times (REL-20, REL-28).
#![cfg(feature = "http")]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test; clippy knows only `#[test]` functions as such")]
#![expect(clippy::disallowed_methods, reason = "the bound on a test is not the engine's")]

mod server;

use std::time::Duration;

use genlock::{Backoff, ConnectionState, ConnectionStatus, Error, MemoryStore, Proxy, Reconnect};

use self::server::Server;

mod several {
    genlock::include_protocol!("tests/several/several.xml");
}

use several::{connections, pairs, params, triggers};

/// An element of three servers. Where none is given, nobody is there.
async fn element(control: &Server, events: Option<&Server>, details: &Server, store: MemoryStore) -> several::Element {
    let wait = Duration::from_millis(20);
    let soon = Reconnect::Automatic(Backoff::default().first(wait).cap(wait));
    let events = events.map_or_else(|| "ws://127.0.0.1:9".to_owned(), |events| format!("ws://{}", events.address));
    several::element("several", ())
        .connection(connections::CONTROL, |c| c.host(format!("ws://{}", control.address)).proxy(Proxy::none()))
        .connection(connections::EVENTS, |c| c.host(events).proxy(Proxy::none()))
        .connection(connections::DETAILS, |c| c.host(format!("http://{}", details.address)).proxy(Proxy::none()))
        .reconnect(soon)
        .store(store)
        .start()
        .await
        .unwrap()
}

async fn until(element: &several::Element, link: genlock::Connection<several::Protocol>, state: ConnectionState) {
    element.watch(link).wait_for(|link: &ConnectionStatus| link.state == state).await.unwrap();
}

/// Asks for the details; the status line of the answer.
async fn details(element: &several::Element) -> String {
    let mut status = element.watch(params::DETAILS_STATUS);
    element.check_trigger(triggers::READ_DETAILS).await.unwrap();
    status.wait_for(|status| !status.is_empty()).await.unwrap().to_string()
}

/// One bound for all tests, which none of them comes near.
async fn bounded<T>(test: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(120), test).await.expect("nothing hangs")
}

#[tokio::test]
async fn each_connection_has_its_own_state_and_time() {
    bounded(async {
        let (control, events, web) = (Server::start().await, Server::start().await, Server::start().await);
        let element = element(&control, Some(&events), &web, MemoryStore::default()).await;
        let (mut controlled, mut heard) = tokio::join!(control.accept(), events.accept());
        for link in [connections::CONTROL, connections::EVENTS] {
            until(&element, link, ConnectionState::Open).await;
        }
        // Each command goes its own way, and each answer comes back by it.
        let asked = element.send(pairs::ASK_CONTROL).question("who?").answer();
        let answered = async {
            assert_eq!(server::receive(&mut controlled).await, "who?");
            server::send(&mut controlled, "me").await;
        };
        let (answer, ()) = tokio::join!(asked, answered);
        assert_eq!(answer.unwrap().answer, "me");
        // One waits 300 ms for its answer, the other would wait for 20 s.
        let late = element.send(pairs::ASK_EVENTS).question("still there?").answer().await.unwrap_err();
        assert_eq!(late, Error::TimedOut { pair: 2, attempts: 1, wait_ms: 300 });
        // The end of one is not that of the others.
        assert_eq!(server::receive(&mut heard).await, "still there?");
        drop((heard, events));
        element.watch(params::EVENTS_OPEN).wait_for(|open| *open < 1.0).await.unwrap();
        let (status, ()) = tokio::join!(details(&element), web.answer("HTTP/1.1 200 OK", "fine"));
        assert_eq!(status, "HTTP/1.1 200 OK");
        assert_eq!(element.get(params::DETAILS_TEXT).await.unwrap().as_deref(), Some("fine"));
        assert_eq!(element.get(params::CONTROL_OPEN).await.unwrap(), Some(1.0));
        until(&element, connections::CONTROL, ConnectionState::Open).await;
        element.stop().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn rel_20_a_saved_address_is_that_of_its_own_connection() {
    bounded(async {
        let (control, elsewhere, web) = (Server::start().await, Server::start().await, Server::start().await);
        let store = MemoryStore::default();
        let first = element(&control, None, &web, store.clone()).await;
        let _controlled = control.accept().await;
        first.set(params::EVENTS_ADDRESS, format!("ws://{}", elsewhere.address)).await.unwrap();
        let _heard = elsewhere.accept().await;
        until(&first, connections::EVENTS, ConnectionState::Open).await;
        first.stop().await.unwrap();
        let again = element(&control, None, &web, store).await;
        let _both = tokio::join!(control.accept(), elsewhere.accept());
        for link in [connections::CONTROL, connections::EVENTS] {
            until(&again, link, ConnectionState::Open).await;
        }
        let (status, ()) = tokio::join!(details(&again), web.answer("HTTP/1.1 404 Not Found", ""));
        assert_eq!(status, "HTTP/1.1 404 Not Found");
        again.stop().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn rel_28_connections_that_die_together_come_back_together() {
    bounded(async {
        let (control, events, web) = (Server::start().await, Server::start().await, Server::start().await);
        let element = element(&control, Some(&events), &web, MemoryStore::default()).await;
        for round in 1..=21 {
            let _sockets = tokio::join!(control.accept(), events.accept());
            for link in [connections::CONTROL, connections::EVENTS] {
                let open = |link: &ConnectionStatus| link.state == ConnectionState::Open && link.opened == round;
                element.watch(link).wait_for(open).await.unwrap();
            }
        }
        assert_eq!(element.counters().await.unwrap().reconnects, 40);
        element.stop().await.unwrap();
    })
    .await;
}
