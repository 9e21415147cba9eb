//! What counts as a sign of life of a peer (BEY-09).

use std::time::Duration;

use futures_util::SinkExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::time::sleep;
use tokio_tungstenite::tungstenite::Message;

use super::Seen;
use super::connectors::normal;
use super::peer::{peer, soon};
use crate::ConnectionState;

const LINK: crate::Connection<normal::Protocol> = normal::connections::WEB_SOCKET_CONNECTION;

/// How long a pong may take when nobody says.
const DEADLINE: Duration = Duration::from_secs(10);

/// A text of 1,000 bytes, whose frame a server can't interrupt for a pong (RFC 6455, section 5.5).
fn large_message() -> Vec<u8> {
    [&[0x81, 126, 0x03, 0xe8][..], &[b'x'; 1000]].concat()
}

#[tokio::test(start_paused = true)]
async fn bey_09_a_message_that_comes_slowly_is_a_sign_of_life() {
    soon(async {
        let (dial, mut peer) = peer();
        let seen = Seen::default();
        let messages = seen.0.clone();
        let element = normal::element("camera", seen).connection(LINK, |link| link.host("ws://device"));
        let element = element.dial(dial).start().await.unwrap();
        let mut session = peer.accept().await;
        for piece in large_message().chunks(10) {
            session.0.get_mut().write_all(piece).await.unwrap();
            sleep(Duration::from_secs(5)).await; // 500 s in all
        }
        assert_eq!(messages.lock().unwrap().iter().map(String::len).collect::<Vec<_>>(), [1000]);
        let status = element.watch(LINK).latest().await.unwrap().unwrap();
        assert_eq!((status.state, status.opened), (ConnectionState::Open, 1));
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn bey_09_a_message_that_stops_halfway_is_none() {
    soon(async {
        let (dial, mut peer) = peer();
        let element = normal::element("camera", Seen::default()).connection(LINK, |link| link.host("ws://device"));
        let element = element.dial(dial).start().await.unwrap();
        let mut session = peer.accept().await;
        session.0.get_mut().write_all(&large_message()[..500]).await.unwrap();
        let down = |state: &ConnectionState| matches!(state, ConnectionState::Backoff { .. });
        let status = element.watch(LINK).wait_for(|link| down(&link.state)).await.unwrap();
        assert_eq!(status.reason, crate::Reason::PingTimeout(10_000));
    })
    .await;
}

/// Something else may hold an element until the deadline is over: its own hook, or a machine that is busy.
#[tokio::test(start_paused = true)]
async fn bey_09_a_pong_that_came_in_time_counts_however_late_it_is_looked_at() {
    for turns in 0..=32 {
        soon(async {
            let (dial, mut peer) = peer();
            let seen = Seen::default();
            let messages = seen.0.clone();
            let element = normal::element("camera", seen).connection(LINK, |link| link.host("ws://device"));
            let element = element.dial(dial).start().await.unwrap();
            let mut session = peer.accept().await;
            for _ in 0..turns {
                session.0.feed("on".into()).await.unwrap();
            }
            session.0.flush().await.unwrap();
            sleep(Duration::from_millis(1)).await;
            assert_eq!(messages.lock().unwrap().len(), turns);
            assert_eq!(session.receive().await, Message::Ping("".into()));
            // The deadline is over for both, and the test goes first: when the element runs, the pong is there.
            sleep(DEADLINE).await;
            session.0.flush().await.unwrap();
            sleep(Duration::from_millis(1)).await;
            let status = element.watch(LINK).latest().await.unwrap().unwrap();
            assert_eq!((status.state, status.opened), (ConnectionState::Open, 1), "after {turns} turns");
        })
        .await;
    }
}
