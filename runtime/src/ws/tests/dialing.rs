//! The TCP connection.

use tokio::net::TcpListener;

use super::peer::request;
use crate::engine::destination::Destination;
use crate::settings::{ConnectionSettings, Proxy};
use crate::ws::{Io, Network, OpenError};

fn at(host: &str, port: u16) -> Destination {
    Destination { host: host.into(), port, ..request(&[]).to }
}

async fn dial(to: &Destination) -> Result<Box<dyn Io>, OpenError> {
    let settings = ConnectionSettings::default().proxy(Proxy::none());
    Network::new(&genlock_spec::Connection::BLANK, &settings).unwrap().dial(to).await
}

#[tokio::test]
async fn conn_97_every_address_of_the_name_is_tried() {
    // The server listens on IPv4 only; `localhost` may name IPv6 first.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    for host in ["127.0.0.1", "localhost"] {
        let (dialled, accepted) = tokio::join!(
            async {
                match dial(&at(host, port)).await {
                    Ok(io) => drop(io),
                    Err(error) => panic!("{error}"),
                }
            },
            listener.accept()
        );
        let () = dialled;
        accepted.unwrap();
    }
}

#[tokio::test]
async fn conn_60_refused_connect_names_every_address() {
    let port = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap().port()
    };
    let Err(error) = dial(&at("127.0.0.1", port)).await else { panic!("connected") };
    assert!(matches!(&error, OpenError::Connect { attempts, .. } if attempts.len() == 1));
    let text = error.to_string();
    assert!(text.starts_with(&format!("cannot connect to 127.0.0.1:{port}: ")), "{text}");
    assert_eq!(text.matches("127.0.0.1").count(), 1, "an address is not named twice: {text}");

    let Err(error) = dial(&at("localhost", port)).await else { panic!("connected") };
    assert!(error.to_string().contains(&format!(": 127.0.0.1:{port}: ")), "{error}");
}

#[tokio::test]
async fn conn_97_unknown_name_is_reported_as_such() {
    let Err(error) = dial(&at("no-such-host.invalid", 80)).await else { panic!("connected") };
    assert!(error.to_string().starts_with("cannot resolve the host `no-such-host.invalid`: "), "{error}");
}

#[cfg(not(feature = "rustls"))]
#[tokio::test]
async fn conn_70_tls_is_refused_where_it_is_left_out() {
    let to = Destination { secure: true, ..at("127.0.0.1", 443) };
    assert!(matches!(dial(&to).await, Err(OpenError::TlsNotBuiltIn)));
}

/// The address that a server on `127.0.0.1` sees a connection from `interface` come from.
async fn seen_from(interface: &str) -> Result<std::net::IpAddr, OpenError> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let settings = ConnectionSettings::default().proxy(Proxy::none()).interface(interface);
    let network = Network::new(&genlock_spec::Connection::BLANK, &settings).unwrap();
    let _io = network.dial(&at("127.0.0.1", listener.local_addr().unwrap().port())).await?;
    Ok(listener.accept().await.unwrap().1.ip())
}

#[tokio::test]
async fn conn_07_the_connection_leaves_by_the_interface_that_the_settings_name() {
    assert_eq!(seen_from("127.0.0.1").await.unwrap().to_string(), "127.0.0.1");
    if cfg!(target_os = "linux") {
        assert_eq!(seen_from("127.0.0.2").await.unwrap().to_string(), "127.0.0.2");
        assert_eq!(seen_from("lo").await.unwrap().to_string(), "127.0.0.1");
    }
}

#[tokio::test]
async fn conn_07_an_interface_that_cannot_be_used_is_named() {
    let error = seen_from("no-such-interface").await.unwrap_err().to_string();
    assert!(
        error.starts_with("this machine has no interface `no-such-interface` with an address; it has `"),
        "{error}"
    );
    let error = seen_from("::1").await.unwrap_err().to_string();
    assert!(error.contains("the interface `::1` has no IPv4 address that reaches it"), "{error}");
    let settings = ConnectionSettings::default().interface(" ");
    let error = Network::new(&genlock_spec::Connection::BLANK, &settings).unwrap_err();
    assert!(error.starts_with("the interface has no name"), "{error}");
}
