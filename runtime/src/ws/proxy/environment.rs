//! The proxy that the environment names, as curl reads it (CONN-10).

use http::Uri;
use hyper_util::client::proxy::matcher::Matcher;

use super::server::ProxyServer;
use super::{OpenError, ProxyError};
use crate::engine::destination::Destination;

/// Which proxy leads to the host of `to`. `variable` reads the environment.
///
/// The operator's own spelling counts: a value that cannot be used is an error, not a way around the proxy.
pub(super) fn proxy(
    variable: impl Fn(&str) -> Option<String>,
    to: &Destination,
) -> Result<Option<ProxyServer>, OpenError> {
    let filled =
        |name: &'static str| variable(name).filter(|value| !value.trim().is_empty()).map(|value| (name, value));
    let either = |upper, lower| filled(upper).or_else(|| filled(lower));
    let named = if to.secure { either("HTTPS_PROXY", "https_proxy") } else { either("HTTP_PROXY", "http_proxy") };
    let Some((name, address)) = named.or_else(|| either("ALL_PROXY", "all_proxy")) else { return Ok(None) };
    let excepted = either("NO_PROXY", "no_proxy").is_some_and(|(_, hosts)| is_excepted(&to.host, hosts));
    if excepted {
        return Ok(None);
    }
    let server = ProxyServer::parse(&address, None);
    let server = server.map_err(|error| ProxyError::Variable { variable: name, error: Box::new(error) })?;
    Ok(Some(server))
}

/// Whether `NO_PROXY` holds the host: itself, a domain that it is in, a network that it is in, or `*`.
fn is_excepted(host: &str, hosts: String) -> bool {
    let host = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
    let Ok(uri) = format!("http://{host}/").parse::<Uri>() else { return false };
    Matcher::builder().all("http://proxy").no(hosts).build().intercept(&uri).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(url: &str) -> Destination {
        let (scheme, host) = url.split_once("://").unwrap();
        Destination { secure: scheme == "wss", host: host.into(), port: 1, proxy: None, certificate: false }
    }

    /// The proxy to `url` in an environment.
    fn through(environment: &[(&str, &str)], url: &str) -> Result<Option<String>, String> {
        let variable = |name: &str| {
            let found = environment.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let server = proxy(variable, &to(url));
        server.map(|server| server.map(|server| server.to_string())).map_err(|error| error.to_string())
    }

    #[test]
    fn conn_10_each_scheme_has_its_variable() {
        let all = ("ALL_PROXY", "socks5://all:1");
        for (environment, url, expected) in [
            (&[][..], "ws://device", None),
            (&[("HTTP_PROXY", "http://h:1")][..], "ws://device", Some("http://h:1")),
            (&[("HTTP_PROXY", "http://h:1")], "wss://device", None),
            (&[("HTTPS_PROXY", "http://s:1")], "wss://device", Some("http://s:1")),
            (&[("HTTPS_PROXY", "http://s:1")], "ws://device", None),
            (&[("https_proxy", "s:1"), all], "wss://device", Some("http://s:1")),
            (&[all], "wss://device", Some("socks5://all:1")),
            (&[("http_proxy", " "), all], "ws://device", Some("socks5://all:1")),
        ] {
            assert_eq!(through(environment, url), Ok(expected.map(str::to_owned)), "{environment:?} {url}");
        }
    }

    #[test]
    fn conn_10_the_hosts_of_no_proxy_are_reached_directly() {
        for (no, host, direct) in [
            ("*", "device", true),
            ("device", "device", true),
            ("device", "other", false),
            ("example", "camera.example", true),
            (".example", "camera.example", true),
            ("example", "myexample", false),
            ("10.0.0.0/8, 127.0.0.1", "10.1.2.3", true),
            ("10.0.0.0/8", "11.1.2.3", false),
            ("::1", "::1", true),
            ("", "device", false),
        ] {
            let environment = [("HTTP_PROXY", "http://h:1"), ("no_proxy", no)];
            let proxy = through(&environment, &format!("ws://{host}")).unwrap();
            assert_eq!(proxy.is_none(), direct, "{no}: {host}");
        }
    }

    #[test]
    fn a_value_that_cannot_be_used_is_told_with_its_variable() {
        let error = through(&[("HTTPS_PROXY", "https://u:secret@p")], "wss://device").unwrap_err();
        assert!(error.starts_with("HTTPS_PROXY: the proxy `https://p` cannot be used: "), "{error}");
        assert_eq!(through(&[("HTTPS_PROXY", "https://p"), ("NO_PROXY", "*")], "wss://device"), Ok(None));
    }
}
