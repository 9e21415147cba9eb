//! What metrics say of a life with losses, failures and drops.

use std::time::Duration;

use futures_util::SinkExt as _;
use tokio_tungstenite::tungstenite::Message;

use super::Seen;
use super::connectors::normal;
use super::peer::{Peer, peer};
use crate::metrics::recorder;
use crate::{ConnectionState, Connector, Reconnect, Value};

const LINK: crate::Connection<normal::Protocol> = normal::connections::WEB_SOCKET_CONNECTION;

/// Runs `life` with an element and its peer in paused time; gives the metrics of before the element stops, and after.
fn metrics_of(life: impl AsyncFnOnce(&normal::Element, &mut Peer)) -> [String; 2] {
    let recorder = recorder();
    let handle = recorder.handle();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    let (dial, mut peer) = peer();
    ::metrics::with_local_recorder(&recorder, || {
        runtime.block_on(async {
            let element = normal::element("camera", Seen::default())
                .connection(LINK, |c| c.host("ws://device").retries(0))
                .reconnect(Reconnect::default())
                .dial(dial);
            let element = element.start().await.unwrap();
            life(&element, &mut peer).await;
            let during = handle.render();
            element.stop().await.unwrap();
            // The element's task has ended when its mailbox is gone.
            while element.events().await.is_ok() {}
            [during, handle.render()]
        })
    })
}

async fn opened(element: &normal::Element, times: u32) {
    let open = |link: &crate::ConnectionStatus| link.state == ConnectionState::Open && link.opened == times;
    element.watch(LINK).wait_for(open).await.unwrap();
}

#[track_caller]
fn says(page: &str, lines: &[&str]) {
    for line in lines {
        assert!(page.lines().any(|found| found == *line), "{line} is not in\n{page}");
    }
}

#[test]
fn messages_pairs_and_alarms_are_counted() {
    let [during, after] = metrics_of(async |element, peer| {
        let mut session = peer.accept().await;
        opened(element, 1).await;
        let answer =
            tokio::spawn(element.send(normal::pairs::WEBSOCKET_HEARTBEAT).websocket_heartbeat_request("beat").answer());
        assert_eq!(session.receive_text().await, "beat");
        tokio::time::sleep(Duration::from_millis(30)).await;
        session.send("alive!").await;
        answer.await.unwrap().unwrap();
        let silence = element.send(normal::pairs::WEBSOCKET_HEARTBEAT).websocket_heartbeat_request("x").answer();
        silence.await.unwrap_err();
        session.0.send(Message::binary(vec![1, 2, 3])).await.unwrap();
        tokio::time::sleep(Duration::from_secs(1)).await;
    });
    says(
        &during,
        &[
            r#"genlock_element_up{element="camera"} 1"#,
            r#"genlock_connection_up{element="camera",connection="WebSocket Connection"} 1"#,
            r#"genlock_connections_opened_total{element="camera",connection="WebSocket Connection"} 1"#,
            r#"genlock_messages_total{element="camera",connection="WebSocket Connection",direction="out"} 2"#,
            r#"genlock_message_bytes_total{element="camera",connection="WebSocket Connection",direction="out"} 5"#,
            r#"genlock_messages_total{element="camera",connection="WebSocket Connection",direction="in"} 2"#,
            r#"genlock_message_bytes_total{element="camera",connection="WebSocket Connection",direction="in"} 9"#,
            r#"genlock_pairs_total{element="camera",pair="WebsocketHeartbeat",outcome="answered"} 1"#,
            r#"genlock_pairs_total{element="camera",pair="WebsocketHeartbeat",outcome="timed_out"} 1"#,
            r#"genlock_pair_seconds_bucket{element="camera",pair="WebsocketHeartbeat",le="0.025"} 0"#,
            r#"genlock_pair_seconds_bucket{element="camera",pair="WebsocketHeartbeat",le="0.05"} 1"#,
            r#"genlock_pair_seconds_count{element="camera",pair="WebsocketHeartbeat"} 1"#,
            r#"genlock_hook_seconds_count{element="camera",qaction="Parse Response"} 2"#,
            r#"genlock_alarms{element="camera",level="normal"} 1"#,
            r#"genlock_alarms{element="camera",level="critical"} 0"#,
        ],
    );
    says(
        &after,
        &[
            r#"genlock_element_up{element="camera"} 0"#,
            r#"genlock_connection_up{element="camera",connection="WebSocket Connection"} 0"#,
            r#"genlock_alarms{element="camera",level="normal"} 0"#,
            r#"genlock_alarms{element="camera",level="critical"} 0"#,
        ],
    );
}

