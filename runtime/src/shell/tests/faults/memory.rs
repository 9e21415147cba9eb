//! Memory is flat: an element that has been through many faults holds no more than after the first ones.

use std::sync::Arc;
use std::time::Duration;

use fastrand::Rng;
use tokio::runtime::Builder;
use tokio::time::timeout;

use super::super::peer::soon;
use super::device;
use super::driver::Driver;
use super::ledger::{Ledger, Line};
use super::reference::{self, connections::WEB_SOCKET_CONNECTION as LINK};
use super::run::{LONGEST_WAY_BACK, exchanges};
use super::schedule::{Garbage, Network};

/// The first rounds make what stays, such as buffers of the size that is needed.
const FIRST: u32 = 10;
const COUNTED: u32 = 40;

/// How long each round of faults goes on.
const ROUND: Duration = Duration::from_secs(120);

/// What may be more behind the counted rounds: buffers that happen to be larger, and tasks of a connection more.
const SLACK: i64 = 24 << 10;

#[test]
fn rel_26_fifty_rounds_of_faults_leave_no_more_memory_than_ten() {
    let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    let mut random = Rng::with_seed(1);
    let ledger = runtime.block_on(async { Ledger::new(false) });
    let line = Line::new("socket", &ledger, None);
    let network = Network::new(&line, device::serve, Garbage::Anywhere, random.fork());
    let dialled = network.clone();
    let element = reference::element("tally", Driver(line.clone()))
        .connection(LINK, |c| c.host("ws://device").port(8050))
        .dial(Arc::new(move |_| Box::pin(dialled.clone().connect())));
    let element = runtime.block_on(element.start()).unwrap();
    let mut rounds = |count: u32| {
        allocation_counter::measure(|| {
            for _ in 0..count {
                runtime.block_on(soon(async {
                    network.clone().run(ledger.elapsed() + ROUND, random.fork()).await;
                    timeout(LONGEST_WAY_BACK, exchanges(&element)).await.expect("it comes back");
                    // A connection that nothing was wrong with since it was made, in each round.
                    line.ask(element.reconnect(LINK)).await.unwrap();
                    timeout(LONGEST_WAY_BACK, exchanges(&element)).await.expect("it comes back");
                }));
                // What the device was told is the test's.
                line.entries().said.clear();
            }
        })
    };
    rounds(FIRST);
    let before = line.entries().dialled;
    let kept = rounds(COUNTED).bytes_current;
    let connections = line.entries().dialled - before;
    assert!(connections > 100, "there were {connections} attempts only");
    assert!(kept < SLACK, "{kept} bytes are kept of {connections} attempts");
    runtime.block_on(soon(element.stop())).unwrap();
}
