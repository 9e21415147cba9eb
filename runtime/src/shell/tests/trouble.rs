//! Peers that misbehave, and elements that end in the middle of things.

use std::time::Duration;

use futures_util::SinkExt as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message;

use super::Seen;
use super::connectors::normal;
use super::peer::{PIPE, Peer, peer, soon};
use crate::{ConnectionState, Element, Error, Reason, Reconnect};

const LINK: crate::Connection<normal::Protocol> = normal::connections::WEB_SOCKET_CONNECTION;
const PAIR: crate::Pair<normal::Protocol, normal::commands::WebsocketHeartbeat<normal::responses::GenericResponse>> =
    normal::pairs::WEBSOCKET_HEARTBEAT;

async fn started(reconnect: Reconnect) -> (normal::Element, Peer) {
    let (dial, peer) = peer();
    let element = normal::element("camera", Seen::default())
        .connection(LINK, |c| c.host("ws://device").retries(0))
        .reconnect(reconnect)
        .dial(dial)
        .start()
        .await
        .unwrap();
    (element, peer)
}

async fn reason(element: &Element<normal::Protocol>) -> Reason {
    let down = |state: &ConnectionState| matches!(state, ConnectionState::Backoff { .. });
    element.watch(LINK).wait_for(|link| down(&link.state)).await.unwrap().reason
}

