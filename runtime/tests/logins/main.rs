//! Logging in over loopback, for the handshake of a WebSocket and for a request: Basic and Digest, the right password and
//! a wrong one (HTTP-40, HTTP-45, CONN-40, CONN-45).
#![cfg(feature = "http")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test; clippy knows only `#[test]` functions as such"
)]
#![expect(clippy::disallowed_methods, reason = "the bound on a test is not the engine's")]

mod server;

use std::time::Duration;

use genlock::{Backoff, ConnectionState, ConnectionStatus, Proxy, Reconnect};

use self::server::{Device, PASSWORD, Served, USER, Wants};

mod logins {
    genlock::include_protocol!("tests/logins/logins.xml");
}

use logins::{connections, params, triggers};

const BASIC: Wants = Wants::Basic;
const ALGORITHMS: [&str; 4] = ["MD5", "SHA-256", "MD5-sess", "SHA-256-sess"];

/// An element that logs in to the device with this password, and tries again after `wait`.
async fn element(device: &Device, password: &str, wait: Duration) -> logins::Element {
    logins::element("logins", ())
        .connection(connections::EVENTS, |c| c.host(format!("ws://{}", device.address)).proxy(Proxy::none()))
        .connection(connections::DETAILS, |c| c.host(format!("http://{}", device.address)).proxy(Proxy::none()))
        .set(params::USER, USER)
        .set(params::PASSWORD, password)
        .reconnect(Reconnect::Automatic(Backoff::default().first(wait).cap(wait)))
        .start()
        .await
        .unwrap()
}

async fn opened(element: &logins::Element, times: u32) {
    let open = |link: &ConnectionStatus| link.state == ConnectionState::Open && link.opened == times;
    element.watch(connections::EVENTS).wait_for(open).await.unwrap();
}

/// Asks for the details; the status line and the body of the answer.
async fn details(element: &logins::Element) -> (String, Option<String>) {
    let mut answered = element.counters().await.unwrap().requests_sent;
    element.check_trigger(triggers::READ_DETAILS).await.unwrap();
    // The group is over when no request has gone out for a moment and a status line is there.
    loop {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let sent = element.counters().await.unwrap().requests_sent;
        if sent == answered {
            break;
        }
        answered = sent;
    }
    let status = element.get(params::DETAILS_STATUS).await.unwrap().unwrap_or_default().to_string();
    (status, element.get(params::DETAILS_TEXT).await.unwrap().map(|text| text.to_string()))
}

/// What was served: the scheme of each login, and the status.
fn logins_of(served: &[Served], line: &str) -> Vec<(String, u16)> {
    served
        .iter()
        .map(|(first_line, scheme, status)| {
            assert_eq!(first_line, line);
            (scheme.clone(), *status)
        })
        .collect()
}

fn expected(logins: &[(&str, u16)]) -> Vec<(String, u16)> {
    logins.iter().map(|&(scheme, status)| (scheme.to_owned(), status)).collect()
}

/// One bound for all tests, which none of them comes near.
async fn bounded<T>(test: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(120), test).await.expect("nothing hangs")
}

const EVENTS: &str = "GET /events?all=1 HTTP/1.1";
const DETAILS: &str = "GET /details HTTP/1.1";
const SOON: Duration = Duration::from_millis(10);

