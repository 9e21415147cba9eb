//! Whether a server's certificate is accepted, and if not, which one is to blame and why.

use std::sync::Arc;

use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::client::{WebPkiServerVerifier, verify_server_name};
use tokio_rustls::rustls::crypto::{
    CryptoProvider, WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature,
};
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::server::ParsedCertificate;
use tokio_rustls::rustls::{
    CertificateError, DigitallySignedStruct, Error, OtherError, RootCertStore, SignatureScheme,
};

use super::TlsError;
use super::certificate::Certificate;
use super::error::Rejected;

/// What is accepted.
#[derive(Debug)]
pub(super) struct Verifier {
    trust: Trust,
    /// How the server may prove that it holds the certificate's key. That is never skipped.
    signatures: WebPkiSupportedAlgorithms,
}

#[derive(Debug)]
enum Trust {
    /// A chain up to an authority, or one of the operator's own certificates.
    Chain { authorities: Arc<WebPkiServerVerifier>, own: Vec<CertificateDer<'static>> },
    /// Every server's certificate (CONN-73).
    Any,
}

impl Verifier {
    /// Accepts what is trusted.
    pub(super) fn of_trusted(
        authorities: Arc<RootCertStore>,
        own: Vec<CertificateDer<'static>>,
        provider: Arc<CryptoProvider>,
    ) -> Result<Self, TlsError> {
        let signatures = provider.signature_verification_algorithms;
        let authorities = WebPkiServerVerifier::builder_with_provider(authorities, provider)
            .build()
            .map_err(|error| TlsError::Authorities(error.to_string()))?;
        Ok(Self { trust: Trust::Chain { authorities, own }, signatures })
    }

    /// Accepts every certificate of a server.
    pub(super) fn of_any(provider: &CryptoProvider) -> Self {
        Self { trust: Trust::Any, signatures: provider.signature_verification_algorithms }
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verdict = match &self.trust {
            Trust::Any => check_purpose(end_entity),
            // What the operator named is trusted for itself: devices sign for themselves as if they were an authority,
            // which no chain may end with.
            Trust::Chain { own, .. } if own.contains(end_entity) => check_alone(end_entity, server_name, now),
            Trust::Chain { authorities, .. } => {
                authorities.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now).map(|_| ())
            }
        };
        match verdict {
            Ok(()) => Ok(ServerCertVerified::assertion()),
            Err(Error::InvalidCertificate(why)) => {
                let rejected = Rejected::new(why, end_entity, intermediates);
                Err(CertificateError::Other(OtherError(Arc::new(rejected))).into())
            }
            Err(other) => Err(other),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, &self.signatures)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.signatures)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.signatures.supported_schemes()
    }
}

/// CONN-73: a certificate that is not for servers is refused all the same.
fn check_purpose(end_entity: &CertificateDer<'_>) -> Result<(), Error> {
    match Certificate::read(end_entity) {
        Some(certificate) if certificate.is_for_servers() => Ok(()),
        Some(_) => Err(CertificateError::InvalidPurpose.into()),
        None => Err(CertificateError::BadEncoding.into()),
    }
}

/// Name, time and purpose, but no chain.
fn check_alone(end_entity: &CertificateDer<'_>, server_name: &ServerName<'_>, now: UnixTime) -> Result<(), Error> {
    check_purpose(end_entity)?;
    let certificate = Certificate::read(end_entity).ok_or(CertificateError::BadEncoding)?;
    if now.as_secs() < certificate.not_before().as_secs() {
        return Err(CertificateError::NotValidYet.into());
    }
    if now.as_secs() > certificate.not_after().as_secs() {
        return Err(CertificateError::Expired.into());
    }
    verify_server_name(&ParsedCertificate::try_from(end_entity)?, server_name)
}
