//! What proves to the server who connects (CONN-74).

use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::TlsError;
use super::files::Client;

/// The label of a key that needs a password (RFC 5958 in PEM), and the mark of older ones (RFC 1421).
const ENCRYPTED: [&str; 2] = ["BEGIN ENCRYPTED PRIVATE KEY", "Proc-Type: 4,ENCRYPTED"];

/// The certificate, what stands between it and its authority, and its key.
pub(super) fn read(files: &Client) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), TlsError> {
    let chain: Vec<_> = CertificateDer::pem_slice_iter(&files.chain.bytes)
        .collect::<Result<_, _>>()
        .map_err(|error| files.chain.unusable(&error))?;
    if chain.is_empty() {
        return Err(files.chain.unusable(&"it holds no certificate in PEM"));
    }
    let text = String::from_utf8_lossy(&files.key.bytes);
    if ENCRYPTED.iter().any(|mark| text.contains(mark)) {
        return Err(files.key.unusable(&"its key needs a password; take the password off, and guard the file instead"));
    }
    let key = PrivateKeyDer::from_pem_slice(&files.key.bytes)
        .map_err(|_| files.key.unusable(&"it holds no private key in PEM"))?;
    Ok((chain, key))
}

impl Client {
    /// Why the two cannot be used together.
    pub(super) fn unusable(&self, why: &dyn std::fmt::Display) -> TlsError {
        self.key.unusable(&format_args!("with the certificate of `{}`: {why}", self.chain.path.display()))
    }
}
