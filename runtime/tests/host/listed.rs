//! Names, types and states.

use genlock::host::{Defaults, HostedState};
use genlock::{ConnectionState, ElementState, Error, Host, MemoryStore};

use crate::server::Server;
use crate::{bounded, lamp, nmos, until};

struct Silent;

impl lamp::QActions for Silent {
    fn parse_answer(_: &mut lamp::Context<'_, Self>) -> genlock::HookResult {
        Ok(())
    }
}

fn lamp(name: &str) -> genlock::ElementBuilder<lamp::Protocol, Silent> {
    lamp::element(name, Silent)
}

#[tokio::test]
async fn an_element_is_found_by_its_name_and_its_connector() {
    let server = Server::start();
    let url = server.url();
    let host = Host::new(Defaults::default().connections(|link| link.host(&*url)));
    let started = host.start(lamp("lamp 1")).await.unwrap();
    assert!(host.get::<lamp::Protocol>("lamp 1").is_some());
    assert!(host.get::<nmos::Protocol>("lamp 1").is_none(), "of another connector");
    assert!(host.get::<lamp::Protocol>("lamp 2").is_none());
    assert_eq!(host.element("lamp 1").unwrap().protocol_name(), "Lamp");
    assert_eq!(host.elements().len(), 1);

    let again = host.start(lamp("lamp 1")).await;
    assert_eq!(again.unwrap_err(), Error::NameTaken { element: "lamp 1".to_owned() });
    started.stop().await.unwrap();
    let HostedState::Started(status) = host.list()[0].state.clone() else { panic!("it was started") };
    assert_eq!(status.state, ElementState::Stopped);
    host.start(lamp("lamp 1")).await.expect("the name of a stopped element is free");

    host.stop("lamp 1").await.unwrap();
    assert_eq!(
        host.stop("lamp 1").await.unwrap_err().to_string(),
        "the host has no element `lamp 1`; `Host::list` has the names of those it has"
    );
}

#[tokio::test]
async fn the_name_of_one_that_could_not_start_is_free() {
    let host = Host::default();
    host.start(lamp("lamp 1")).await.expect_err("it has no host");
    assert!(matches!(host.list()[0].state, HostedState::Failed(Error::Settings { .. })));
    assert!(host.element("lamp 1").is_none() && host.elements().is_empty());
    let mended = lamp("lamp 1").connection(lamp::connections::LINK, |link| link.host("ws://127.0.0.1:1"));
    host.start(mended).await.unwrap();
    assert_eq!(host.elements().len(), 1);
}

#[tokio::test]
async fn the_status_follows_the_element() {
    let server = Server::start();
    let host = Host::default();
    let reference = nmos::element("tally", Counts).set(nmos::params::WEBSOCKET_URL, server.url());
    let element = host.start(reference).await.unwrap();
    let state = || element.status().connections[0].state;
    until(|| state() == ConnectionState::Open).await;
    until(|| element.status().alarms.of(genlock::AlarmLevel::Normal) == 1).await;
    element.pause().await.unwrap();
    assert_eq!(element.status().state, ElementState::Paused);
    element.resume().await.unwrap();
    assert_eq!(element.status().state, ElementState::Active);
    element.set(nmos::params::WEBSOCKET_URL, "ws://127.0.0.1:1").await.unwrap();
    until(|| element.status().alarms.worst() == genlock::AlarmLevel::Critical).await;
    let status = element.status();
    assert_ne!(status.connections[0].state, ConnectionState::Open);
    host.stop_all().await.unwrap();
    assert_eq!(element.status().state, ElementState::Stopped);
}

struct Counts;

impl nmos::QActions for Counts {
    fn subscribe_when_open(_: &mut nmos::Context<'_, Self>) -> genlock::HookResult {
        Ok(())
    }

    fn parse_response(_: &mut nmos::Context<'_, Self>) -> genlock::HookResult {
        Ok(())
    }

    fn compose_health(_: &mut nmos::Context<'_, Self>) -> genlock::HookResult {
        Ok(())
    }
}

#[tokio::test]
async fn what_an_element_says_wins_over_the_defaults() {
    let (server, other) = (Server::start(), Server::start());
    let (store, url) = (MemoryStore::default(), other.url());
    let (kept, host_url) = (store.clone(), server.url());
    let defaults = Defaults::default().connections(|link| link.host(host_url)).stores(move |_| kept.clone());
    let host = Host::new(defaults);
    let plain = host.start(lamp("plain")).await.unwrap();
    host.start(lamp("own").connection(lamp::connections::LINK, |link| link.host(url)).store(MemoryStore::default()))
        .await
        .unwrap();
    until(|| server.open() == 1 && other.open() == 1).await;
    let own = host.get::<lamp::Protocol>("own").unwrap();
    bounded(own.set(lamp::params::LEVEL, 7)).await.unwrap();
    bounded(plain.set(lamp::params::LEVEL, 9)).await.unwrap();
    host.stop_all().await.unwrap();
    let kept = genlock::Store::load(&mut store.clone());
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!(kept[0].1, "9");
}

#[tokio::test]
async fn the_end_of_the_host_is_the_end_of_its_elements() {
    let server = Server::start();
    let host = Host::new(Defaults::default().connections(|link| link.host(server.url())));
    host.start(lamp("lamp")).await.unwrap();
    until(|| server.open() == 1).await;
    drop(host);
    until(|| server.open() == 0).await;
}
