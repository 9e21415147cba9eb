//! One schedule, and what must hold in it and after it.

use std::time::Duration;

use allocation_counter::AllocationInfo;
use fastrand::Rng;
use tokio::time::{Instant, sleep, timeout};

use super::super::peer::soon;
use super::driver::Driver;
use super::ledger::Ledger;
use super::moment;
use super::reference::{self, connections::WEB_SOCKET_CONNECTION as LINK, params, values};
use super::schedule::Network;
use crate::{ConnectionState, Error, MemoryStore, Store as _};

/// The longest time until the driver and its device exchange messages again, once the network is well. A dead connection is
/// noticed within two intervals and the deadline of the keepalive (70 s), and within 150 s while a message waits to be
/// written; the longest wait for the next attempt is the backoff's cap (60 s); an attempt that was begun before may use
/// up its TimeoutTime (5 s); and the health command comes every 5 s, whose pair waits up to 5 s.
pub(super) const LONGEST_WAY_BACK: Duration = Duration::from_secs(150 + 60 + 5 + 10);

/// The longest time that faults go on, in ms.
const FAULTS: u64 = 300_000;

/// How much memory a whole schedule may hold at a time: element, pipes and device.
const MEMORY: u64 = 2 << 20;

type Element = reference::Element;

/// What a schedule, or all of them, came to.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) violations: Vec<String>,
    pub(super) dialled: u64,
    pub(super) refused: u64,
    pub(super) spoilt: u64,
    pub(super) opened: u64,
    pub(super) virtual_time: Duration,
    pub(super) way_back: Duration,
    pub(super) memory: u64,
}

impl Outcome {
    pub(super) fn add(&mut self, other: &Self) {
        self.dialled += other.dialled;
        self.refused += other.refused;
        self.spoilt += other.spoilt;
        self.opened += other.opened;
        self.virtual_time += other.virtual_time;
        self.way_back = self.way_back.max(other.way_back);
        self.memory = self.memory.max(other.memory);
    }
}

/// Runs one schedule, and looks at the memory that it took.
pub(super) fn measured(seed: u64, told: bool) -> Outcome {
    let mut outcome = Outcome::default();
    let memory: AllocationInfo = allocation_counter::measure(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let mut result = runtime.block_on(soon(run(seed, told)));
        drop(runtime);
        // What is handed out is not what the schedule left behind.
        let violations = std::mem::take(&mut result.violations);
        outcome = result;
        allocation_counter::opt_out(|| outcome.violations = violations.iter().map(ToString::to_string).collect());
    });
    outcome.memory = memory.bytes_max;
    if memory.bytes_current != 0 {
        outcome.violations.push(format!("{} bytes are left over", memory.bytes_current));
    }
    if memory.bytes_max > MEMORY {
        outcome.violations.push(format!("{} bytes were held at a time", memory.bytes_max));
    }
    outcome
}

async fn run(seed: u64, told: bool) -> Outcome {
    let mut random = Rng::with_seed(seed);
    let ledger = Ledger::new(told);
    let network = Network::new(ledger.clone(), random.fork());
    let store = MemoryStore::default();
    let element = reference::element("tally", Driver(ledger.clone()))
        .connection(LINK, |c| c.host("ws://device").port(8050))
        .store(store.clone())
        .seed(seed)
        .dial(network.dial())
        .start()
        .await
        .unwrap();
    let checking = tokio::spawn(check(element.clone(), ledger.clone(), random.fork()));
    let end = moment(&mut random, FAULTS);
    let operating = tokio::spawn(operate(element.clone(), ledger.clone(), end, random.fork()));
    network.run(end, random.fork()).await;
    let mut accepted = operating.await.unwrap();

    let well_since = Instant::now();
    if timeout(LONGEST_WAY_BACK, exchanges(&element)).await.is_err() {
        let link = element.watch(LINK).latest().await;
        ledger.violation(format!("no way back within {LONGEST_WAY_BACK:?}: {link:?}"));
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
    element.reconnect(LINK).await.unwrap();
    if timeout(LONGEST_WAY_BACK, exchanges(&element)).await.is_err() {
        ledger.violation("no way back after a reconnect");
    }
    if ledger.entries().subscriptions.last() != accepted.as_ref() {
        ledger.violation("the last subscription does not name the sources that were set last");
    }
    element.stop().await.unwrap();
    checking.await.unwrap();
    let saved = store.clone().load().into_iter().find(|(pid, _)| *pid == 13).map(|(_, value)| value); // SAVE-02
    if saved.as_deref() != accepted.as_deref().map(str::as_bytes) {
        ledger.violation(format!("{saved:?} is saved, and {accepted:?} was set last"));
    }
    if ledger.entries().sockets != 0 {
        ledger.violation("a socket is left after the stop");
    }
    let mut entries = ledger.entries();
    Outcome {
        violations: std::mem::take(&mut entries.violations),
        dialled: entries.dialled,
        refused: entries.refused,
        spoilt: entries.spoilt,
        opened: opened.into(),
        virtual_time: ledger.elapsed(),
        way_back,
        memory: 0,
    }
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
async fn operate(element: Element, ledger: Ledger, end: Duration, mut random: Rng) -> Option<String> {
    let mut accepted = None;
    let mut number = 0;
    while ledger.elapsed() < end {
        sleep(moment(&mut random, 20_000)).await;
        match random.u8(0..8) {
            0..3 => {
                number += 1;
                let sources = format!("sources {number}");
                if element.set(params::SOURCES, &*sources).await.is_ok() {
                    accepted = Some(sources);
                }
            }
            3 => {
                let url = ["ws://device:8050/", "ws://device:8050/x-nmos/events/ws"][random.usize(0..2)];
                ledger.tell(|| format!("operator: {url}"));
                element.set(params::WEBSOCKET_URL, url).await.unwrap();
            }
            4 => {
                ledger.tell(|| "operator: reconnect".to_owned());
                element.reconnect(LINK).await.unwrap();
            }
            5 => {
                // Larger than all pipes on the way, so it waits for its reader.
                let large = "x".repeat(random.usize(0..100_000));
                let pair = reference::pairs::SUBSCRIPTION;
                ledger.tell(|| format!("operator: a command of {} bytes", large.len()));
                // Every call is answered, in whichever way.
                let _ = timeout(LONGEST_WAY_BACK, element.send(pair).subscription_request(large).into_future())
                    .await
                    .map_err(|_| ledger.violation("a command is neither sent nor refused"));
            }
            _ => {}
        }
    }
    accepted
}

/// Compares the status parameter with the connection's state and its sockets at random moments, until the element stops.
async fn check(element: Element, ledger: Ledger, mut random: Rng) {
    let mut link = element.watch(LINK);
    loop {
        sleep(moment(&mut random, 2000)).await;
        let before = link.latest().await;
        let status = match element.get(params::WEBSOCKET_STATUS).await {
            Err(Error::Stopped { .. }) => return,
            status => status.unwrap(),
        };
        let sockets = ledger.entries().sockets;
        let after = link.latest().await;
        let (Ok(Some(before)), Ok(Some(after))) = (before, after) else { return };
        if before != after {
            continue; // it changed while we looked
        }
        let is_open = status == Some(values::WebsocketStatus::Open);
        let right = match after.state {
            ConnectionState::Open => is_open && sockets == 1,
            ConnectionState::Connecting { .. } | ConnectionState::Closing => !is_open && sockets <= 1,
            _ => !is_open && sockets == 0,
        };
        if !right {
            ledger.violation(format!("{:?} with status {status:?} and {sockets} sockets", after.state));
        }
    }
}
