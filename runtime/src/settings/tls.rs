//! What an operator decides about TLS.

use std::path::PathBuf;

/// How a `wss` connection is secured. Without any of this, the server's certificate must be one that this machine
/// trusts, and that is for the host of the address (CONN-71).
///
/// The files are PEM. They are read again with every attempt to connect, so that a renewed certificate needs no restart.
///
/// ```
/// use genlock::{Roots, Tls};
///
/// let company = Tls::default().roots(Roots::Own).ca_file("company-ca.pem");
/// let known_to_the_server = company.client_certificate("driver.pem", "driver.key");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct Tls {
    pub(crate) roots: Roots,
    pub(crate) ca_files: Vec<PathBuf>,
    /// The certificate of the client, and its key.
    pub(crate) client: Option<[PathBuf; 2]>,
    pub(crate) skip_verification: Option<bool>,
    pub(crate) server_name: Option<String>,
}

/// Which certificate authorities are trusted, besides those of [`Tls::ca_file`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Roots {
    /// Those of this machine; where it has none, Mozilla's. The default.
    #[default]
    System,
    /// The ones that Mozilla's browsers trust, as of the build.
    Mozilla,
    /// None but one's own.
    Own,
}

impl Tls {
    /// Whether any file is to be read.
    #[cfg(feature = "rustls")]
    pub(crate) fn names_files(&self) -> bool {
        !self.ca_files.is_empty() || self.client.is_some()
    }

    /// Sets which authorities are trusted besides those of [`ca_file`](Self::ca_file).
    pub fn roots(mut self, roots: Roots) -> Self {
        self.roots = roots;
        self
    }

    /// Trusts the authorities whose certificates are in this file. A server's own certificate may be in it too: a device
    /// that signs for itself is trusted by that.
    pub fn ca_file(mut self, file: impl Into<PathBuf>) -> Self {
        self.ca_files.push(file.into());
        self
    }

    /// Sets the certificate, with what stands between it and its authority, and the key that prove to the server who
    /// connects. They are used when the server asks (CONN-74).
    pub fn client_certificate(mut self, chain: impl Into<PathBuf>, key: impl Into<PathBuf>) -> Self {
        self.client = Some([chain.into(), key.into()]);
        self
    }

    /// Accepts any server certificate, or none but good ones whatever the connector file says (CONN-71). What is
    /// accepted then: expired ones, revoked ones, ones for another host, by an unknown authority, with a weak signature
    /// (CONN-73). Anybody on the way can then read and change everything: [`ca_file`](Self::ca_file) with the device's
    /// own certificate is the better way.
    pub fn skip_verification(mut self, skip: bool) -> Self {
        self.skip_verification = Some(skip);
        self
    }

    /// Sets the name that the server's certificate must be for, and that the server is asked for (SNI), where it is not
    /// the host of the address: say when the address is an IP address.
    pub fn server_name(mut self, name: impl Into<String>) -> Self {
        self.server_name = Some(name.into());
        self
    }
}