#[test]
fn what_waits_is_the_length_of_the_queue() {
    let [during, after] = metrics_of(async |element, peer| {
        let mut session = peer.accept().await;
        opened(element, 1).await;
        for text in ["one", "two", "three"] {
            tokio::spawn(element.send(normal::pairs::WEBSOCKET_HEARTBEAT).websocket_heartbeat_request(text).answer());
        }
        assert_eq!(session.receive_text().await, "one");
        tokio::time::sleep(Duration::from_millis(10)).await;
    });
    says(&during, &[r#"genlock_queue_length{element="camera"} 2"#]);
    says(&after, &[r#"genlock_queue_length{element="camera"} 0"#]);
}

#[test]
fn an_element_whose_runtime_is_gone_is_down_and_waits_for_nothing() {
    let recorder = recorder();
    let handle = recorder.handle();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    let (dial, mut peer) = peer();
    ::metrics::with_local_recorder(&recorder, || {
        runtime.block_on(async {
            let builder = normal::element("camera", Seen::default()).connection(LINK, |c| c.host("ws://device"));
            let element = builder.dial(dial).start().await.unwrap();
            let _session = peer.accept().await;
            opened(&element, 1).await;
            for text in ["one", "two"] {
                let send = element.send(normal::pairs::WEBSOCKET_HEARTBEAT).websocket_heartbeat_request(text);
                tokio::spawn(send.answer());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
            says(&handle.render(), &[r#"genlock_queue_length{element="camera"} 1"#]);
            drop(element);
        });
        drop(runtime);
    });
    says(
        &handle.render(),
        &[
            r#"genlock_element_up{element="camera"} 0"#,
            r#"genlock_connection_up{element="camera",connection="WebSocket Connection"} 0"#,
            r#"genlock_queue_length{element="camera"} 0"#,
            r#"genlock_alarms{element="camera",level="normal"} 0"#,
        ],
    );
}

#[test]
fn a_close_is_counted_once() {
    let [during, _] = metrics_of(async |element, peer| {
        let mut session = peer.accept().await;
        opened(element, 1).await;
        element.reconnect(LINK).await.unwrap();
        element.pause().await.unwrap(); // so that the end of the close is no new attempt
        assert!(matches!(session.receive().await, Message::Close(_)));
        drop(session);
        let idle = |link: &crate::ConnectionStatus| link.state == ConnectionState::Idle;
        element.watch(LINK).wait_for(idle).await.unwrap();
    });
    let down: Vec<&str> = during.lines().filter(|line| line.starts_with("genlock_connection_down_total")).collect();
    let link = r#"{element="camera",connection="WebSocket Connection""#;
    assert_eq!(down, [format!(r#"genlock_connection_down_total{link},cause="reconnect"}} 1"#)]);
}

#[test]
fn losses_are_counted_by_cause() {
    let [during, _] = metrics_of(async |element, peer| {
        let session = peer.accept().await;
        opened(element, 1).await;
        drop(session);
        let (_, pipe) = peer.pipe().await;
        drop(pipe); // the attempt fails
        let mut session = peer.accept().await;
        opened(element, 2).await;
        element.reconnect(LINK).await.unwrap();
        assert!(matches!(session.receive().await, Message::Close(_)));
        drop(session);
        let mut session = peer.accept().await;
        opened(element, 3).await;
        session.send("panic").await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        element.pause().await.unwrap();
        session.send("discarded").await;
        tokio::time::sleep(Duration::from_secs(1)).await;
    });
    let link = r#"{element="camera",connection="WebSocket Connection""#;
    says(
        &during,
        &[
            r#"genlock_element_up{element="camera"} 0"#,
            &format!("genlock_connections_opened_total{link}}} 3"),
            &format!(r#"genlock_connection_down_total{link},cause="network"}} 1"#),
            &format!(r#"genlock_connection_down_total{link},cause="handshake"}} 1"#),
            &format!(r#"genlock_connection_down_total{link},cause="reconnect"}} 1"#),
            &format!(r#"genlock_reconnects_total{link},cause="handshake"}} 1"#),
            &format!(r#"genlock_reconnects_total{link},cause="reconnect"}} 1"#),
            r#"genlock_dropped_total{element="camera",cause="while_paused"} 1"#,
            r#"genlock_hook_failures_total{element="camera"} 1"#,
        ],
    );
    assert!(!during.contains(r#"cause="unmatched""#), "what never happens has no series");
}

#[test]
fn a_device_that_does_not_take_a_command_has_refused_its_pair() {
    let xml = include_str!("../../../../tests/conformance/rsp/bad-command.xml");
    let source = genlock_codegen::SourceSet::new("bad-command.xml", xml);
    let tables = genlock_codegen::compile(&source, &genlock_codegen::Options::default()).spec.unwrap();
    let recorder = recorder();
    let handle = recorder.handle();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    let (dial, mut peer) = peer();
    ::metrics::with_local_recorder(&recorder, || {
        runtime.block_on(async {
            let element = Connector::new(tables).element("device").connection(1, |c| c.host("ws://device")).unwrap();
            let element = element.set(10, Value::Text("take".into())).unwrap().dial(dial).start().await.unwrap();
            let mut session = peer.accept().await;
            let refused = tokio::spawn({
                let element = element.clone();
                async move { element.execute(1).await }
            });
            assert_eq!(session.receive_text().await, "take");
            session.send("no:not now").await;
            refused.await.unwrap().unwrap_err();
            element.get(10).await.unwrap(); // what it has counted is told by now
        });
    });
    let page = handle.render();
    says(&page, &[r#"genlock_pairs_total{element="device",pair="Pair 1",outcome="refused"} 1"#]);
    assert!(!page.contains(r#"outcome="failed""#), "{page}");
}
