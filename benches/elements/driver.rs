//! The elements.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use genlock::{ConnectionState, HookResult, Roots, Tls};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::Form;
use super::server::Server;
use super::state::State;

mod nmos {
    genlock::include_protocol!("../examples/nmos/custom-handshake.xml");
}

use nmos::{connections, params, triggers};

/// How many elements connect at once: more than a server's queue of connections holds would have to try again.
const AT_ONCE: usize = 100;

/// What an element has to do with its messages.
struct Driver {
    received: Arc<AtomicU64>,
}

impl nmos::QActions for Driver {
    fn parse_response(cx: &mut nmos::Context<'_, Self>) -> HookResult {
        let Some(text) = cx.get(params::GENERIC_RESPONSE) else { return Ok(()) };
        let is_on = State::parse(&text).is_some_and(|state| state.payload.value);
        cx.state.received.fetch_add(u64::from(is_on), Ordering::Relaxed);
        cx.check_trigger(triggers::ON_CHECK_TRIGGER_CLEAR_GENERIC_RESPONSE)
    }
}

/// All elements of a run.
pub(crate) struct Elements {
    form: Form,
    port: u16,
    certificate: PathBuf,
    received: Arc<AtomicU64>,
    running: Vec<nmos::Element>,
}

impl Elements {
    pub(crate) fn new(form: Form, server: &Server) -> Result<Self> {
        let certificate = std::env::temp_dir().join(format!("genlock-elements-{}.pem", std::process::id()));
        std::fs::write(&certificate, &server.certificate)?;
        Ok(Self { form, port: server.port, certificate, received: Arc::default(), running: Vec::new() })
    }

    /// Adds `count` elements, and waits until they are connected.
    pub(crate) async fn open(&mut self, count: usize) -> Result<()> {
        self.running.reserve(count);
        let mut left = count;
        while left > 0 {
            let first = self.running.len();
            for _ in 0..left.min(AT_ONCE) {
                self.running.push(self.start().await?);
            }
            left -= left.min(AT_ONCE);
            for element in self.running.iter().skip(first) {
                let mut link = element.watch(connections::WEB_SOCKET_CONNECTION);
                let open = link.wait_for(|link| link.state == ConnectionState::Open);
                timeout(Duration::from_secs(60), open).await.context("an element is not connected")??;
            }
        }
        Ok(())
    }

    async fn start(&self) -> Result<nmos::Element> {
        let secure = matches!(self.form, Form::Tls | Form::TlsOfTheWeb);
        let (host, port) = (if secure { "wss://localhost" } else { "ws://127.0.0.1" }, self.port);
        let roots = if self.form == Form::TlsOfTheWeb { Roots::Mozilla } else { Roots::Own };
        let tls = Tls::default().roots(roots).ca_file(&self.certificate);
        let element = nmos::element("element", Driver { received: Arc::clone(&self.received) });
        let element =
            element.connection(connections::WEB_SOCKET_CONNECTION, |link| link.host(host).port(port).tls(tls));
        Ok(element.start().await?)
    }

    /// Lets the server send `messages` to each element, and waits until they have come.
    pub(crate) async fn receive(&self, server: &mut Server, messages: u32) -> Result<()> {
        let expected = self.received.load(Ordering::Relaxed) + self.running.len() as u64 * u64::from(messages);
        server.send(messages)?;
        let come = async {
            while self.received.load(Ordering::Relaxed) < expected {
                sleep(Duration::from_millis(1)).await;
            }
        };
        timeout(Duration::from_secs(120), come).await.context("messages are missing")
    }

    pub(crate) async fn stop(&mut self) -> Result<()> {
        let compressed = self.running.first().context("no element")?.counters().await?.compressed_received;
        ensure!((compressed > 0) == (self.form == Form::Compressed), "not what was to be measured");
        // The server answers no close frame, so each of them takes the second that it may: all together.
        let mut stopping = JoinSet::new();
        for element in self.running.drain(..) {
            stopping.spawn(async move { element.stop().await });
        }
        while let Some(stopped) = stopping.join_next().await {
            stopped??;
        }
        Ok(())
    }
}

impl Drop for Elements {
    fn drop(&mut self) {
        // What stays behind harms nobody.
        let _ = std::fs::remove_file(&self.certificate);
    }
}
