//! One schedule, and what must hold in it and after it.

use std::sync::Arc;
use std::time::Duration;

use fastrand::Rng;
use tokio::time::{Instant, sleep, timeout};

use super::driver::Driver;
use super::ledger::{Ledger, Line};
use super::outcome::Outcome;
use super::reference::{self, connections::WEB_SOCKET_CONNECTION as LINK, params, values};
use super::schedule::{Garbage, Network};
use super::state::contradiction;
use super::waits::{self, Waits};
use super::{device, moment};
use crate::{Error, MemoryStore, Store as _};

/// The longest time until the driver and its device exchange messages again, once the network is well. A dead connection is
/// noticed within two intervals and the deadline of the keepalive (70 s), and within 150 s while a message waits to be
/// written; the longest wait for the next attempt is the backoff's cap (60 s); an attempt that was begun before may use
/// up its TimeoutTime (5 s); and the health command comes every 5 s, whose pair waits up to 5 s.
pub(super) const LONGEST_WAY_BACK: Duration = Duration::from_secs(150 + 60 + 5 + 10);

/// TimeoutTime of the connection.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The longest time that faults go on, in ms.
pub(super) const FAULTS: u64 = 300_000;

type Element = reference::Element;

/// Runs one schedule.
pub(super) async fn run(seed: u64, told: bool) -> Outcome {
    let mut random = Rng::with_seed(seed);
    let ledger = Ledger::new(told);
    let is_exact = random.bool();
    let line = Line::new("socket", &ledger, Some(Waits::new(is_exact, TIMEOUT)));
    let network = Network::new(&line, device::serve, Garbage::Anywhere, random.fork());
    let dialled = network.clone();
    let store = MemoryStore::default();
    let element = reference::element("tally", Driver(line.clone()))
        .connection(LINK, |c| c.host("ws://device").port(8050))
        .store(store.clone())
        .seed(seed)
        .reconnect(waits::settings(is_exact))
        .dial(Arc::new(move |_| Box::pin(dialled.clone().connect())))
        .start()
        .await
        .unwrap();
    let checking = tokio::spawn(check(element.clone(), line.clone(), random.fork()));
    let end = moment(&mut random, FAULTS);
    let operating = tokio::spawn(operate(element.clone(), line.clone(), end, random.fork()));
    network.run(end, random.fork()).await;
    let mut accepted = operating.await.unwrap();

    let well_since = Instant::now();
    if timeout(LONGEST_WAY_BACK, exchanges(&element)).await.is_err() {
        let status = element.watch(LINK).latest().await;
        ledger.violation(format!("no way back within {LONGEST_WAY_BACK:?}: {status:?}"));
    }
    let way_back = well_since.elapsed();
    ledger.tell(|| format!("messages flow again after {way_back:?}"));
    let opened = element.watch(LINK).latest().await.unwrap().map_or(0, |link| link.opened);

    // What was set last is what the next subscription names: sets come through, and nothing has undone them.
    let sources = element.get(params::SOURCES).await.unwrap().map(|sources| sources.to_string());
    if accepted.is_some() && sources != accepted {
        ledger.violation(format!("the sources are {sources:?}, and {accepted:?} was accepted"));
    }
    element.set(params::SOURCES, "last").await.unwrap();
    accepted = Some("last".to_owned());
    line.ask(element.reconnect(LINK)).await.unwrap();
    if timeout(LONGEST_WAY_BACK, exchanges(&element)).await.is_err() {
        ledger.violation("no way back after a reconnect");
    }
    if line.entries().said.last() != accepted.as_ref() {
        ledger.violation("the last subscription does not name the sources that were set last");
    }
    line.asked();
    element.stop().await.unwrap();
    checking.await.unwrap();
    let saved = store.clone().load().into_iter().find(|(pid, _)| *pid == 13).map(|(_, value)| value); // SAVE-02
    if saved.as_deref() != accepted.as_deref().map(str::as_bytes) {
        ledger.violation(format!("{saved:?} is saved, and {accepted:?} was set last"));
    }
    if line.entries().sockets != 0 {
        ledger.violation("a socket is left after the stop");
    }
    let mut outcome = Outcome::new(&ledger);
    outcome.add_line(&line);
    outcome.opened = opened.into();
    outcome.way_back = way_back;
    outcome
}

/// Waits until a command is answered.
pub(super) async fn exchanges(element: &Element) {
    let count = || async { element.get(params::HEALTH_COUNT).await.unwrap().unwrap_or_default() };
    let before = count().await;
    while count().await <= before {
        sleep(Duration::from_millis(100)).await;
    }
}

/// The operator and the rest of the program: they set, send and reconnect until `end`. Answers with the sources that were
/// accepted last.
async fn operate(element: Element, line: Line, end: Duration, mut random: Rng) -> Option<String> {
    let mut accepted = None;
    let mut number = 0;
    while line.ledger.elapsed() < end {
        sleep(moment(&mut random, 20_000)).await;
        match random.u8(0..8) {
            0..3 => {
                number += 1;
                let sources = format!("sources {number}");
                if element.set(params::SOURCES, &*sources).await.is_ok() {
                    accepted = Some(sources);
                }
                let now = element.get(params::SOURCES).await.unwrap().map(|sources| sources.to_string());
                if now != accepted {
                    line.violation(format!("{accepted:?} was accepted, and it is {now:?}"));
                }
            }
            3 => {
                let url = ["ws://device:8050/", "ws://device:8050/x-nmos/events/ws"][random.usize(0..2)];
                line.tell(|| format!("operator: {url}"));
                line.ask(element.set(params::WEBSOCKET_URL, url)).await.unwrap();
            }
            4 => {
                line.tell(|| "operator: reconnect".to_owned());
                line.ask(element.reconnect(LINK)).await.unwrap();
            }
            5 => {
                // Larger than all pipes on the way, so it waits for its reader.
                let large = "x".repeat(random.usize(0..100_000));
                let pair = reference::pairs::SUBSCRIPTION;
                line.tell(|| format!("operator: a command of {} bytes", large.len()));
                // Every call is answered, in whichever way.
                let _ = timeout(LONGEST_WAY_BACK, element.send(pair).subscription_request(large).into_future())
                    .await
                    .map_err(|_| line.violation("a command is neither sent nor refused"));
            }
            _ => {}
        }
    }
    accepted
}

/// Compares the status parameter with the connection's state and its sockets at random moments, until the element stops.
async fn check(element: Element, line: Line, mut random: Rng) {
    let mut watched = element.watch(LINK);
    loop {
        sleep(moment(&mut random, 2000)).await;
        let before = watched.latest().await;
        let status = match element.get(params::WEBSOCKET_STATUS).await {
            Err(Error::Stopped { .. }) => return,
            status => status.unwrap(),
        };
        let sockets = line.entries().sockets;
        line.overdue();
        let after = watched.latest().await;
        let (Ok(Some(before)), Ok(Some(after))) = (before, after) else { return };
        // Else it changed while we looked.
        if before == after
            && let Some(what) = contradiction(after.state, status == Some(values::WebsocketStatus::Open), sockets)
        {
            line.violation(what);
        }
    }
}
