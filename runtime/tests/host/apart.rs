//! One failing element never touches another.

use std::sync::mpsc;
use std::time::Duration;

use genlock::host::{Defaults, HostedState, Planned};
use genlock::{ConnectionState, ElementState, Error, Host};

use crate::server::Server;
use crate::{bounded, lamp, until};

/// What the hook of a lamp does with an answer.
enum Manner {
    Keep,
    Panic,
    Fail,
    /// Waits until the test lets it go.
    Block(mpsc::Receiver<()>),
}

impl lamp::QActions for Manner {
    fn parse_answer(cx: &mut lamp::Context<'_, Self>) -> genlock::HookResult {
        let answer = cx.get(lamp::params::ANSWER).unwrap_or_default();
        match cx.state {
            Self::Keep => cx.set(lamp::params::LEVEL, answer.parse::<f64>()?),
            Self::Panic => panic!("told to"),
            Self::Fail => Err("told to".into()),
            Self::Block(gate) => Ok(gate.recv()?),
        }
    }
}

/// Panics when it is asked for what it keeps.
struct BrokenStore;

impl genlock::Store for BrokenStore {
    fn load(&mut self) -> Vec<(u32, genlock::Bytes)> {
        panic!("the disk is gone")
    }

    fn save(&mut self, _: u32, _: Option<genlock::Bytes>) {}
}

fn lamp(name: &str, url: &str, manner: Manner) -> Planned {
    lamp::element(name, manner).connection(lamp::connections::LINK, |link| link.host(url)).into()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failing_element_is_not_felt_by_another() {
    let server = Server::start();
    let url = server.url();
    let host = Host::new(Defaults::default().stop_time(Duration::from_millis(500)));
    let (let_go, gate) = mpsc::channel();
    let errors = bounded(
        host.start_all(
            Duration::from_millis(10),
            [
                lamp("panics", &url, Manner::Panic),
                lamp("has no address", "", Manner::Keep),
                lamp::element("has no host", Manner::Keep).into(),
                lamp("first", &url, Manner::Keep),
                lamp("fails", &url, Manner::Fail),
                lamp("first", &url, Manner::Keep),
                lamp("unreachable", "ws://127.0.0.1:1", Manner::Keep),
                lamp::element("broken store", Manner::Keep)
                    .connection(lamp::connections::LINK, |link| link.host(&*url))
                    .store(BrokenStore)
                    .into(),
                lamp("blocks", &url, Manner::Block(gate)),
                lamp("last", &url, Manner::Keep),
            ],
        ),
    )
    .await;
    let mut texts: Vec<String> = errors.iter().map(ToString::to_string).collect();
    texts.sort();
    assert_eq!(texts.len(), 3, "{texts:?}");
    assert!(texts[0].contains("`broken store` can't start: its start panicked: the disk is gone"), "{texts:?}");
    assert!(texts[1].contains("`has no host` can't start: connection 0 (Link) has no host"), "{texts:?}");
    assert!(texts[2].contains("there is an element `first` already"), "{texts:?}");

    until(|| server.open() == 5).await;
    server.say("75");
    for name in ["first", "last"] {
        let element = host.get::<lamp::Protocol>(name).unwrap();
        assert!(bounded(element.watch(lamp::params::LEVEL).wait_for(|level| *level > 74.0)).await.is_ok());
    }
    // Those whose hooks failed go on: the next message finds them.
    server.say("80");
    for name in ["first", "panics", "fails"] {
        let element = host.get::<lamp::Protocol>(name).unwrap();
        until(|| element.status().state == ElementState::Active).await;
        bounded(element.watch(lamp::params::ANSWER).wait_for(|answer| *answer == "80")).await.unwrap();
    }
    // The list asks nobody, so the blocked one does not hold it up.
    let of = |name: &str| host.list().into_iter().find(|hosted| &*hosted.name == name).unwrap().state;
    let HostedState::Started(blocked) = of("blocks") else { panic!("it has started") };
    assert_eq!(blocked.connections[0].state, ConnectionState::Open);
    until(|| {
        let HostedState::Started(status) = of("unreachable") else { return false };
        matches!(status.connections[0].state, ConnectionState::Backoff { .. })
    })
    .await;
    assert!(matches!(of("has no host"), HostedState::Failed(Error::Settings { .. })));

    let stopped = bounded(host.stop_all()).await;
    assert_eq!(stopped, Err(Error::StillRunning { elements: vec!["blocks".to_owned()] }));
    assert!(host.list().is_empty());
    drop(let_go);
    until(|| server.open() == 0).await;
}
