//! Elements over real sockets on loopback: real time, one generous bound, no assertion on durations.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test; clippy knows only `#[test]` functions as such")]
#![expect(clippy::disallowed_methods, reason = "the bound on a test is not the engine's")]

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use genlock::{Backoff, ConnectionState, Reconnect};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

mod dynamic_ip {
    genlock::include_protocol!("../examples/nmos/dynamic-ip.xml");
}

const LINK: genlock::Connection<dynamic_ip::Protocol> = dynamic_ip::connections::WEB_SOCKET_CONNECTION;

/// Counts the bytes of the messages, and clears them as the use case does.
#[derive(Default)]
struct Received {
    bytes: tokio::sync::watch::Sender<Vec<usize>>,
}

impl dynamic_ip::QActions for Received {
    fn parse_response(cx: &mut dynamic_ip::Context<'_, Self>) -> genlock::HookResult {
        if let Some(message) = cx.get(dynamic_ip::params::GENERIC_RESPONSE) {
            cx.state.bytes.send_modify(|bytes| bytes.push(message.len()));
        }
        cx.check_trigger(dynamic_ip::triggers::ON_CHECK_TRIGGER_CLEAR_GENERIC_RESPONSE)
    }
}

struct Server {
    listener: TcpListener,
    url: String,
}

impl Server {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("ws://{}/x-nmos/events/ws", listener.local_addr().unwrap());
        Self { listener, url }
    }

    async fn accept(&self) -> WebSocketStream<TcpStream> {
        let (stream, _) = self.listener.accept().await.unwrap();
        tokio_tungstenite::accept_async(stream).await.unwrap()
    }
}

async fn element(url: &str, state: Received) -> dynamic_ip::Element {
    dynamic_ip::element("loopback", state)
        .set(dynamic_ip::params::WEBSOCKET_URL, url)
        .reconnect(Reconnect::Automatic(Backoff::default().first(Duration::from_millis(20))))
        .start()
        .await
        .unwrap()
}

/// One bound for all tests, which none of them comes near.
async fn bounded<T>(test: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(120), test).await.expect("nothing hangs")
}

#[tokio::test]
async fn an_exchange_over_tcp() {
    bounded(async {
        let server = Server::start().await;
        let element = element(&server.url, Received::default()).await;
        let mut socket = server.accept().await;
        element.watch(LINK).wait_for(|link| link.state == ConnectionState::Open).await.unwrap();
        let answer = tokio::spawn(
            element.send(dynamic_ip::pairs::WEBSOCKET_HEARTBEAT).websocket_heartbeat_request("beat").answer(),
        );
        assert_eq!(socket.next().await.unwrap().unwrap(), Message::text("beat"));
        socket.send(Message::text("alive")).await.unwrap();
        assert_eq!(answer.await.unwrap().unwrap().generic_response, "alive");
        let stop = tokio::spawn(async move { element.stop().await });
        let Message::Close(Some(frame)) = socket.next().await.unwrap().unwrap() else { panic!("a close frame") };
        assert_eq!(u16::from(frame.code), 1001);
        while socket.next().await.is_some() {}
        stop.await.unwrap().unwrap();
    })
    .await;
}

#[tokio::test]
async fn conn_53_61_the_element_moves_between_devices() {
    bounded(async {
        let (first, second) = (Server::start().await, Server::start().await);
        let element = element(&first.url, Received::default()).await;
        for server in [&first, &second, &first, &first] {
            element.set(dynamic_ip::params::WEBSOCKET_URL, server.url.as_str()).await.unwrap();
            let mut socket = loop {
                // The attempt that the start made to the first device may have been cancelled half-way.
                let (stream, _) = server.listener.accept().await.unwrap();
                if let Ok(socket) = tokio_tungstenite::accept_async(stream).await {
                    break socket;
                }
            };
            element.watch(LINK).wait_for(|link| link.state == ConnectionState::Open).await.unwrap();
            // Read on, so that the close frame is answered.
            tokio::spawn(async move { while socket.next().await.is_some_and(|message| message.is_ok()) {} });
        }
        // A bad address in between, then back at once (CONN-60, CONN-61).
        element.set(dynamic_ip::params::WEBSOCKET_URL, "ftp://nowhere").await.unwrap();
        element.watch(LINK).wait_for(|link| link.state == ConnectionState::Idle).await.unwrap();
        element.set(dynamic_ip::params::WEBSOCKET_URL, second.url.as_str()).await.unwrap();
        second.accept().await;
    })
    .await;
}

#[tokio::test]
async fn bey_01_a_device_that_comes_up_late_is_found() {
    bounded(async {
        let server = Server::start().await;
        let (url, address) = (server.url.clone(), server.listener.local_addr().unwrap());
        drop(server);
        let element = element(&url, Received::default()).await;
        let failed = |state: &ConnectionState| matches!(state, ConnectionState::Backoff { failures: 3.., .. });
        element.watch(LINK).wait_for(|link| failed(&link.state)).await.unwrap();
        let listener = TcpListener::bind(address).await.unwrap();
        let server = Server { listener, url };
        let _socket = server.accept().await;
        element.watch(LINK).wait_for(|link| link.state == ConnectionState::Open).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn rel_01_02_54_messages_of_every_size_arrive_whole_and_in_order() {
    bounded(async {
        let sizes = [1023, 1024, 1025, 4096, 65_535, 65_536, 65_537, 200_000, 5 << 20];
        let server = Server::start().await;
        let state = Received::default();
        let mut bytes = state.bytes.subscribe();
        let _element = element(&server.url, state).await;
        let mut socket = server.accept().await;
        for size in sizes {
            socket.send(Message::text("x".repeat(size))).await.unwrap();
        }
        bytes.wait_for(|bytes| bytes.len() == sizes.len()).await.unwrap();
        assert_eq!(*bytes.borrow(), sizes);
        for _ in 0..10_000 {
            socket.feed(Message::text("y".repeat(1024))).await.unwrap();
        }
        socket.flush().await.unwrap();
        bytes.wait_for(|bytes| bytes.len() == sizes.len() + 10_000).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn rel_04_large_commands_reach_the_device() {
    bounded(async {
        let server = Server::start().await;
        let element = element(&server.url, Received::default()).await;
        let mut socket = server.accept().await;
        element.watch(LINK).wait_for(|link| link.state == ConnectionState::Open).await.unwrap();
        for size in [400_000, 5 << 20] {
            let answer = tokio::spawn(
                element
                    .send(dynamic_ip::pairs::WEBSOCKET_HEARTBEAT)
                    .websocket_heartbeat_request("z".repeat(size))
                    .answer(),
            );
            assert_eq!(socket.next().await.unwrap().unwrap().len(), size);
            socket.send(Message::text("taken")).await.unwrap();
            answer.await.unwrap().unwrap();
        }
    })
    .await;
}
