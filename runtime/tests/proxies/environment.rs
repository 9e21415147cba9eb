//! The proxy that the environment names, and the word that leaves it aside (CONN-09, CONN-10, REL-06).
//!
//! A process cannot change its own environment safely, so each case is a process of its own: this program, running the
//! one test that [`CHILD`] names.

use std::process::Stdio;

use genlock::{Error, Proxy};
use tokio::process::Command;

use super::http_proxy::{Does, HttpProxy};
use super::{Device, Driver, LINK, bounded, element, is_open, lamp};

const CHILD: &str = "environment::an_element_in_the_environment_of_another_test";

/// The variables that tell the child what to do.
const PORT: &str = "GENLOCK_TEST_PORT";
const BUS_ADDRESS: &str = "GENLOCK_TEST_BUS_ADDRESS";
const PROXY: &str = "GENLOCK_TEST_PROXY";
const DYNAMIC_IP: &str = "GENLOCK_TEST_DYNAMIC_IP";

#[tokio::test]
async fn an_element_in_the_environment_of_another_test() {
    let Ok(port) = std::env::var(PORT) else { return };
    if std::env::var_os(DYNAMIC_IP).is_some() {
        return bounded(with_dynamic_ip(&port)).await;
    }
    bounded(async {
        let element = element(port.parse().unwrap(), |link| {
            let link = match std::env::var(BUS_ADDRESS) {
                Ok(address) => link.bus_address(address),
                Err(_) => link,
            };
            match std::env::var(PROXY).as_deref() {
                Ok("none") => link.proxy(Proxy::none()),
                Ok("environment") => link.proxy(Proxy::environment()),
                _ => link,
            }
        })
        .await;
        is_open(&element).await;
    })
    .await;
}

mod dynamic_ip {
    genlock::include_protocol!("../examples/nmos/dynamic-ip.xml", unhandled);
}

impl dynamic_ip::QActions for Driver {}

/// The connector's bus address is `byPassProxy`; the address is a parameter's.
async fn with_dynamic_ip(port: &str) {
    let element = dynamic_ip::element("camera", Driver)
        .set(dynamic_ip::params::WEBSOCKET_URL, format!("ws://localhost:{port}/"))
        .start()
        .await
        .unwrap();
    let mut link = element.watch(dynamic_ip::connections::WEB_SOCKET_CONNECTION);
    link.wait_for(|link| link.state == genlock::ConnectionState::Open).await.unwrap();
}

/// How many requests the proxy that `HTTP_PROXY` names gets from an element in a process with these variables.
async fn requests(variables: &[(&str, &str)]) -> usize {
    let (proxy, device) = (HttpProxy::start(Does::Connect).await, Device::start().await);
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", CHILD]).stdout(Stdio::null()).kill_on_drop(true);
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"] {
        child.env_remove(name);
    }
    child.env("HTTP_PROXY", format!("http://127.0.0.1:{}", proxy.port)).env(PORT, device.port.to_string());
    child.envs(variables.iter().copied());
    let mut child = child.spawn().unwrap();
    let _session = device.accept().await;
    assert!(child.wait().await.unwrap().success(), "{variables:?}");
    proxy.requests().len()
}

#[tokio::test]
async fn rel_06_the_proxy_of_the_environment_is_used_unless_the_bus_address_says_otherwise() {
    bounded(async {
        assert_eq!(requests(&[]).await, 1);
        for spelling in ["bypassProxy", "byPassProxy", "bypassproxy", "ByPassProxy", " BYPASSPROXY "] {
            assert_eq!(requests(&[(BUS_ADDRESS, spelling)]).await, 0, "CONN-09: {spelling}");
        }
        assert_eq!(requests(&[(BUS_ADDRESS, "")]).await, 1);
    })
    .await;
}

#[tokio::test]
async fn conn_52_the_word_of_the_connector_file_counts_for_every_address() {
    assert_eq!(bounded(requests(&[(DYNAMIC_IP, "yes")])).await, 0);
}

#[tokio::test]
async fn conn_10_settings_and_exceptions_win_over_the_environment() {
    bounded(async {
        assert_eq!(requests(&[(PROXY, "none")]).await, 0);
        assert_eq!(requests(&[(PROXY, "environment"), (BUS_ADDRESS, "bypassProxy")]).await, 1);
        assert_eq!(requests(&[("NO_PROXY", "localhost")]).await, 0);
        assert_eq!(requests(&[("NO_PROXY", "elsewhere")]).await, 1);
    })
    .await;
}

#[tokio::test]
async fn conn_09_any_other_bus_address_is_refused_at_the_start() {
    let start =
        lamp::element("lamp", Driver).connection(LINK, |link| link.host("ws://device").bus_address("7")).start();
    let Err(Error::Settings { reason, .. }) = start.await else { panic!("it started") };
    assert!(reason.contains("the bus address `7` means nothing for a WebSocket; write `bypassProxy`"), "{reason}");
}
