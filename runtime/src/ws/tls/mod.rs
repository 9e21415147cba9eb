//! TLS by rustls, with ring as its provider (CONN-70 to CONN-74).

mod certificate;
mod client;
mod error;
mod files;
mod roots;
mod verifier;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::client::Resumption;
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::ServerName;

use self::files::Files;
use self::verifier::Verifier;
use super::Io;
use crate::engine::destination::Destination;
use crate::settings::{Roots, Tls as Settings};

pub(crate) use self::error::{TlsError, explain};

/// How many sessions are kept for resumption. A connection has one server at a time; rustls would make room for 256.
const SESSIONS: usize = 2;

/// A WebSocket is opened by HTTP/1.1 (RFC 6455, section 4.1): servers that would rather speak HTTP/2 are told so.
const HTTP_1_1: &[u8] = b"http/1.1";

/// The TLS of one connection.
#[derive(Debug)]
pub(super) struct Tls {
    settings: Arc<Settings>,
    skip_verification: bool,
    /// What was made of the files the last time, for as long as they stay the same: it remembers sessions.
    last: Mutex<Option<Last>>,
}

#[derive(Debug)]
struct Last {
    files: Files,
    config: Arc<ClientConfig>,
}

impl Tls {
    /// `skip_by_file`: what the connector file says about verification (CONN-71). The error says which setting cannot be
    /// used.
    pub(super) fn new(settings: &Settings, skip_by_file: bool) -> Result<Self, String> {
        let skip_verification = settings.skip_verification.unwrap_or(skip_by_file);
        if settings.roots == Roots::Own && settings.ca_files.is_empty() && !skip_verification {
            return Err("`Roots::Own` trusts nobody without a `Tls::ca_file`; name one".to_owned());
        }
        if let Some(name) = &settings.server_name {
            server_name(name).map_err(|error| error.to_string())?;
        }
        let tls = Self { settings: Arc::new(settings.clone()), skip_verification, last: Mutex::default() };
        tls.check_files().map_err(|error| error.to_string())?;
        Ok(tls)
    }

    /// A file that is missing at the start is the operator's slip, and told at once. The machine's authorities are left
    /// alone: a driver without `wss` never reads them.
    fn check_files(&self) -> Result<(), TlsError> {
        if !self.settings.names_files() {
            return Ok(());
        }
        let files = Files::read(&self.settings)?;
        roots::own(&files)?;
        let provider = Arc::new(provider());
        let verifier = Verifier::of_any(&provider);
        make_config(&files, provider, verifier).map(drop)
    }

    /// Carries out the TLS handshake with the host of `to` over `io`.
    pub(super) async fn connect(&self, io: Box<dyn Io>, to: &Destination) -> Result<Box<dyn Io>, TlsError> {
        let name = server_name(self.settings.server_name.as_deref().unwrap_or(&to.host))?;
        if to.certificate && self.settings.client.is_none() {
            return Err(TlsError::NoCertificate);
        }
        let config = self.config().await?;
        let stream = TlsConnector::from(config).connect(name, io).await.map_err(TlsError::from)?;
        Ok(Box::new(stream))
    }

    /// The configuration from what the files hold now.
    async fn config(&self) -> Result<Arc<ClientConfig>, TlsError> {
        if !self.settings.names_files()
            && let Some(last) = &*self.last()
        {
            return Ok(Arc::clone(&last.config));
        }
        let (settings, trusts_some) = (Arc::clone(&self.settings), !self.skip_verification);
        // Reading files, the machine's authorities among them, takes milliseconds: other elements go on meanwhile.
        let reading = tokio::task::spawn_blocking(move || {
            if trusts_some {
                roots::warm(settings.roots);
            }
            Files::read(&settings)
        });
        let files = reading.await.map_err(|_| TlsError::Stopping)??;
        let mut last = self.last();
        if let Some(last) = &*last
            && last.files == files
        {
            return Ok(Arc::clone(&last.config));
        }
        let provider = Arc::new(provider());
        let verifier = self.verifier(&files, &provider)?;
        let config = Arc::new(make_config(&files, provider, verifier)?);
        *last = Some(Last { files, config: Arc::clone(&config) });
        Ok(config)
    }

    fn last(&self) -> MutexGuard<'_, Option<Last>> {
        // Nobody can leave it half-written.
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn verifier(&self, files: &Files, provider: &Arc<CryptoProvider>) -> Result<Verifier, TlsError> {
        if self.skip_verification {
            return Ok(Verifier::of_any(provider));
        }
        let own = roots::own(files)?;
        Verifier::of_trusted(roots::all(self.settings.roots, &own), own, Arc::clone(provider))
    }
}

fn make_config(files: &Files, provider: Arc<CryptoProvider>, verifier: Verifier) -> Result<ClientConfig, TlsError> {
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(TlsError::Rustls)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier));
    let mut config = match &files.client {
        Some(files) => {
            let (chain, key) = client::read(files)?;
            builder.with_client_auth_cert(chain, key).map_err(|error| files.unusable(&error))?
        }
        None => builder.with_no_client_auth(),
    };
    config.alpn_protocols = vec![HTTP_1_1.to_vec()];
    config.resumption = Resumption::in_memory_sessions(SESSIONS);
    Ok(config)
}

/// The one provider: whatever else the program links, nothing else is picked.
fn provider() -> CryptoProvider {
    ring::default_provider()
}

/// A name or an IP address as certificates know it; only a name goes out as SNI (RFC 6066, section 3).
fn server_name(name: &str) -> Result<ServerName<'static>, TlsError> {
    ServerName::try_from(name.to_owned()).map_err(|_| TlsError::Name(name.to_owned()))
}
