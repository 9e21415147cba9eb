//! [`Settings`]: how the page is served.

use std::fmt;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use tokio::net::{TcpListener, ToSocketAddrs};

use super::{Elements, Inspector, InspectorError, Shared, launch};

/// The shortest token that is taken.
const LEAST_TOKEN: usize = 16;
/// How many elements are watched before anybody looks at them, if there are no more.
const WATCHED: usize = 16;

/// How the page is served.
///
/// ```no_run
/// # mod lamp { genlock::include_protocol!("docs/lamp.xml"); }
/// # async fn example(lamp: lamp::Element) -> Result<(), Box<dyn std::error::Error>> {
/// use genlock::inspector::Settings;
///
/// let token = std::env::var("PAGE_TOKEN")?;
/// let page = Settings::default().token(token).read_only(true).serve("0.0.0.0:8080", [&lamp]).await?;
/// # page.stop().await;
/// # Ok(())
/// # }
/// ```
pub struct Settings {
    pub(super) token: Option<String>,
    pub(super) hosts: Vec<String>,
    pub(super) read_only: bool,
    pub(super) watched: usize,
    pub(super) texts: Vec<TextPage>,
}

/// A page of plain text beside the page.
pub(super) struct TextPage {
    path: String,
    text: Box<dyn Fn() -> String + Send + Sync>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { token: None, hosts: Vec::new(), read_only: false, watched: WATCHED, texts: Vec::new() }
    }
}

impl Settings {
    /// Sets the token that who opens the page is asked for: at least 16 characters that nobody guesses.
    ///
    /// A link that has it behind `#token=` opens the page without asking; browsers do not send that part to anybody.
    /// Programs send it as `Authorization: Bearer …`.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Adds a name by which the page may be asked for, besides the addresses of the machine and `localhost`: that of a
    /// proxy before it, for example.
    pub fn host(mut self, name: impl Into<String>) -> Self {
        self.hosts.push(name.into().to_ascii_lowercase());
        self
    }

    /// Sets whether the page only shows. By default it also sets parameters and reconnects.
    pub fn read_only(mut self, read_only: bool) -> Self {
        self.read_only = read_only;
        self
    }

    /// Sets up to how many elements are followed from the beginning, so that their history is there when somebody looks
    /// (16). With more of them, each is followed from the first look on.
    pub fn watched(mut self, elements: usize) -> Self {
        self.watched = elements;
        self
    }

    /// Adds a page of plain text at `path`, behind the same guard: metrics, for example. `text` is called with each
    /// request, and must not block.
    ///
    /// ```
    /// # fn render() -> String { String::new() }
    /// use genlock::inspector::Settings;
    ///
    /// // With the feature `prometheus`, `render` is that of `genlock::metrics::Prometheus`.
    /// let settings = Settings::default().text("/metrics", render);
    /// # drop(settings);
    /// ```
    pub fn text(mut self, path: impl Into<String>, text: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.texts.push(TextPage { path: path.into(), text: Box::new(text) });
        self
    }

    /// Serves the page of `elements` at `address`.
    ///
    /// # Errors
    /// The address can be reached from other machines and there is no token, the token is too short, the address cannot be
    /// bound, or the operating system gives no randomness.
    pub async fn serve(
        self,
        address: impl ToSocketAddrs,
        elements: impl Into<Elements>,
    ) -> Result<Inspector, InspectorError> {
        if let Some(token) = &self.token
            && token.chars().count() < LEAST_TOKEN
        {
            return Err(InspectorError::WeakToken { length: token.chars().count(), least: LEAST_TOKEN });
        }
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        if self.token.is_none() && !address.ip().is_loopback() {
            return Err(InspectorError::NeedsToken { address: address.to_string() });
        }
        launch(listener, address, self, elements.into())
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut settings = f.debug_struct("Settings");
        settings.field("token", &self.token.as_ref().map(|_| "(hidden)")).field("hosts", &self.hosts);
        settings.field("read_only", &self.read_only).field("watched", &self.watched).finish_non_exhaustive()
    }
}

/// One of the pages of plain text.
pub(super) async fn text_page(State(shared): State<Arc<Shared>>, uri: Uri) -> Response {
    let Some(page) = shared.texts.iter().find(|page| page.path == uri.path()) else {
        return (StatusCode::NOT_FOUND, "there is nothing here; the page is at /\n").into_response();
    };
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    (kind, (page.text)()).into_response()
}
