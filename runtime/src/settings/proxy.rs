//! What an operator decides about proxies.

use std::fmt;

/// Which proxy a connection goes through: an HTTP proxy (`CONNECT`) or a SOCKS5 one.
///
/// A session of the connector file that names a proxy wins over this (CONN-10).
///
/// ```
/// use genlock::Proxy;
///
/// let office = Proxy::server("http://proxy.example:3128").credentials("driver", "secret");
/// let jump_host = Proxy::server("socks5h://10.0.0.1");
/// assert!(!format!("{office:?}").contains("secret"));
/// ```
#[derive(Clone, PartialEq, Eq)]
#[must_use]
pub struct Proxy {
    pub(crate) choice: ProxyChoice,
    pub(crate) credentials: Option<[String; 2]>,
}

#[derive(Clone, PartialEq, Eq)]
pub(crate) enum ProxyChoice {
    Environment,
    None,
    Server(String),
}

impl Proxy {
    /// The one that the environment names, in the variables that curl knows: `HTTPS_PROXY` for `wss` and `https`,
    /// `HTTP_PROXY` for `ws` and `http`, `ALL_PROXY` where those are empty, but for the hosts of `NO_PROXY`; in lower case
    /// where a name in capitals is empty. What a connection does by default, unless its
    /// bus address is `bypassProxy`.
    pub fn environment() -> Self {
        Self { choice: ProxyChoice::Environment, credentials: None }
    }

    /// None: the device is reached directly, whatever the environment names.
    pub fn none() -> Self {
        Self { choice: ProxyChoice::None, credentials: None }
    }

    /// This one: `http://host:port`, `socks5h://host:port`, where the proxy resolves the device's name, or
    /// `socks5://host:port`, where this machine does. `user:password@` may stand before the host.
    pub fn server(address: impl Into<String>) -> Self {
        Self { choice: ProxyChoice::Server(address.into()), credentials: None }
    }

    /// Sets who asks the proxy. It has no effect unless the proxy is named here.
    pub fn credentials(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.credentials = Some([user.into(), password.into()]);
        self
    }
}

impl fmt::Debug for Proxy {
    /// User and password stay out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.choice {
            ProxyChoice::Environment => f.write_str("Proxy::environment()"),
            ProxyChoice::None => f.write_str("Proxy::none()"),
            ProxyChoice::Server(address) => {
                write!(f, "Proxy::server({:?})", address.rsplit_once('@').map_or(&**address, |(_, host)| host))
            }
        }
    }
}