#[tokio::test]
async fn http_40_45_basic_is_sent_in_advance() {
    bounded(async {
        let device = Device::start(BASIC).await;
        let element = element(&device, PASSWORD, SOON).await;
        opened(&element, 1).await;
        assert_eq!(logins_of(&device.served(), EVENTS), expected(&[("Basic", 101)]));
        let status = element.get(params::HANDSHAKE_STATUS).await.unwrap();
        assert_eq!(status.as_deref(), Some("HTTP/1.1 101 Switching Protocols"));
        assert_eq!(details(&element).await, ("HTTP/1.1 200 OK".to_owned(), Some("fine".to_owned())));
        assert_eq!(logins_of(&device.served(), DETAILS), expected(&[("Basic", 200)]));
        element.stop().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn http_40_45_digest_lets_in_and_is_asked_for_once() {
    bounded(async {
        for algorithm in ALGORITHMS {
            let device = Device::start(Wants::Digest(algorithm, u32::MAX)).await;
            let element = element(&device, PASSWORD, SOON).await;
            opened(&element, 1).await;
            let served = logins_of(&device.served(), EVENTS);
            assert_eq!(served, expected(&[("Basic", 401), ("Digest", 101)]), "{algorithm}");
            for times in 2..5 {
                device.cut();
                opened(&element, times).await;
                assert_eq!(logins_of(&device.served(), EVENTS), expected(&[("Digest", 101)]), "{algorithm}, {times}");
            }
            // The nonces of one connection are not those of the other.
            for first in [true, false, false] {
                assert_eq!(details(&element).await, ("HTTP/1.1 200 OK".to_owned(), Some("fine".to_owned())));
                let logins: &[_] = if first { &[("Basic", 401), ("Digest", 200)] } else { &[("Digest", 200)] };
                assert_eq!(logins_of(&device.served(), DETAILS), expected(logins), "{algorithm}");
            }
            element.stop().await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn http_40_45_nonces_that_are_used_up_or_unknown_are_renewed() {
    bounded(async {
        let device = Device::start(Wants::Digest("SHA-256", 2)).await;
        let element = element(&device, PASSWORD, SOON).await;
        opened(&element, 1).await;
        device.served();
        for times in 2..6 {
            device.cut();
            opened(&element, times).await;
            let logins: &[_] = if times % 2 == 0 { &[("Digest", 101)] } else { &[("Digest", 401), ("Digest", 101)] };
            assert_eq!(logins_of(&device.served(), EVENTS), expected(logins), "{times}");
        }
        device.restart();
        device.cut();
        opened(&element, 6).await;
        assert_eq!(logins_of(&device.served(), EVENTS), expected(&[("Digest", 401), ("Digest", 101)]));
        element.stop().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn http_40_45_a_wrong_password_ends_with_the_reason_and_without_a_loop() {
    bounded(async {
        for (wants, logins) in
            [(BASIC, &[("Basic", 401)][..]), (Wants::Digest("MD5", u32::MAX), &[("Basic", 401), ("Digest", 401)])]
        {
            let device = Device::start(wants).await;
            // Nothing comes by itself while this test looks.
            let element = element(&device, "wrong", Duration::from_secs(600)).await;
            let down = |link: &ConnectionStatus| matches!(link.state, ConnectionState::Backoff { .. });
            let reason = element.watch(connections::EVENTS).wait_for(down).await.unwrap().reason.to_string();
            assert_eq!(
                reason,
                "the server refused the WebSocket with `HTTP/1.1 401 Unauthorized`: check the name and the password of \
                 the handshake's session, or its headers"
            );
            assert_eq!(logins_of(&device.served(), EVENTS), expected(logins));
            // CONN-40
            let status = element.get(params::HANDSHAKE_STATUS).await.unwrap();
            assert_eq!(status.as_deref(), Some("HTTP/1.1 401 Unauthorized"));
            assert_eq!(element.get(params::HANDSHAKE_TEXT).await.unwrap().as_deref(), Some("who are you?"));
            // HTTP-13
            let refused = ("HTTP/1.1 401 Unauthorized".to_owned(), Some("who are you?".to_owned()));
            for _ in 0..2 {
                assert_eq!(details(&element).await, refused);
                assert_eq!(logins_of(&device.served(), DETAILS), expected(logins));
            }
            // The right one lets in at once.
            element.set(params::PASSWORD, PASSWORD).await.unwrap();
            element.reconnect(connections::EVENTS).await.unwrap();
            opened(&element, 1).await;
            element.stop().await.unwrap();
        }
    })
    .await;
}
