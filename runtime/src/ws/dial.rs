//! How the byte stream below a WebSocket comes about: TCP, and TLS over it.

use genlock_spec::Connection;

use super::tls::Tls;
use super::{Io, OpenError, tcp};
use crate::engine::opening::OpeningRequest;
use crate::settings::ConnectionSettings;

/// How one connection reaches its device.
#[derive(Debug)]
pub(crate) struct Network {
    tls: Tls,
}

impl Network {
    /// The operator's settings where given, else the connector file's (CONN-06, CONN-72). The error says which setting
    /// cannot be used, and why.
    pub(crate) fn new(row: &Connection, settings: &ConnectionSettings) -> Result<Self, String> {
        Ok(Self { tls: Tls::new(&settings.tls, row.skip_certificate_verification)? })
    }

    /// Connects to the host of `request`. It has no deadline of its own (CONN-100).
    pub(crate) async fn dial(&self, request: &OpeningRequest) -> Result<Box<dyn Io>, OpenError> {
        if request.secure && !cfg!(feature = "rustls") {
            return Err(OpenError::TlsNotBuiltIn);
        }
        let stream = tcp::connect(&request.host, request.port).await?;
        // CONN-70
        if request.secure { Ok(self.tls.connect(Box::new(stream), &request.host).await?) } else { Ok(Box::new(stream)) }
    }
}
