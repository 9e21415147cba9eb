//! How elements come back to a server that does not want them: what it says is read off the wire.

use std::time::{Duration, SystemTime};

use tokio::io::AsyncWriteExt as _;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use super::Seen;
use super::connectors::normal;
use super::peer::{Peer, peer, soon};
use crate::{Backoff, ConnectionState, Reason, Reconnect};

const LINK: crate::Connection<normal::Protocol> = normal::connections::WEB_SOCKET_CONNECTION;

async fn started(backoff: Backoff) -> (normal::Element, Peer) {
    let (dial, peer) = peer();
    let element = normal::element("camera", Seen::default()).connection(LINK, |link| link.host("ws://device"));
    let element = element.reconnect(Reconnect::Automatic(backoff)).dial(dial).start().await.unwrap();
    (element, peer)
}

/// The wait after a refusal with these header lines.
async fn wait_after(headers: &str) -> Duration {
    let (element, mut peer) = started(Backoff::default().jitter(0.0)).await;
    let (_, mut pipe) = peer.pipe().await;
    let answer = format!("HTTP/1.1 503 Service Unavailable\r\n{headers}Content-Length: 0\r\n\r\n");
    pipe.write_all(answer.as_bytes()).await.unwrap();
    let down = |state: &ConnectionState| matches!(state, ConnectionState::Backoff { .. });
    let status = element.watch(LINK).wait_for(|link| down(&link.state)).await.unwrap();
    let ConnectionState::Backoff { delay, .. } = status.state else { panic!("{}", status.state) };
    delay
}

#[tokio::test(start_paused = true)]
async fn bey_01_retry_after_is_heeded_in_seconds_and_as_a_date() {
    soon(async {
        assert_eq!(wait_after("").await, Duration::from_secs(1));
        assert_eq!(wait_after("Retry-After: 30\r\n").await, Duration::from_secs(31));
        assert_eq!(wait_after("Retry-After: 100000\r\n").await, Duration::from_secs(301));
        let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(200));
        let wait = wait_after(&format!("retry-after: {date}\r\n")).await;
        // The date has whole seconds, and the time of day goes on meanwhile.
        assert!((Duration::from_secs(150)..=Duration::from_secs(201)).contains(&wait), "{wait:?}");
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn bey_01_a_server_that_refuses_again_and_again_is_left_alone_until_somebody_asks() {
    soon(async {
        let (element, mut peer) = started(Backoff::default().give_up_after(2)).await;
        for _ in 0..2 {
            let mut session = peer.accept().await;
            let frame = CloseFrame { code: 1008.into(), reason: "no such topic".into() };
            session.0.close(Some(frame)).await.unwrap();
            session.receive().await;
        }
        let given_up = |reason: &Reason| matches!(reason, Reason::GivenUp { times: 2, code: 1008, .. });
        let status = element.watch(LINK).wait_for(|link| given_up(&link.reason)).await.unwrap();
        assert_eq!(status.state, ConnectionState::Idle);
        tokio::time::sleep(Duration::from_secs(3000)).await;
        assert!(!peer.was_dialled());
        element.reconnect(LINK).await.unwrap();
        peer.accept().await;
    })
    .await;
}
