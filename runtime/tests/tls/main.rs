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
#[path = "../quiet/mod.rs"]
mod quiet;
mod server;
mod settings;

use genlock::{ConnectionSettings, ConnectionState, Proxy, Roots, Tls};

use authority::{Authority, Folder};
use device::Device;
use quiet::{LINK, bounded, is_open, lamp, quiet};

/// Starts an element that goes through no proxy.
async fn start(set: impl FnOnce(ConnectionSettings) -> ConnectionSettings) -> Result<lamp::Element, genlock::Error> {
    quiet(|link| set(link.proxy(Proxy::none()))).start().await
}

/// An element that speaks to `localhost`.
async fn element(device: &Device, tls: Tls) -> lamp::Element {
    start(|link| link.host("wss://localhost").port(device.port).tls(tls)).await.unwrap()
}

/// What trusts the authority, and nobody else.
fn trusting(authority: &Authority, folder: &Folder) -> Tls {
    Tls::default().roots(Roots::Own).ca_file(folder.write("authority.pem", &authority.pem))
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
