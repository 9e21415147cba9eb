//! Which authorities are trusted.

use std::sync::{Arc, OnceLock};

use tokio_rustls::rustls::RootCertStore;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;

use super::TlsError;
use super::files::Files;
use crate::settings::Roots;

/// Reads this machine's authorities, if that is still to be done. It blocks.
pub(super) fn warm(roots: Roots) {
    let _ = known(roots);
}

/// The certificates of the operator's own files.
pub(super) fn own(files: &Files) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let mut own = Vec::new();
    for file in &files.authorities {
        let before = own.len();
        for certificate in CertificateDer::pem_slice_iter(&file.bytes) {
            own.push(certificate.map_err(|error| file.unusable(&error))?);
        }
        if own.len() == before {
            return Err(file.unusable(&"it holds no certificate in PEM"));
        }
    }
    Ok(own)
}

/// All authorities. Those that cannot be one, such as an old device's certificate, are no authority; they can still be
/// the server's own.
pub(super) fn all(roots: Roots, own: &[CertificateDer<'static>]) -> Arc<RootCertStore> {
    let known = known(roots);
    if own.is_empty() {
        return known;
    }
    let mut store = RootCertStore::clone(&known);
    store.add_parsable_certificates(own.iter().cloned());
    Arc::new(store)
}

/// The authorities that come with the machine or with the build. All connections share them.
fn known(roots: Roots) -> Arc<RootCertStore> {
    static SYSTEM: OnceLock<Arc<RootCertStore>> = OnceLock::new();
    static MOZILLA: OnceLock<Arc<RootCertStore>> = OnceLock::new();
    let mozilla = || MOZILLA.get_or_init(|| Arc::new(webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect()));
    let system = || {
        SYSTEM.get_or_init(|| {
            let mut store = RootCertStore::empty();
            // Some machines hold one that cannot be read; the others count.
            store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            if store.is_empty() { Arc::clone(mozilla()) } else { Arc::new(store) }
        })
    };
    match roots {
        Roots::System => Arc::clone(system()),
        Roots::Mozilla => Arc::clone(mozilla()),
        Roots::Own => Arc::new(RootCertStore::empty()),
    }
}
