//! One of the connections ends ahead of every single byte of its handshake, or request, and of what follows first.

use std::sync::atomic::Ordering;

use fastrand::Rng;
use tokio::time::{Duration, sleep, timeout};

use super::super::ledger::Ledger;
use super::super::schedule::Network;
use super::lines::Lines;
use super::operator::Users;
use super::run::{DEVICES, LONGEST_WAY_BACK, end, listen, start};
use crate::MemoryStore;
use crate::shell::tests::peer::soon;
use crate::sim::{LineEnd, LinePlan, Way};

/// How many bytes are looked at, of each connection: handshake, first messages and commands; two requests and answers.
const BYTES: [[(Way, u64); 2]; 3] = [
    [(Way::ToElement, 190), (Way::ToDevice, 210)],
    [(Way::ToElement, 190), (Way::ToDevice, 210)],
    [(Way::ToElement, 110), (Way::ToDevice, 330)],
];

#[test]
fn rel_28_an_end_ahead_of_any_byte_of_one_connection_is_none_of_the_others() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    for (line, ways) in BYTES.into_iter().enumerate() {
        for (way, bytes) in ways {
            for byte in 0..bytes {
                // As with the reference driver: a reset is a cut here, and silence has no favourite byte.
                runtime.block_on(soon(run(line, way, byte, LineEnd::Cut)));
                if byte % 10 == 0 {
                    runtime.block_on(soon(run(line, way, byte, LineEnd::Silence)));
                }
            }
        }
    }
}

async fn run(broken: usize, way: Way, byte: u64, how: LineEnd) {
    let ledger = Ledger::new(false);
    let lines = Lines::new(&ledger, true);
    let networks = std::array::from_fn(|line| {
        let plan = LinePlan::default();
        let plan = if line == broken { plan.end_at(way, byte, how) } else { plan };
        Network::planned(&lines.all[line], DEVICES[line].1, plan)
    });
    let (element, events) = start(&lines, networks, MemoryStore::default(), true, byte).await;
    let users = Users { element, lines, go: std::sync::Arc::default() };
    let mut random = Rng::with_seed(byte);
    let listening = tokio::spawn(listen(users.clone(), events));
    let asking = [0, 1].map(|line| tokio::spawn(users.clone().ask(line, random.fork())));
    let reading = tokio::spawn(users.clone().read_details(random.fork()));
    // The first connection lasts until its byte has come; then each of them works, again or still.
    let all_work = async {
        while users.lines.all[broken].entries().dialled < 2 {
            sleep(Duration::from_millis(100)).await;
        }
        let before = users.lines.all.each_ref().map(|line| line.entries().exchanged);
        while users.lines.all.iter().zip(before).any(|(line, before)| line.entries().exchanged == before) {
            sleep(Duration::from_millis(100)).await;
        }
    };
    let place = format!("{how:?} ahead of byte {byte} {way:?} of connection {broken}");
    assert!(timeout(LONGEST_WAY_BACK, all_work).await.is_ok(), "not all connections work: {place}");
    users.go.store(true, Ordering::Relaxed);
    for asked in asking {
        asked.await.unwrap();
    }
    reading.await.unwrap();
    end(&users, &mut None).await;
    listening.await.unwrap();
    ledger.check(users.lines.requests().settle());
    let violations = ledger.take_violations();
    assert!(violations.is_empty(), "{place}: {violations:?}");
}
