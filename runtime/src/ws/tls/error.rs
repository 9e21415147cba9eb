//! Why TLS could not be set up.

use std::fmt;
use std::io;
use std::path::Path;

use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::{AlertDescription, CertificateError, Error, InvalidMessage};

use super::certificate::Certificate;

/// Why TLS could not be set up. Every text says what to do, where that is known.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TlsError {
    /// The host can be in no certificate.
    #[error("`{0}` is no name that a certificate can be for: use the host's name, or set `Tls::server_name`")]
    Name(String),
    /// The session of the handshake asks for what is not there.
    #[error(
        "the session logs in by a client certificate, and the settings have none; set one with `Tls::client_certificate`"
    )]
    NoCertificate,
    /// A file of the settings cannot be used.
    #[error("the file `{path}` cannot be used: {why}")]
    File {
        /// As the settings name it.
        path: String,
        /// What is wrong with it.
        why: String,
    },
    /// Nobody is trusted.
    #[error("there is no certificate authority to trust: {0}")]
    Authorities(String),
    /// The server's certificate is not accepted.
    #[error("the server's certificate is refused: {0}")]
    Certificate(Box<Rejected>),
    /// What the server signed was not signed with the key of its certificate.
    #[error(
        "the server does not hold the key of the certificate that it shows: check the address, as another machine may \
         answer in its place"
    )]
    NotItsKey,
    /// The server does not accept us.
    #[error("the server refused the TLS handshake ({alert:?}){}", Advice(*.alert))]
    Refused {
        /// What it said.
        alert: AlertDescription,
    },
    /// What came is not TLS.
    #[error("the server does not speak TLS on this port: use a ws:// address, or the port that speaks TLS")]
    NotTls,
    /// Anything else that rustls found.
    #[error("the TLS handshake failed: {0}")]
    Rustls(Error),
    /// The connection broke.
    #[error("the connection broke during the TLS handshake: {0}")]
    Io(io::Error),
    /// The program ends.
    #[error("the TLS handshake was given up: the program ends")]
    Stopping,
}

impl TlsError {
    pub(super) fn file(path: &Path, why: &dyn fmt::Display) -> Self {
        Self::File { path: path.display().to_string(), why: why.to_string() }
    }
}

impl From<io::Error> for TlsError {
    fn from(error: io::Error) -> Self {
        explain(error).unwrap_or_else(Self::Io)
    }
}

/// Finds what TLS has to say in an error of its stream: in TLS 1.3 a server judges our certificate only after the
/// handshake, so its refusal arrives where the answer to the opening request is read.
pub(crate) fn explain(error: io::Error) -> Result<TlsError, io::Error> {
    let Some(inner) = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) else { return Err(error) };
    Ok(match inner {
        Error::AlertReceived(alert) => TlsError::Refused { alert: *alert },
        Error::InvalidMessage(InvalidMessage::InvalidContentType) => TlsError::NotTls,
        // Signatures within the chain are the verifier's, and come as `Rejected`.
        Error::InvalidCertificate(CertificateError::BadSignature) => TlsError::NotItsKey,
        Error::InvalidCertificate(CertificateError::Other(other)) => match other.0.downcast_ref::<Rejected>() {
            Some(rejected) => TlsError::Certificate(Box::new(rejected.clone())),
            None => TlsError::Rustls(inner.clone()),
        },
        other => TlsError::Rustls(other.clone()),
    })
}

/// What to do about an alert of the server.
struct Advice(AlertDescription);

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            AlertDescription::CertificateRequired => {
                f.write_str(": it asks for a client certificate; set one with `Tls::client_certificate`")
            }
            AlertDescription::BadCertificate
            | AlertDescription::UnsupportedCertificate
            | AlertDescription::CertificateRevoked
            | AlertDescription::CertificateExpired
            | AlertDescription::CertificateUnknown
            | AlertDescription::UnknownCA
            | AlertDescription::AccessDenied => {
                f.write_str(": it does not accept the client certificate; see `Tls::client_certificate`")
            }
            AlertDescription::UnrecognisedName => {
                f.write_str(": it does not know this host; check the address, or set `Tls::server_name`")
            }
            AlertDescription::ProtocolVersion => f.write_str(": it has neither TLS 1.2 nor 1.3"),
            AlertDescription::HandshakeFailure => {
                f.write_str(": it has no cipher in common with us, or asks for a client certificate")
            }
            _ => Ok(()),
        }
    }
}

