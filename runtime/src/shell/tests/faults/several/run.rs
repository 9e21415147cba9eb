//! One schedule, and what must hold in it and after it.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use fastrand::Rng;
use tokio::time::{Instant, sleep, timeout};

use super::super::ledger::Ledger;
use super::super::outcome::Outcome;
use super::super::schedule::{Garbage, Network, Serve};
use super::super::state::contradiction;
use super::super::{moment, waits};
use super::connector::{self, connections, params};
use super::driver::Driver;
use super::lines::Lines;
use super::operator::{LONGEST_COMMAND, Users};
use super::{device, web};
use crate::{Error, Event, Events, EventsError, MemoryStore, Store as _};

/// The longest time until a connection and its device exchange messages again, once its own network is well and whatever
/// the others do: what the reference driver may take, and the other commands ahead in the queue.
pub(super) const LONGEST_WAY_BACK: Duration = super::super::run::LONGEST_WAY_BACK.saturating_add(LONGEST_COMMAND);

/// The longest time that faults go on, in ms. Each network has an end of its own, so that one comes back while others fail.
const FAULTS: u64 = 300_000;

/// The largest body of an answer.
const BODY_LIMIT: usize = 10_000;

pub(super) const DEVICES: [(&str, Serve, Garbage); 3] = [
    ("control", device::serve, Garbage::Anywhere),
    ("meters", device::serve, Garbage::Anywhere),
    ("details", web::serve, Garbage::Ahead),
];

/// Runs one schedule.
pub(in super::super) async fn run(seed: u64, told: bool) -> Outcome {
    let mut random = Rng::with_seed(seed);
    let ledger = Ledger::new(told);
    let is_exact = random.bool();
    let lines = Lines::new(&ledger, is_exact);
    let networks: [Network; 3] = std::array::from_fn(|line| {
        let (_, serve, garbage) = DEVICES[line];
        Network::new(&lines.all[line], serve, garbage, random.fork())
    });
    let store = MemoryStore::default();
    let (element, events) = start(&lines, networks.clone(), store.clone(), is_exact, seed).await;
    let users = Users { element, lines, go: Arc::default() };
    let listening = tokio::spawn(listen(users.clone(), events));
    let checking = tokio::spawn(check(users.clone(), random.fork()));
    let asking = [0, 1].map(|line| tokio::spawn(users.clone().ask(line, random.fork())));
    let reading = tokio::spawn(users.clone().read_details(random.fork()));
    let operating = tokio::spawn(users.clone().operate(random.fork()));

    let mut way_back = Duration::ZERO;
    let returning: Vec<_> = (0..3)
        .zip(networks)
        .map(|(line, network)| {
            let end = moment(&mut random, FAULTS);
            tokio::spawn(way_back_of(users.clone(), line, network, end, random.fork()))
        })
        .collect();
    for returned in returning {
        way_back = way_back.max(returned.await.unwrap());
    }
    users.go.store(true, Ordering::Relaxed);
    let mut accepted = operating.await.unwrap();
    reading.await.unwrap();
    let mut longest_command = Duration::ZERO;
    for asked in asking {
        longest_command = longest_command.max(asked.await.unwrap());
    }
    let opened = opened(&users).await;
    end(&users, &mut accepted).await;
    checking.await.unwrap();
    listening.await.unwrap();

    let Users { lines, .. } = &users;
    let saved = store.clone().load().into_iter().find(|(pid, _)| *pid == params::LEVEL.pid()).map(|(_, value)| value);
    if saved.as_deref() != accepted.as_deref().map(str::as_bytes) {
        ledger.violation(format!("{saved:?} is saved, and {accepted:?} was set last"));
    }
    ledger.check(lines.requests().settle());
    let mut outcome = Outcome::new(&ledger);
    for line in &lines.all {
        outcome.add_line(line);
    }
    let requests = lines.requests();
    (outcome.answered, outcome.failed) = (requests.answered, requests.failed);
    (outcome.opened, outcome.way_back, outcome.longest_command) = (opened, way_back, longest_command);
    outcome.reordered = lines.reordered();
    outcome
}

pub(super) async fn start(
    lines: &Lines,
    networks: [Network; 3],
    store: MemoryStore,
    is_exact: bool,
    seed: u64,
) -> (connector::Element, Events) {
    connector::element("several", Driver(lines.clone()))
        .connection(connections::CONTROL, |c| c.host("ws://control"))
        .connection(connections::METERS, |c| c.host("ws://meters"))
        .connection(connections::DETAILS, |c| c.host("http://details").message_limit(BODY_LIMIT))
        .reconnect(waits::settings(is_exact))
        .store(store)
        .seed(seed)
        .dial(Arc::new(move |to| {
            let line = DEVICES.iter().position(|(host, ..)| *host == &*to.host).unwrap();
            Box::pin(networks[line].clone().connect())
        }))
        .start_with_events()
        .await
        .unwrap()
}

