//! What stands in for `proxy` in a build without the feature of that name: every device is reached directly.

use tokio::net::TcpStream;

use super::interface::Interface;
use super::{OpenError, tcp};
use crate::engine::destination::Destination;
use crate::settings::{ConnectionSettings, ProxyChoice};

/// Why a proxy is of no help: none is asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProxyError {}

/// No proxy.
#[derive(Debug)]
pub(super) struct Proxy;

impl Proxy {
    /// A proxy that nobody could go through is refused.
    pub(super) fn new(settings: &ConnectionSettings, _: bool) -> Result<Self, String> {
        match &settings.proxy {
            Some(proxy) if matches!(proxy.choice, ProxyChoice::Server(_)) => Err(
                "the settings name a proxy, which this build of genlock leaves out: build it with the feature `proxy`"
                    .to_owned(),
            ),
            _ => Ok(Self),
        }
    }

    pub(super) async fn connect(
        &self,
        to: &Destination,
        interface: Option<&Interface>,
    ) -> Result<TcpStream, OpenError> {
        if to.proxy.is_some() {
            return Err(OpenError::ProxyNotBuiltIn);
        }
        tcp::connect(&to.host, to.port, interface).await
    }
}
