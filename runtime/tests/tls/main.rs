//! wss over loopback, with certificates of all kinds: what is accepted, and what the connection's state says of the
//! rest.
#![cfg(feature = "rustls")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test; clippy knows only `#[test]` functions as such"
)]
#![expect(clippy::large_futures, reason = "a test; the server's half of TLS is among them")]
#![expect(clippy::disallowed_methods, reason = "the bound on a test is not the engine's")]

mod authority;
mod client;
mod connector;
mod device;
mod server;
mod settings;

use std::time::Duration;

use genlock::{Backoff, ConnectionSettings, ConnectionState, Proxy, Reconnect, Roots, Tls};

use authority::{Authority, Folder};
use device::Device;

mod lamp {
    genlock::include_protocol!("docs/lamp.xml");
}

const LINK: genlock::Connection<lamp::Protocol> = lamp::connections::LINK;

/// A driver that does nothing.
struct Driver;

impl lamp::QActions for Driver {
    fn parse_answer(_: &mut lamp::Context<'_, Self>) -> genlock::HookResult {
        Ok(())
    }
}

/// One bound for all tests, which none of them comes near.
async fn bounded<T>(test: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(120), test).await.expect("nothing hangs")
}

/// Starts an element that tries again at once.
async fn start(set: impl FnOnce(ConnectionSettings) -> ConnectionSettings) -> Result<lamp::Element, genlock::Error> {
    lamp::element("lamp", Driver)
        .connection(LINK, |link| set(link.proxy(Proxy::none())).timeout(Duration::from_secs(60)))
        .reconnect(Reconnect::Automatic(Backoff::default().first(Duration::from_millis(10))))
        .start()
        .await
}

/// An element that speaks to `localhost`.
async fn element(device: &Device, tls: Tls) -> lamp::Element {
    start(|link| link.host("wss://localhost").port(device.port).tls(tls)).await.unwrap()
}

/// What trusts the authority, and nobody else.
fn trusting(authority: &Authority, folder: &Folder) -> Tls {
    Tls::default().roots(Roots::Own).ca_file(folder.write("authority.pem", &authority.pem))
}

async fn is_open(element: &lamp::Element) {
    element.watch(LINK).wait_for(|link| link.state == ConnectionState::Open).await.unwrap();
}

/// Why the element cannot reach the device.
async fn refusal(element: &lamp::Element, device: &Device) -> String {
    let down = |state: &ConnectionState| matches!(state, ConnectionState::Backoff { .. });
    let mut watch = element.watch(LINK);
    tokio::select! {
        status = watch.wait_for(|link| down(&link.state)) => status.unwrap().reason.to_string(),
        () = device.serve() => unreachable!("it serves for good"),
    }
}
