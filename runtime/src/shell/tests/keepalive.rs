//! What counts as a sign of life of a peer (BEY-09).

use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::time::sleep;

use super::Seen;
use super::connectors::normal;
use super::peer::{peer, soon};
use crate::ConnectionState;

const LINK: crate::Connection<normal::Protocol> = normal::connections::WEB_SOCKET_CONNECTION;

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
