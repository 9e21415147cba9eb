//! How the byte stream below a WebSocket comes about: TCP, perhaps through a proxy, and TLS over it.

use genlock_spec::Connection;

use super::interface::Interface;
use super::proxy::Proxy;
use super::tls::Tls;
use super::{Io, OpenError};
use crate::engine::destination::Destination;
use crate::settings::{Compression, ConnectionSettings};

/// How one connection reaches its device.
#[derive(Debug)]
pub(crate) struct Network {
    interface: Option<Interface>,
    proxy: Proxy,
    tls: Tls,
}

impl Network {
    /// The operator's settings where given, else the connector file's (CONN-06, CONN-72). The error says which setting
    /// cannot be used, and why.
    pub(crate) fn new(row: &Connection, settings: &ConnectionSettings) -> Result<Self, String> {
        if settings.compression == Some(Compression::Offered) && !cfg!(feature = "deflate") {
            return Err(
                "it is to offer compression, which this build of genlock leaves out: build it with the feature \
                        `deflate`, or take the setting out"
                    .to_owned(),
            );
        }
        Ok(Self {
            interface: settings.interface.as_deref().map(Interface::new).transpose()?,
            proxy: Proxy::new(settings, bypasses_proxy(row, settings)?)?,
            tls: Tls::new(settings.tls.as_ref().unwrap_or(&crate::Tls::default()), row.skip_certificate_verification)?,
        })
    }

    /// Connects to the host of `to`. It has no deadline of its own (CONN-100).
    pub(crate) async fn dial(&self, to: &Destination) -> Result<Box<dyn Io>, OpenError> {
        if to.secure && !cfg!(feature = "rustls") {
            return Err(OpenError::TlsNotBuiltIn);
        }
        let stream = self.proxy.connect(to, self.interface.as_ref()).await?;
        // CONN-70
        if to.secure { Ok(self.tls.connect(Box::new(stream), to).await?) } else { Ok(Box::new(stream)) }
    }
}

/// Whether the bus address says `bypassProxy`, in whichever letters (CONN-09): the operator's, else the connector file's
/// (CONN-06). Any other bus address means nothing for a WebSocket.
fn bypasses_proxy(row: &Connection, settings: &ConnectionSettings) -> Result<bool, String> {
    match settings.bus_address.as_deref().map(str::trim) {
        None => Ok(row.bypass_proxy),
        Some("") => Ok(false),
        Some(address) if address.eq_ignore_ascii_case("bypassProxy") => Ok(true),
        Some(address) => Err(format!(
            "the bus address `{}` means nothing for a WebSocket; write `bypassProxy`, or leave it out",
            address.escape_debug()
        )),
    }
}