/// Lets a connection's network fail until `end`, and waits for the first exchange behind it.
async fn way_back_of(users: Users, line: usize, network: Network, end: Duration, random: Rng) -> Duration {
    network.run(end, random).await;
    let well_since = Instant::now();
    let line = &users.lines.all[line];
    let before = line.entries().exchanged;
    let returned = async {
        while line.entries().exchanged == before {
            sleep(Duration::from_millis(100)).await;
        }
    };
    if timeout(LONGEST_WAY_BACK, returned).await.is_err() {
        line.violation(format!("no way back within {LONGEST_WAY_BACK:?}"));
    }
    line.tell(|| format!("it works again after {:?}", well_since.elapsed()));
    well_since.elapsed()
}

async fn opened(users: &Users) -> u64 {
    let mut opened = 0;
    for connection in [connections::CONTROL, connections::METERS] {
        opened += users.element.watch(connection).latest().await.unwrap().map_or(0, |link| u64::from(link.opened));
    }
    opened
}

/// All is well: what was set last is what the device is told, nothing on the way is lost, and nothing is left over.
pub(super) async fn end(users: &Users, accepted: &mut Option<String>) {
    let Users { element, lines, .. } = users;
    let level = element.get(params::LEVEL).await.unwrap().map(|level| level.to_string());
    if level != *accepted {
        lines.ledger().violation(format!("the level is {level:?}, and {accepted:?} was accepted"));
    }
    element.set(params::LEVEL, "last").await.unwrap();
    *accepted = Some("last".to_owned());
    for line in [0, 1] {
        users.reconnect(line).await;
    }
    let told = async {
        while lines.all[0].entries().said.last() != accepted.as_ref()
            || element.get(params::CONTROL_STATUS).await != Ok(Some(1.0))
            || element.get(params::METERS_STATUS).await != Ok(Some(1.0))
        {
            sleep(Duration::from_millis(100)).await;
        }
    };
    if timeout(LONGEST_WAY_BACK, told).await.is_err() {
        lines.ledger().violation("after a reconnect, the device is not told the level that was set last");
    }
    for line in &lines.all[..2] {
        let result = {
            let entries = line.entries();
            entries.ticks.all(entries.accepted.number, entries.accepted.ticks)
        };
        line.check(result);
        line.asked();
    }
    element.stop().await.unwrap();
    // What the element has let go of ends with its tasks.
    tokio::task::yield_now().await;
    for line in &lines.all {
        let sockets = line.entries().sockets;
        if sockets != 0 {
            line.violation(format!("{sockets} sockets are left after the stop"));
        }
    }
}

/// Follows the requests, until the element stops.
pub(super) async fn listen(users: Users, mut events: Events) {
    let line = &users.lines.all[2];
    loop {
        let result = match events.next().await {
            Ok(Event::Request { request, url, .. }) => {
                match url.rsplit('/').next().and_then(|number| number.parse().ok()) {
                    Some(number) => users.lines.requests().sent((number, request)),
                    None => Err(format!("nobody asked for {url}")),
                }
            }
            Ok(Event::Answer { request, outcome, .. }) => {
                line.tell(|| format!("request {request}: {outcome:?}"));
                let is_answer = outcome == crate::RequestOutcome::Answered { status: 200 };
                line.entries().exchanged += u64::from(is_answer);
                users.lines.requests().outcome(request, outcome)
            }
            Ok(Event::Param { pid, value: Some(value), .. }) if pid == params::DETAILS_STATUS.pid() => {
                users.lines.requests().told(&value.to_text());
                Ok(())
            }
            Ok(Event::Group { id: 2, state: crate::GroupState::Done }) => users.lines.requests().done(),
            Ok(_) => Ok(()),
            Err(EventsError::Missed(missed)) => Err(format!("{missed} events were missed")),
            Err(EventsError::Stopped) => return,
        };
        line.check(result);
    }
}

/// Compares each status parameter with its connection's state and sockets at random moments, until the element stops.
async fn check(users: Users, mut random: Rng) {
    let Users { element, lines, .. } = &users;
    let mut watched = [(connections::CONTROL, params::CONTROL_STATUS), (connections::METERS, params::METERS_STATUS)]
        .map(|(connection, status)| (element.watch(connection), status));
    loop {
        sleep(moment(&mut random, 2000)).await;
        for ((link, status), line) in watched.iter_mut().zip(&lines.all) {
            let before = link.latest().await;
            let status = match element.get(*status).await {
                Err(Error::Stopped { .. }) => return,
                status => status.unwrap(),
            };
            let sockets = line.entries().sockets;
            line.overdue();
            let after = link.latest().await;
            let (Ok(Some(before)), Ok(Some(after))) = (before, after) else { return };
            // Else it changed while we looked.
            if before == after
                && let Some(what) = contradiction(after.state, status == Some(1.0), sockets)
            {
                line.violation(what);
            }
        }
        let requesting = lines.all[2].entries().sockets;
        if requesting > 1 {
            lines.all[2].violation(format!("{requesting} sockets for requests"));
        }
    }
}
