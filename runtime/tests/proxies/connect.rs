//! The tunnel through an HTTP proxy (RFC 9110, section 9.3.6).

use genlock::Proxy;
use tokio::net::TcpListener;

use super::http_proxy::{Does, HttpProxy};
use super::{Device, bounded, element, is_open, refusal};

fn through(proxy: &HttpProxy) -> Proxy {
    Proxy::server(format!("http://127.0.0.1:{}", proxy.port))
}

#[tokio::test]
async fn the_device_is_reached_by_connect() {
    bounded(async {
        let (proxy, device) = (HttpProxy::start(Does::Connect).await, Device::start().await);
        let element = element(device.port, |link| link.proxy(through(&proxy))).await;
        let _session = device.accept().await;
        is_open(&element).await;
        let target = format!("localhost:{}", device.port); // the proxy resolves the name
        assert_eq!(proxy.requests(), [format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n")]);
    })
    .await;
}

#[tokio::test]
async fn credentials_are_sent_in_advance() {
    bounded(async {
        // RFC 7617, section 2
        let line = "Proxy-Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n";
        let proxy = HttpProxy::start(Does::ConnectFor(line)).await;
        let port = proxy.port;
        for proxy in [
            through(&proxy).credentials("Aladdin", "open sesame"),
            Proxy::server(format!("http://Aladdin:open%20sesame@127.0.0.1:{port}")),
        ] {
            let device = Device::start().await;
            let element = element(device.port, |link| link.proxy(proxy)).await;
            let _session = device.accept().await;
            is_open(&element).await;
        }
        assert_eq!(proxy.requests().len(), 2);
        let name = format!("the proxy http://127.0.0.1:{port}");
        let reason = refusal(through(&proxy)).await;
        assert!(reason.starts_with(&format!("{name} wants a user and a password: ")), "{reason}");
        let reason = refusal(through(&proxy).credentials("Aladdin", "secret")).await;
        assert_eq!(reason, format!("{name} does not accept the user and the password"));
    })
    .await;
}

#[tokio::test]
async fn what_a_proxy_refuses_is_told_in_its_words() {
    bounded(async {
        let long = "HTTP/1.1 200 OK\r\nX: ".to_owned() + &"x".repeat(20_000);
        for (answer, why) in [
            ("HTTP/1.1 403 Filtered\r\nContent-Length: 2\r\n\r\nno", "does not connect to localhost:"),
            ("HTTP/1.1 403 Filtered\r\nContent-Length: 2\r\n\r\nno", "HTTP/1.1 403 Filtered"),
            (
                "HTTP/1.1 407 No\r\nProxy-Authenticate: Digest realm=\"x\"\r\nProxy-Authenticate: NTLM\r\n\r\n",
                "wants authentication by Digest, NTLM, which genlock does not speak",
            ),
            ("SSH-2.0-OpenSSH\r\n\r\n", "did not answer as an HTTP proxy does"),
            ("", "did not answer as an HTTP proxy does"),
            ("HTTP/1.1 200 OK\r\n\r\nmore", "sent data before the device could"),
            (long.leak(), "did not answer as an HTTP proxy does"),
        ] {
            let proxy = HttpProxy::start(Does::Answer(answer)).await;
            let reason = refusal(through(&proxy)).await;
            assert!(reason.contains(why), "{reason}");
            assert!(reason.starts_with(&format!("the proxy http://127.0.0.1:{} ", proxy.port)), "{reason}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_proxy_that_cannot_be_reached_is_named() {
    bounded(async {
        let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        let reason = refusal(Proxy::server(format!("127.0.0.1:{port}"))).await;
        let expected =
            format!("the proxy http://127.0.0.1:{port} cannot be reached: cannot connect to 127.0.0.1:{port}: ");
        assert!(reason.starts_with(&expected), "{reason}");
    })
    .await;
}

#[cfg(feature = "rustls")]
#[tokio::test]
async fn tls_goes_through_the_tunnel_to_the_device() {
    use std::sync::Arc;

    use genlock::Tls;
    use tokio_rustls::TlsAcceptor;
    use tokio_rustls::rustls::ServerConfig;
    use tokio_rustls::rustls::crypto::ring;

    Box::pin(bounded(async {
        let proxy = HttpProxy::start(Does::Connect).await;
        let device = Device::start().await;
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = made.signing_key.serialize_der().try_into().unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        let element = element(device.port, |link| {
            link.host("wss://localhost").proxy(through(&proxy)).tls(Tls::default().skip_verification(true))
        })
        .await;
        let (stream, _) = device.listener.accept().await.unwrap();
        let stream = TlsAcceptor::from(Arc::new(config)).accept(stream).await.unwrap();
        assert_eq!(stream.get_ref().1.server_name(), Some("localhost"));
        let _session = tokio_tungstenite::accept_async(stream).await.unwrap();
        is_open(&element).await;
        assert_eq!(proxy.requests().len(), 1);
    }))
    .await;
}
