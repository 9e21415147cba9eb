//! Proxies on loopback: the way through them, and what the connection's state says where there is none.
#![cfg(feature = "proxy")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test; clippy knows only `#[test]` functions as such"
)]
#![expect(clippy::disallowed_methods, reason = "the bound on a test is not the engine's")]

mod connect;
mod environment;
mod http_proxy;
#[path = "../quiet/mod.rs"]
mod quiet;
mod session;
mod socks;
mod socks_proxy;

use genlock::{ConnectionSettings, ConnectionState, Proxy, Reason};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::WebSocketStream;

use quiet::{Driver, LINK, bounded, is_open, lamp, quiet};

/// A device on `localhost`, by IPv4.
struct Device {
    listener: TcpListener,
    port: u16,
}

impl Device {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        Self { listener, port }
    }

    async fn accept(&self) -> WebSocketStream<TcpStream> {
        tokio_tungstenite::accept_async(self.listener.accept().await.unwrap().0).await.unwrap()
    }
}

/// An element that speaks to `localhost`, and tries again at once.
async fn element(port: u16, set: impl FnOnce(ConnectionSettings) -> ConnectionSettings) -> lamp::Element {
    quiet(|link| set(link.host("ws://localhost").port(port))).start().await.unwrap()
}

/// What the state of a connection through `proxy` says, where there is no way through.
async fn refusal(proxy: Proxy) -> String {
    let device = Device::start().await;
    let element = element(device.port, |link| link.proxy(proxy)).await;
    let down = |state: &ConnectionState| matches!(state, ConnectionState::Backoff { .. });
    let reason = element.watch(LINK).wait_for(|link| down(&link.state)).await.unwrap().reason;
    assert!(matches!(reason, Reason::Proxy(_)), "{reason:?}");
    reason.to_string()
}