#[tokio::test(start_paused = true)]
async fn conn_100_a_server_that_never_answers_the_handshake_is_given_up() {
    soon(async {
        let start = Instant::now();
        let (element, mut peer) = started(Reconnect::default()).await;
        let (_, mut pipe) = peer.pipe().await;
        assert_eq!(reason(&element).await, Reason::HandshakeTimeout(5000));
        assert_eq!(start.elapsed(), Duration::from_secs(5));
        let mut request = Vec::new();
        pipe.read_to_end(&mut request).await.unwrap(); // the pipe was dropped: no second socket beside it
        assert!(request.starts_with(b"GET / HTTP/1.1\r\n"));
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn conn_21_a_refusal_is_told_with_its_status() {
    soon(async {
        let (element, mut peer) = started(Reconnect::default()).await;
        let (_, mut pipe) = peer.pipe().await;
        pipe.write_all(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\nnope").await.unwrap();
        let reason = reason(&element).await;
        assert!(matches!(&reason, Reason::Handshake(text) if text.contains("403 Forbidden")), "{reason}");
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn http_45_a_redirect_is_no_success_and_is_not_followed() {
    soon(async {
        let (element, mut peer) = started(Reconnect::default()).await;
        let (_, mut pipe) = peer.pipe().await;
        pipe.write_all(b"HTTP/1.1 302 Found\r\nLocation: ws://other/\r\nContent-Length: 0\r\n\r\n").await.unwrap();
        let reason = reason(&element).await;
        assert!(matches!(&reason, Reason::Redirect(text) if text.contains("redirects to ws://other:80/")), "{reason}");
        let (to, _pipe) = peer.pipe().await;
        assert_eq!(&*to.host, "device");
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn http_45_a_redirect_is_followed_where_the_settings_say_so() {
    soon(async {
        let (dial, mut peer) = peer();
        let element = normal::element("camera", Seen::default())
            .connection(LINK, |c| c.host("ws://device").follow_redirects(true))
            .dial(dial)
            .start()
            .await
            .unwrap();
        let (_, mut pipe) = peer.pipe().await;
        pipe.write_all(b"HTTP/1.1 308 Gone\r\nLocation: //other:81/ws\r\nContent-Length: 0\r\n\r\n").await.unwrap();
        let (_session, path) = peer.accept_request().await;
        assert_eq!(path, "/ws");
        element.watch(LINK).wait_for(|link| link.state == ConnectionState::Open).await.unwrap();
        assert_eq!(element.counters().await.unwrap().failed_attempts, 0, "it was one attempt");
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn conn_85_a_message_over_the_limit_closes_with_1009() {
    soon(async {
        let (dial, mut peer) = peer();
        let element = normal::element("camera", Seen::default())
            .connection(LINK, |c| c.host("ws://device").message_limit(1000))
            .dial(dial)
            .start()
            .await
            .unwrap();
        let mut session = peer.accept().await;
        session.send(&"x".repeat(1001)).await;
        let Message::Close(Some(frame)) = session.receive().await else { panic!("a close frame") };
        assert_eq!(u16::from(frame.code), 1009);
        drop(session);
        assert!(matches!(reason(&element).await, Reason::Protocol { code: 1009, .. }));
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn conn_89_a_close_by_the_peer_is_answered_and_told() {
    soon(async {
        let (element, mut peer) = started(Reconnect::default()).await;
        let mut session = peer.accept().await;
        let frame =
            tokio_tungstenite::tungstenite::protocol::CloseFrame { code: 1012.into(), reason: "restarting".into() };
        session.0.close(Some(frame)).await.unwrap();
        assert!(matches!(session.receive().await, Message::Close(_)));
        let expected = Reason::ClosedByPeer { code: Some(1012), reason: "restarting".to_owned() };
        assert_eq!(reason(&element).await, expected);
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn conn_87_a_ping_is_answered_without_the_protocol() {
    soon(async {
        let (element, mut peer) = started(Reconnect::default()).await;
        let mut session = peer.accept().await;
        session.0.send(Message::Ping("are you there".into())).await.unwrap();
        assert_eq!(session.receive().await, Message::Pong("are you there".into()));
        assert_eq!(element.counters().await.unwrap().messages_received, 0);
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn bey_09_a_peer_that_falls_silent_is_given_up() {
    soon(async {
        let (element, mut peer) = started(Reconnect::default()).await;
        let (_, mut pipe) = peer.pipe().await;
        let mut request = vec![0; 4096];
        let len = pipe.read(&mut request).await.unwrap();
        let request = String::from_utf8_lossy(&request[..len]).into_owned();
        let key = request.split("Sec-WebSocket-Key: ").nth(1).unwrap().split("\r\n").next().unwrap();
        let accept = tokio_tungstenite::tungstenite::handshake::derive_accept_key(key.as_bytes());
        let answer = format!("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n");
        pipe.write_all(answer.as_bytes()).await.unwrap();
        let opened = Instant::now();
        assert_eq!(reason(&element).await, Reason::PingTimeout(10_000));
        assert_eq!(opened.elapsed(), Duration::from_secs(40));
        let len = pipe.read(&mut [0; 16]).await.unwrap();
        assert_eq!(len, 6, "an empty, masked ping");
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn bey_04_a_command_while_closed_is_refused_at_once() {
    soon(async {
        let (element, mut peer) = started(Reconnect::Documented).await;
        drop(peer.accept().await);
        element.watch(LINK).wait_for(|link| link.state == ConnectionState::Idle).await.unwrap();
        let start = Instant::now();
        let error = element.send(PAIR).websocket_heartbeat_request("x").await.unwrap_err();
        assert!(matches!(error, Error::NotSent { pair: 1, .. }), "{error}");
        assert_eq!(start.elapsed(), Duration::ZERO);
        assert_eq!(element.counters().await.unwrap().lost, 1);
        tokio::time::sleep(Duration::from_secs(600)).await;
        assert!(!peer.was_dialled(), "CONN-93");
        element.reconnect(LINK).await.unwrap();
        peer.accept().await;
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn pair_25_no_answer_ends_after_the_pairs_time() {
    soon(async {
        let (element, mut peer) = started(Reconnect::default()).await;
        let mut session = peer.accept().await;
        element.watch(LINK).wait_for(|link| link.state == ConnectionState::Open).await.unwrap();
        let start = Instant::now();
        let answer = tokio::spawn(element.send(PAIR).websocket_heartbeat_request("x").answer());
        assert_eq!(session.receive_text().await, "x");
        assert_eq!(answer.await.unwrap(), Err(Error::TimedOut { pair: 1, attempts: 1, wait_ms: 5000 }));
        assert_eq!(start.elapsed(), Duration::from_secs(5));
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn rel_04_a_slow_reader_holds_up_its_sender_and_nothing_else() {
    soon(async {
        let (element, mut peer) = started(Reconnect::default()).await;
        let mut session = peer.accept().await;
        element.watch(LINK).wait_for(|link| link.state == ConnectionState::Open).await.unwrap();
        let large = "x".repeat(5 << 20);
        assert!(large.len() > PIPE);
        let sent = tokio::spawn(element.send(PAIR).websocket_heartbeat_request(large.clone()).into_future());
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert!(!sent.is_finished());
        session.send("meanwhile").await; // taken as the answer (RSP-04), and the element goes on
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert_eq!(element.counters().await.unwrap().messages_received, 1);
        assert_eq!(session.receive_text().await.len(), large.len());
        sent.await.unwrap().unwrap();
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn life_41_stop_does_not_sit_out_waits() {
    soon(async {
        let (element, mut peer) = started(Reconnect::default()).await;
        let mut session = peer.accept().await;
        element.watch(LINK).wait_for(|link| link.state == ConnectionState::Open).await.unwrap();
        let answer = tokio::spawn(element.send(PAIR).websocket_heartbeat_request("x").answer());
        session.receive_text().await;
        let start = Instant::now();
        element.stop().await.unwrap(); // the peer does not answer the close frame
        assert_eq!(start.elapsed(), Duration::from_secs(1));
        assert!(matches!(answer.await.unwrap(), Err(Error::ConnectionLost { .. })));
        element.stop().await.unwrap();
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn rel_27_rapid_stops_and_starts() {
    soon(async {
        for _ in 0..200 {
            let (element, mut peer) = started(Reconnect::default()).await;
            let session = tokio::spawn(async move {
                let mut session = peer.accept().await;
                session.receive().await;
            });
            element.watch(LINK).wait_for(|link| link.state == ConnectionState::Open).await.unwrap();
            element.stop().await.unwrap();
            session.await.unwrap();
        }
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn the_element_stops_when_its_last_handle_is_dropped() {
    soon(async {
        let (element, mut peer) = started(Reconnect::default()).await;
        let mut session = peer.accept().await;
        let clone = element.clone();
        let unused = element.watch(LINK);
        drop(element);
        clone.watch(LINK).wait_for(|link| link.state == ConnectionState::Open).await.unwrap();
        drop(clone);
        let Message::Close(Some(frame)) = session.receive().await else { panic!("a close frame") };
        assert_eq!(u16::from(frame.code), 1001);
        drop(unused); // a watch does not keep its element running
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn rel_64_a_panicking_hook_is_told_and_the_next_run_works() {
    soon(async {
        let (dial, mut peer) = peer();
        let seen = Seen::default();
        let messages = seen.0.clone();
        let element = normal::element("camera", seen)
            .connection(LINK, |c| c.host("ws://device"))
            .dial(dial)
            .start()
            .await
            .unwrap();
        let mut events = element.events().await.unwrap();
        let mut session = peer.accept().await;
        session.send("panic").await;
        session.send("next").await;
        let failed = loop {
            if let crate::Event::QActionFailed { id, error, .. } = events.next().await.unwrap() {
                break (id, error);
            }
        };
        assert_eq!(failed, (11, "panicked: told to panic".to_owned())); // QA-34
        while messages.lock().unwrap().is_empty() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        assert_eq!(*messages.lock().unwrap(), ["next"]);
        assert_eq!(element.counters().await.unwrap().hook_failures, 1);
    })
    .await;
}
