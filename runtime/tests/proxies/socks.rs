//! The way through a SOCKS5 proxy (RFC 1928, RFC 1929).

use genlock::Proxy;

use super::socks_proxy::{Does, SocksProxy};
use super::{Device, bounded, element, is_open, refusal};

const OPEN: Does = Does { credentials: None, reply: 0 };

fn through(scheme: &str, proxy: &SocksProxy) -> Proxy {
    Proxy::server(format!("{scheme}://127.0.0.1:{}", proxy.port))
}

#[tokio::test]
async fn socks5h_lets_the_proxy_resolve_the_name() {
    bounded(async {
        let (proxy, device) = (SocksProxy::start(OPEN).await, Device::start().await);
        let element = element(device.port, |link| link.proxy(through("socks5h", &proxy))).await;
        let _session = device.accept().await;
        is_open(&element).await;
        assert_eq!(proxy.targets(), [format!("localhost:{}", device.port)]);
    })
    .await;
}

#[tokio::test]
async fn socks5_resolves_the_name_here_and_tries_every_address() {
    bounded(async {
        let (proxy, device) = (SocksProxy::start(OPEN).await, Device::start().await);
        let element = element(device.port, |link| link.proxy(through("socks5", &proxy))).await;
        let _session = device.accept().await;
        is_open(&element).await;
        // `localhost` may be `::1` first, where nobody listens.
        assert_eq!(proxy.targets().last(), Some(&format!("127.0.0.1:{}", device.port)));
        assert!(!proxy.targets().iter().any(|target| target.contains("localhost")));
    })
    .await;
}

#[tokio::test]
async fn credentials_are_given_when_the_proxy_asks() {
    bounded(async {
        let proxy = SocksProxy::start(Does { credentials: Some(("user", "p@ss")), ..OPEN }).await;
        let device = Device::start().await;
        let element =
            element(device.port, |link| link.proxy(through("socks5h", &proxy).credentials("user", "p@ss"))).await;
        let _session = device.accept().await;
        is_open(&element).await;

        let name = format!("the proxy socks5h://127.0.0.1:{}", proxy.port);
        let reason = refusal(through("socks5h", &proxy)).await;
        assert!(reason.starts_with(&format!("{name} wants a user and a password: ")), "{reason}");
        let reason = refusal(through("socks5h", &proxy).credentials("user", "secret")).await;
        assert_eq!(reason, format!("{name} does not accept the user and the password"));
    })
    .await;
}

#[tokio::test]
async fn what_a_proxy_refuses_is_told() {
    bounded(async {
        for (reply, why) in
            [(2, "Connection not allowed by ruleset"), (4, "Host unreachable"), (5, "Connection refused")]
        {
            let proxy = SocksProxy::start(Does { reply, ..OPEN }).await;
            let reason = refusal(through("socks5h", &proxy)).await;
            let start = format!("the proxy socks5h://127.0.0.1:{} does not connect to localhost:", proxy.port);
            assert!(reason.starts_with(&start) && reason.ends_with(why), "{reason}");
        }
    })
    .await;
}