/// A certificate that is not accepted.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rejected {
    /// The one of the chain that is to blame, where it can be read.
    certificate: Option<Certificate>,
    why: CertificateError,
}

impl Rejected {
    pub(super) fn new(
        why: CertificateError,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
    ) -> Self {
        Self { certificate: blamed(&why, end_entity, intermediates), why }
    }
}

/// The server's own certificate, unless another one of its chain is the cause.
fn blamed(
    why: &CertificateError,
    end_entity: &CertificateDer<'_>,
    intermediates: &[CertificateDer<'_>],
) -> Option<Certificate> {
    let first = Certificate::read(end_entity)?;
    let mut others = intermediates.iter().filter_map(Certificate::read);
    match why {
        CertificateError::ExpiredContext { not_after, .. } if not_after.as_secs() != first.not_after().as_secs() => {
            Some(others.find(|other| other.not_after().as_secs() == not_after.as_secs()).unwrap_or(first))
        }
        CertificateError::NotValidYetContext { not_before, .. }
            if not_before.as_secs() != first.not_before().as_secs() =>
        {
            Some(others.find(|other| other.not_before().as_secs() == not_before.as_secs()).unwrap_or(first))
        }
        // The end of the chain: its issuer is the one that is missing.
        CertificateError::UnknownIssuer => {
            Some(others.fold(first, |last, next| if last.is_issued_by(&next) { next } else { last }))
        }
        _ => Some(first),
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.why, &self.certificate) {
            (CertificateError::Expired | CertificateError::ExpiredContext { .. }, _) => {
                f.write_str("it has expired; renew it, and check the clock of this machine")?;
            }
            (CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. }, _) => {
                f.write_str("it is not valid yet; check the clocks of this machine and of the one that issued it")?;
            }
            (CertificateError::NotValidForNameContext { expected, presented }, _) => {
                write!(f, "it is not for `{}`", expected.to_str())?;
                match presented.as_slice() {
                    [] => f.write_str(", and names no host at all")?,
                    names => write!(f, ", but for {}", Names(names))?,
                }
                f.write_str("; use that name in the address, or set `Tls::server_name`")?;
            }
            // Most say that they are an authority, which is a fault of its own (`Other`), but not the one to mend.
            (CertificateError::UnknownIssuer | CertificateError::Other(_), Some(certificate))
                if certificate.is_its_own_issuer() =>
            {
                f.write_str("it is signed by itself, and not trusted here; name it with `Tls::ca_file`")?;
            }
            (CertificateError::UnknownIssuer, _) => {
                f.write_str("its issuer is not trusted here; name the issuer's certificate with `Tls::ca_file`")?;
            }
            (CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. }, _) => {
                f.write_str("it is not for servers; the server needs another one")?; // CONN-73
            }
            (CertificateError::BadEncoding, _) => f.write_str("it cannot be read")?,
            (CertificateError::Other(why), _) => write!(f, "{}", why.0)?,
            (why, _) => write!(f, "{why}")?,
        }
        match &self.certificate {
            Some(certificate) => write!(f, " ({certificate})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Rejected {}

/// How many names of a certificate are shown.
const NAMES: usize = 5;

/// Names of a certificate. They are the peer's text, and go into logs.
struct Names<'a>(&'a [String]);

impl fmt::Display for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, name) in self.0.iter().take(NAMES).enumerate() {
            let separator = if position == 0 { "" } else { ", " };
            write!(f, "{separator}`{}`", name.escape_debug())?;
        }
        match self.0.len().saturating_sub(NAMES) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}
