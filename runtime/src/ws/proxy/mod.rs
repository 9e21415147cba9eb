//! Proxies: which one a connection goes through, and the tunnel through it (CONN-09, CONN-10, REL-06).
//!
//! `CONNECT` of an HTTP proxy and SOCKS5 are spoken. Refused by name: TLS to the proxy itself, SOCKS4, and HTTP proxies
//! that want another scheme than Basic.

mod environment;
mod error;
mod server;
mod socks;
mod tunnel;

use tokio::net::TcpStream;

use self::server::{Credentials, Kind, ProxyServer};
use super::interface::Interface;
use super::{OpenError, tcp};
use crate::engine::destination::{Destination, SessionProxy};
use crate::settings::{ConnectionSettings, ProxyChoice};

pub(crate) use self::error::ProxyError;

/// Which proxy one connection goes through.
#[derive(Debug)]
pub(super) enum Proxy {
    /// The one that the environment names when the connection is made.
    Environment,
    /// None.
    Direct,
    /// The one of the settings.
    Server(ProxyServer),
}

impl Proxy {
    /// `bypass`: what the bus address says (CONN-09). A proxy that the settings name wins over that.
    pub(super) fn new(settings: &ConnectionSettings, bypass: bool) -> Result<Self, String> {
        let Some(proxy) = &settings.proxy else {
            return Ok(if bypass { Self::Direct } else { Self::Environment });
        };
        match &proxy.choice {
            ProxyChoice::Environment => Ok(Self::Environment),
            ProxyChoice::None => Ok(Self::Direct),
            ProxyChoice::Server(address) => {
                let credentials = proxy.credentials.clone().map(Credentials::from);
                let server = ProxyServer::parse(address, credentials).map_err(|error| error.to_string())?;
                Ok(Self::Server(server))
            }
        }
    }

    /// Connects to the host of `to`, through the proxy if there is one. The one that the session names wins
    /// (CONN-10).
    pub(super) async fn connect(
        &self,
        to: &Destination,
        interface: Option<&Interface>,
    ) -> Result<TcpStream, OpenError> {
        let named_now;
        let server = match (&to.proxy, self) {
            (Some(SessionProxy { server, credentials }), _) => {
                let credentials = credentials.clone().map(Credentials::from);
                named_now = ProxyServer::parse(server, credentials)?;
                Some(&named_now)
            }
            (None, Self::Direct) => None,
            (None, Self::Server(server)) => Some(server),
            (None, Self::Environment) => match environment::proxy(|name| std::env::var(name).ok(), to)? {
                Some(server) => {
                    named_now = server;
                    Some(&named_now)
                }
                None => None,
            },
        };
        let Some(server) = server else { return tcp::connect(&to.host, to.port, interface).await };
        let reach = async || {
            let stream = tcp::connect(&server.host, server.port, interface).await;
            stream.map_err(|error| ProxyError::Unreachable { proxy: server.to_string(), error: Box::new(error) })
        };
        let (host, port) = (&*to.host, to.port);
        match server.kind {
            Kind::Http => Ok(tunnel::open(reach().await?, server, host, port).await?),
            Kind::Socks5 { resolves: true } => Ok(socks::open(reach().await?, server, (host, port)).await?),
            Kind::Socks5 { resolves: false } => {
                // The proxy is asked for one address after the other: it tells only what came of the last.
                let mut last = None;
                for address in tcp::resolve(host, port).await? {
                    match socks::open(reach().await?, server, address).await {
                        Ok(stream) => return Ok(stream),
                        Err(error) => last = Some(error),
                    }
                }
                Err(last.map_or_else(
                    || OpenError::Connect { host: host.into(), port, attempts: Vec::new() },
                    OpenError::Proxy,
                ))
            }
        }
    }
}
