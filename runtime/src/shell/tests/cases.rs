//! Appendix A over pipes, in all four use cases.

use std::time::Duration;

use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message;

use super::Seen;
use super::connectors::{both, custom_handshake, dynamic_ip, normal};
use super::peer::{peer, soon};
use crate::{ConnectionState, PairState, Reason, Text};

const URL: &str = "ws://127.0.0.1:8050/x-nmos/events/ws";

/// The life of one element: connect, one exchange, a push message, a loss, the way back, the stop.
macro_rules! case {
    ($name:ident: $connector:ident, $host:literal $(, $address:expr)?) => {
        #[tokio::test(start_paused = true)]
        async fn $name() {
            soon(async {
                let (dial, mut peer) = peer();
                let seen = Seen::default();
                let messages = seen.0.clone();
                let builder = $connector::element("camera", seen)
                    .connection($connector::connections::WEB_SOCKET_CONNECTION, |c| c.host($host).port(8050));
                $(let builder = builder.set($connector::params::WEBSOCKET_URL, $address);)?
                let element = builder.dial(dial).start().await.unwrap();
                let mut status = element.watch($connector::params::WEBSOCKET_STATUS);
                assert_eq!(status.changed().await.unwrap(), $connector::values::WebsocketStatus::Closed); // CONN-67
                let (mut session, path) = peer.accept_request().await;
                assert_eq!(path, "/x-nmos/events/ws"); // CONN-25
                assert_eq!(status.changed().await.unwrap(), $connector::values::WebsocketStatus::Open);

                let pair = $connector::pairs::WEBSOCKET_HEARTBEAT;
                let mut exchange = element.watch(pair);
                assert_eq!(exchange.changed().await.unwrap(), PairState::Idle);
                let answer = tokio::spawn({
                    let send = element.send(pair).websocket_heartbeat_request("beat");
                    async move { send.answer().await }
                });
                assert_eq!(session.receive().await, Message::text("beat")); // CONN-80
                session.send("alive").await;
                let answer = answer.await.unwrap().unwrap();
                assert_eq!(answer.generic_response, "alive");
                let done = exchange.wait_for(|state| matches!(state, PairState::Answered(_))).await.unwrap();
                assert_eq!(done, PairState::Answered(answer));

                session.send("alive").await; // TRACE-10
                while messages.lock().unwrap().len() < 2 {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
                assert_eq!(*messages.lock().unwrap(), ["alive", "alive"]);
                assert_eq!(element.get($connector::params::GENERIC_RESPONSE).await.unwrap(), None::<Text>); // ACT-33

                drop(session);
                assert_eq!(status.changed().await.unwrap(), $connector::values::WebsocketStatus::Closed);
                let lost = Instant::now();
                let mut session = peer.accept().await;
                assert!(lost.elapsed() >= Duration::from_millis(10) && lost.elapsed() <= Duration::from_secs(1)); // BEY-01
                assert_eq!(status.changed().await.unwrap(), $connector::values::WebsocketStatus::Open);
                assert_eq!(element.counters().await.unwrap().reconnects, 1);
                let link = $connector::connections::WEB_SOCKET_CONNECTION;
                assert_eq!(element.watch(link).latest().await.unwrap().map(|link| link.opened), Some(2));

                let stop = tokio::spawn({
                    let element = element.clone();
                    async move { element.stop().await }
                });
                let Message::Close(Some(frame)) = session.receive().await else { panic!("a close frame") };
                assert_eq!(u16::from(frame.code), 1001); // BEY-14
                drop(session);
                stop.await.unwrap().unwrap();
                assert!(element.get($connector::params::GENERIC_RESPONSE).await.is_err());
            })
            .await;
        }
    };
}

case!(use_case_1_normal: normal, "ws://127.0.0.1:8050/x-nmos/events/ws");
case!(use_case_2_dynamic_ip: dynamic_ip, "ws://192.0.2.1", URL);
case!(use_case_3_custom_handshake: custom_handshake, "ws://127.0.0.1");
case!(use_case_4_both: both, "ws://192.0.2.1", URL);

#[tokio::test(start_paused = true)]
async fn conn_54_writing_the_same_address_reconnects_gracefully() {
    soon(async {
        let (dial, mut peer) = peer();
        let element = dynamic_ip::element("camera", Seen::default())
            .set(dynamic_ip::params::WEBSOCKET_URL, URL)
            .dial(dial)
            .start()
            .await
            .unwrap();
        let mut session = peer.accept().await;
        let mut link = element.watch(dynamic_ip::connections::WEB_SOCKET_CONNECTION);
        link.wait_for(|link| link.state == ConnectionState::Open).await.unwrap();
        element.set(dynamic_ip::params::WEBSOCKET_URL, URL).await.unwrap();
        let Message::Close(Some(frame)) = session.receive().await else { panic!("a close frame") };
        assert_eq!(u16::from(frame.code), 1000); // CONN-53
        assert!(!peer.was_dialled(), "CONN-63: the old socket ends first");
        assert_eq!(link.latest().await.unwrap().map(|link| link.reason), Some(Reason::Reconnecting));
        drop(session);
        peer.accept().await;
    })
    .await;
}
