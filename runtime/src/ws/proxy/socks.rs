//! The way through a SOCKS5 proxy (RFC 1928, RFC 1929).

use tokio::net::TcpStream;
use tokio_socks::tcp::Socks5Stream;
use tokio_socks::{Error, IntoTargetAddr, TargetAddr};

use super::ProxyError;
use super::server::{Credentials, ProxyServer};

/// Asks the proxy to connect to the device.
pub(super) async fn open(
    stream: TcpStream,
    proxy: &ProxyServer,
    target: impl IntoTargetAddr<'_>,
) -> Result<TcpStream, ProxyError> {
    let proxy_name = || proxy.to_string();
    let refused = |target: &TargetAddr<'_>, why: &Error| ProxyError::Refused {
        proxy: proxy_name(),
        target: shown(target),
        why: why.to_string(),
    };
    let target = target.into_target_addr().map_err(|error| ProxyError::Refused {
        proxy: proxy_name(),
        target: "the device".to_owned(),
        why: error.to_string(),
    })?;
    let opened = match &proxy.credentials {
        Some(Credentials { user, password }) => {
            Socks5Stream::connect_with_password_and_socket(stream, target.clone(), user, password).await
        }
        None => Socks5Stream::connect_with_socket(stream, target.clone()).await,
    };
    opened.map(Socks5Stream::into_inner).map_err(|error| match error {
        Error::Io(error) => ProxyError::Io { proxy: proxy_name(), error },
        Error::PasswordAuthFailure(_) => ProxyError::CredentialsRefused { proxy: proxy_name() },
        Error::NoAcceptableAuthMethods if proxy.credentials.is_none() => {
            ProxyError::CredentialsWanted { proxy: proxy_name() }
        }
        error => refused(&target, &error),
    })
}

fn shown(target: &TargetAddr<'_>) -> String {
    match target {
        TargetAddr::Ip(address) => address.to_string(),
        TargetAddr::Domain(host, port) => format!("{host}:{port}"),
    }
}
