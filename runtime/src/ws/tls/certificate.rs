//! A certificate, as far as an operator must know it to tell what is wrong.

use std::fmt;
use std::time::Duration;

use tokio_rustls::rustls::pki_types::CertificateDer;
use x509_cert::Certificate as Parsed;
use x509_cert::der::Decode as _;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::ext::pkix::ExtendedKeyUsage;

/// `anyExtendedKeyUsage` and `id-kp-serverAuth` (RFC 5280, section 4.2.1.12).
const FOR_SERVERS: [ObjectIdentifier; 2] =
    [ObjectIdentifier::new_unwrap("2.5.29.37.0"), ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.1")];

/// How much of a name is shown: a peer can send one of many kilobytes.
const NAME_LENGTH: usize = 200;

/// Who, by whom, from when to when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Certificate {
    subject: String,
    issuer: String,
    not_before: x509_cert::time::Time,
    not_after: x509_cert::time::Time,
    for_servers: bool,
}

impl Certificate {
    /// `None`: it cannot be read.
    pub(super) fn read(der: &CertificateDer<'_>) -> Option<Self> {
        let parsed = Parsed::from_der(der).ok()?;
        let certificate = parsed.tbs_certificate();
        let usage = certificate.get_extension::<ExtendedKeyUsage>().ok()?;
        let validity = certificate.validity();
        Some(Self {
            subject: shown(certificate.subject()),
            issuer: shown(certificate.issuer()),
            not_before: validity.not_before,
            not_after: validity.not_after,
            // One that says nothing is for everything.
            for_servers: usage.is_none_or(|(_, usage)| usage.0.iter().any(|purpose| FOR_SERVERS.contains(purpose))),
        })
    }

    /// CONN-73: what is refused even where nothing else is looked at.
    pub(super) fn is_for_servers(&self) -> bool {
        self.for_servers
    }

    /// Since the Unix epoch.
    pub(super) fn not_before(&self) -> Duration {
        self.not_before.to_unix_duration()
    }

    /// Since the Unix epoch.
    pub(super) fn not_after(&self) -> Duration {
        self.not_after.to_unix_duration()
    }

    /// Whether `other` may have issued this one.
    pub(super) fn is_issued_by(&self, other: &Self) -> bool {
        self.issuer == other.subject
    }

    /// Whether it was issued by itself.
    pub(super) fn is_its_own_issuer(&self) -> bool {
        self.is_issued_by(self)
    }
}

impl fmt::Display for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { subject, issuer, not_before, not_after, .. } = self;
        write!(f, "subject `{subject}`, issuer `{issuer}`, valid from {not_before} to {not_after}")
    }
}

/// A name in one line (RFC 4514): it is the peer's text, and goes into logs.
fn shown(name: &x509_cert::name::Name) -> String {
    let text = name.to_string();
    let mut shown: String = text.chars().take(NAME_LENGTH).flat_map(char::escape_debug).collect();
    if text.chars().nth(NAME_LENGTH).is_some() {
        shown.push('…');
    }
    shown
}
