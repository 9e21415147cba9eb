//! Where the device is.

use std::path::PathBuf;
use std::str::FromStr;

use genlock::{ConnectionSettings, Proxy, Tls};

/// The URL of a WebSocket, split where the four use cases need it, and the way to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    url: String,
    /// Where the path begins.
    path_start: usize,
    /// Whom to trust besides those that this machine trusts.
    authority_file: Option<PathBuf>,
    proxy: Option<String>,
}

impl Target {
    /// The whole URL.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Trusts the certificate authorities of this file, too.
    pub fn trusting(mut self, authority_file: Option<PathBuf>) -> Self {
        self.authority_file = authority_file;
        self
    }

    /// Goes through this proxy, whatever the connector file says of proxies.
    pub fn through(mut self, proxy: Option<String>) -> Self {
        self.proxy = proxy;
        self
    }

    /// The settings of a connection that goes this way.
    pub fn reach(&self, mut settings: ConnectionSettings) -> ConnectionSettings {
        if let Some(file) = &self.authority_file {
            settings = settings.tls(Tls::default().ca_file(file));
        }
        if let Some(proxy) = &self.proxy {
            settings = settings.proxy(Proxy::server(proxy));
        }
        settings
    }

    /// Scheme, host and port: what an operator types into the host field in use case 3.
    pub fn origin(&self) -> &str {
        self.url.get(..self.path_start).unwrap_or_default()
    }

    /// The path with its query, without the leading slash, as the parameter of a handshake session holds it (CONN-33).
    pub fn path(&self) -> &str {
        self.url.get(self.path_start..).unwrap_or_default().trim_start_matches('/')
    }
}

/// A text that is not the URL of a WebSocket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the URL of a WebSocket looks like ws://192.0.2.8:8050/x-nmos/events/ws")]
pub struct InvalidTarget;

impl FromStr for Target {
    type Err = InvalidTarget;

    fn from_str(url: &str) -> Result<Self, InvalidTarget> {
        let authority = url.strip_prefix("ws://").or_else(|| url.strip_prefix("wss://")).ok_or(InvalidTarget)?;
        let authority_length = authority.find(['/', '?', '#']).unwrap_or(authority.len());
        if authority_length == 0 || url.contains(|character: char| character.is_whitespace() || character.is_control())
        {
            return Err(InvalidTarget);
        }
        Ok(Self {
            url: url.to_owned(),
            path_start: url.len() - authority.len() + authority_length,
            authority_file: None,
            proxy: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_split_into_origin_and_path() {
        for (url, origin, path) in [
            ("ws://127.0.0.1:8050/x-nmos/events/ws", "ws://127.0.0.1:8050", "x-nmos/events/ws"),
            ("wss://device.example/a?b=c", "wss://device.example", "a?b=c"),
            ("ws://[::1]:8050", "ws://[::1]:8050", ""),
        ] {
            let target: Target = url.parse().unwrap();
            assert_eq!((target.url(), target.origin(), target.path()), (url, origin, path));
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for url in ["", "127.0.0.1:8050", "http://127.0.0.1", "ws://", "ws:///path", "ws://a b/", "ws://a/\r\nX: y"] {
            assert_eq!(url.parse::<Target>(), Err(InvalidTarget), "{url:?}");
        }
    }
}
