//! A device that speaks TLS, on loopback.

use std::io;
use std::sync::Arc;

use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::sign::{CertifiedKey, SingleCertAndKey};
use tokio_rustls::rustls::{RootCertStore, ServerConfig, SupportedProtocolVersion};
use tokio_rustls::server::TlsStream;
use tokio_tungstenite::WebSocketStream;

use crate::authority::{Authority, Identity};

/// How a device asks for the certificate of a client.
pub(crate) enum Asks<'a> {
    Nothing,
    IfThereIsOne(&'a Authority),
    Always(&'a Authority),
}

pub(crate) struct Device {
    listener: TcpListener,
    acceptor: TlsAcceptor,
    pub(crate) port: u16,
}

pub(crate) type Session = WebSocketStream<TlsStream<TcpStream>>;

impl Device {
    pub(crate) async fn start(identity: &Identity) -> Self {
        Self::asking(identity, Asks::Nothing).await
    }

    pub(crate) async fn asking(identity: &Identity, asks: Asks<'_>) -> Self {
        let provider = Arc::new(ring::default_provider());
        let verifier = |authority: &Authority| {
            let mut roots = RootCertStore::empty();
            roots.add(CertificateDer::from_pem_slice(authority.pem.as_bytes()).unwrap()).unwrap();
            WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
        };
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider));
        let builder = builder.with_safe_default_protocol_versions().unwrap();
        let builder = match asks {
            Asks::Nothing => builder.with_no_client_auth(),
            Asks::IfThereIsOne(authority) => {
                builder.with_client_cert_verifier(verifier(authority).allow_unauthenticated().build().unwrap())
            }
            Asks::Always(authority) => builder.with_client_cert_verifier(verifier(authority).build().unwrap()),
        };
        let mut config = builder.with_single_cert(identity.certificates(), identity.private_key()).unwrap();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Self::with(config).await
    }

    /// A device that shows the certificate of another one, and signs with a key of its own.
    pub(crate) async fn impostor(shown: &Identity, own: &Identity, version: &'static SupportedProtocolVersion) -> Self {
        let provider = Arc::new(ring::default_provider());
        let key = provider.key_provider.load_private_key(own.private_key()).unwrap();
        let builder = ServerConfig::builder_with_provider(provider).with_protocol_versions(&[version]).unwrap();
        let identity = SingleCertAndKey::from(CertifiedKey::new(shown.certificates(), key));
        Self::with(builder.with_no_client_auth().with_cert_resolver(Arc::new(identity))).await
    }

    async fn with(config: ServerConfig) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        Self { listener, acceptor: TlsAcceptor::from(Arc::new(config)), port }
    }

    /// A connection that nothing was said on yet.
    pub(crate) async fn accept_tcp(&self) -> TcpStream {
        self.listener.accept().await.unwrap().0
    }

    /// The next TLS handshake, or how it failed.
    pub(crate) async fn accept_tls(&self) -> io::Result<TlsStream<TcpStream>> {
        self.acceptor.accept(self.accept_tcp().await).await
    }

    /// The next WebSocket.
    pub(crate) async fn accept(&self) -> Session {
        tokio_tungstenite::accept_async(self.accept_tls().await.unwrap()).await.unwrap()
    }

    /// Fails handshakes, one after the other, until the test ends.
    pub(crate) async fn serve(&self) {
        loop {
            // What a client that refuses us says is the client's to tell.
            if let Ok(stream) = self.accept_tls().await {
                let _ = tokio_tungstenite::accept_async(stream).await;
            }
        }
    }
}
