//! A thousand reconnects over real sockets, through a network that fails (REL-26): real time, no assertion on durations.

#![cfg(feature = "sim")]
#![expect(clippy::unwrap_used, reason = "a test fails where something is not there")]
#![expect(clippy::disallowed_methods, reason = "the bound on a test is not the engine's")]

use std::time::Duration;

use futures_util::StreamExt as _;
use genlock::sim::{FaultProxy, LineEnd, LinePlan, Way};
use genlock::{Backoff, ConnectionState, Reconnect};
use tokio::net::{TcpListener, TcpStream};

mod dynamic_ip {
    genlock::include_protocol!("../examples/nmos/dynamic-ip.xml", unhandled);
}

const LINK: genlock::Connection<dynamic_ip::Protocol> = dynamic_ip::connections::WEB_SOCKET_CONNECTION;

/// Receives nothing.
struct Driver;

impl dynamic_ip::QActions for Driver {}

const RECONNECTS: u32 = 1000;

/// Accepts, and reads on until the connection is at its end.
async fn device(listener: TcpListener) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        tokio::spawn(serve(stream));
    }
}

async fn serve(stream: TcpStream) {
    let Ok(mut socket) = tokio_tungstenite::accept_async(stream).await else { return };
    while socket.next().await.is_some_and(|message| message.is_ok()) {}
}

/// How many sockets this process has, where the system tells.
fn sockets() -> Option<usize> {
    let entries = std::fs::read_dir("/proc/self/fd").ok()?;
    let targets = entries.filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok());
    Some(targets.filter(|target| target.to_string_lossy().starts_with("socket:")).count())
}

/// Waits until what was closed is gone everywhere, on this machine within the system's own time.
async fn settles<T: PartialEq>(value: impl Fn() -> T, wanted: T) {
    while value() != wanted {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn rel_26_a_thousand_reconnects_over_loopback_leave_one_socket() {
    let test = async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = FaultProxy::start(listener.local_addr().unwrap()).await.unwrap();
        tokio::spawn(device(listener));
        let backoff = Backoff::default().first(Duration::from_millis(10)).cap(Duration::from_millis(10));
        let element = dynamic_ip::element("loopback", Driver)
            .set(dynamic_ip::params::WEBSOCKET_URL, format!("ws://{}", proxy.address()))
            .reconnect(Reconnect::Automatic(backoff))
            .start()
            .await
            .unwrap();
        let mut link = element.watch(LINK);
        let mut at_first = None;
        for opened in 1..=RECONNECTS {
            link.wait_for(|link| link.state == ConnectionState::Open && link.opened == opened).await.unwrap();
            if opened == 1 {
                at_first = sockets();
            }
            match opened % 16 {
                3 => proxy.end_all(LineEnd::Cut),
                7 => proxy.end_all(LineEnd::Reset),
                11 => {
                    // The next attempt fails in the middle of its handshake, the one behind it does not.
                    proxy.plan(LinePlan::default().end_at(Way::ToElement, (opened % 120).into(), LineEnd::Reset));
                    element.reconnect(LINK).await.unwrap();
                }
                _ => element.reconnect(LINK).await.unwrap(),
            }
        }
        link.wait_for(|link| link.state == ConnectionState::Open && link.opened == RECONNECTS + 1).await.unwrap();
        let failed = (1..=RECONNECTS).filter(|opened| opened % 16 == 11).count();
        assert_eq!(proxy.accepted(), u64::from(RECONNECTS + 1) + failed as u64);
        settles(|| proxy.open(), 1).await;
        settles(sockets, at_first).await;
        element.stop().await.unwrap();
        settles(|| proxy.open(), 0).await;
    };
    tokio::time::timeout(Duration::from_secs(240), test).await.expect("nothing hangs, and nothing is left open");
}
