//! The page of running elements, in a browser (feature `inspector`).
//!
//! One call serves it, from the driver itself: all that a browser loads is in the binary, and it asks nobody else.
//!
//! ```no_run
//! # mod lamp { genlock::include_protocol!("docs/lamp.xml"); }
//! # async fn example(first: lamp::Element, second: lamp::Element) -> Result<(), Box<dyn std::error::Error>> {
//! let page = genlock::inspector::serve("127.0.0.1:8080", [&first, &second]).await?;
//! println!("{}", page.url());
//! # page.stop().await;
//! # Ok(())
//! # }
//! ```
//!
//! An operator sees the pages of the connector file: each parameter in its form, with its unit, its alarm by colour and
//! by word, and a plot when it is trended; sets write parameters, and reads the engine's answer. An engineer sees the
//! stream log with what each response made of a message, and triggers, actions, groups and pairs as they run.
//!
//! # What it costs
//!
//! Elements that nobody looks at cost nothing, unless there are few ([`Settings::watched`]): what happened before
//! somebody looks is kept for those. Of an element that is looked at, its events are gathered for a tenth of a second
//! and told to all browsers at once; a parameter that changes more often is told with its latest value. Everything that is
//! kept is bounded. A browser that does not keep up is told how many events it missed and gets the state anew: the
//! element never waits for it.
//!
//! # Security
//!
//! Without a token the page is served on loopback addresses alone; for any other address [`Settings::token`] is
//! demanded. Requests must name a host that is expected, which keeps out pages of other sites that let their own name
//! point here (DNS rebinding); what changes anything must come from the page itself. The browser trades the token for a
//! cookie that scripts cannot read. [`Settings::read_only`] takes all sets away. Passwords are never sent to a browser.
//! The connection is not encrypted: beyond a trusted network put a proxy with TLS before it, and name the proxy's host by
//! [`Settings::host`].

mod activity;
mod api;
mod assets;
mod clock;
mod elements;
mod error;
mod guard;
mod history;
mod hub;
mod listener;
mod live;
mod model;
mod session;
mod settings;
mod value;

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use tokio::net::{TcpListener, ToSocketAddrs};
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use elements::Elements;
pub use error::InspectorError;
pub use settings::Settings;

use guard::Guard;
use live::Viewers;

/// Serves the page of `elements` at `address`, with the settings of a page for its own machine: loopback addresses only,
/// no token, sets allowed.
///
/// `elements` may be of different connectors; see [`Elements`] for a list that changes later.
///
/// # Errors
/// The address is not one of the machine itself, or cannot be bound, or the operating system gives no randomness.
pub async fn serve(address: impl ToSocketAddrs, elements: impl Into<Elements>) -> Result<Inspector, InspectorError> {
    Settings::default().serve(address, elements).await
}

/// What every request needs.
struct Shared {
    elements: Elements,
    guard: Guard,
    viewers: Viewers,
    read_only: bool,
    texts: Vec<settings::TextPage>,
    /// Turns true when the page is no longer served.
    closing: watch::Receiver<bool>,
}

/// A page that is served. It is until [`stop`](Self::stop) is called or this is dropped.
#[must_use = "the page is served as long as this exists"]
pub struct Inspector {
    address: SocketAddr,
    needs_token: bool,
    closing: watch::Sender<bool>,
    server: JoinHandle<()>,
}

impl Inspector {
    /// The address that it is served at; with port 0 asked for, this has the one that was given.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The page's address for a browser on this machine.
    pub fn url(&self) -> String {
        let mut address = self.address;
        if address.ip().is_unspecified() {
            address.set_ip(if address.is_ipv4() { [127, 0, 0, 1].into() } else { [0, 0, 0, 0, 0, 0, 0, 1].into() });
        }
        format!("http://{address}/")
    }

    /// Whether who opens it is asked for a token.
    pub fn needs_token(&self) -> bool {
        self.needs_token
    }

    /// Ends it: browsers are disconnected.
    pub async fn stop(mut self) {
        self.closing.send_replace(true);
        // Only an abort could make it fail, and a server that is gone is what is wanted.
        let _ = (&mut self.server).await;
    }
}

impl Drop for Inspector {
    fn drop(&mut self) {
        self.closing.send_replace(true);
    }
}

impl fmt::Debug for Inspector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inspector").field("address", &self.address).finish_non_exhaustive()
    }
}

/// Serves on `listener`. An error says that there is no randomness.
fn launch(
    listener: TcpListener,
    address: SocketAddr,
    settings: Settings,
    elements: Elements,
) -> Result<Inspector, InspectorError> {
    let guard = Guard::new(address, settings.token, settings.hosts)?;
    let (closing, closed) = watch::channel(false);
    let needs_token = guard.needs_token();
    elements.begin(settings.watched, &closed);
    let shared = Arc::new(Shared {
        elements,
        guard,
        viewers: Viewers::new(),
        read_only: settings.read_only,
        texts: settings.texts,
        closing: closed.clone(),
    });
    let server = axum::serve(listener::Bounded::new(listener), router(shared));
    let server = server.with_graceful_shutdown(async move {
        let mut closed = closed;
        // An error says that the handle is gone, which ends it, too.
        let _ = closed.wait_for(|closing| *closing).await;
    });
    let server = tokio::spawn(async move {
        if let Err(error) = server.await {
            tracing::error!("the page at {address} is no longer served: {error}");
        }
    });
    Ok(Inspector { address, needs_token, closing, server })
}

/// All that there is to ask for. The guard is before everything, the page itself included.
fn router(shared: Arc<Shared>) -> Router {
    let router = Router::new()
        .route("/", get(assets::index))
        .route("/assets/{name}", get(assets::asset))
        .route("/api/session", post(session::open).delete(session::close))
        .route("/api/elements", get(api::list))
        .route("/api/elements/{key}/model", get(api::model))
        .route("/api/elements/{key}/live", get(live::live))
        .route("/api/elements/{key}/params/{pid}", post(api::set))
        .route("/api/elements/{key}/connections/{id}/reconnect", post(api::reconnect))
        .fallback(settings::text_page)
        .layer(axum::extract::DefaultBodyLimit::max(api::BODY));
    let guarded = axum::middleware::from_fn_with_state(Arc::clone(&shared), guard::guard);
    router.layer(guarded).with_state(shared)
}
