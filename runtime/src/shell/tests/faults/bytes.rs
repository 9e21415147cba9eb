//! The connection ends ahead of every single byte of the opening handshake and of the first messages.

use std::sync::Arc;

use tokio::time::timeout;

use super::device;
use super::driver::Driver;
use super::ledger::{Ledger, Line};
use super::reference::{self, connections::WEB_SOCKET_CONNECTION as LINK};
use super::run::{LONGEST_WAY_BACK, exchanges};
use super::schedule::Network;
use crate::shell::tests::peer::soon;
use crate::sim::{LineEnd, LinePlan, Way};

/// The answer to the handshake, and the device's first states and answers.
const TO_ELEMENT: u64 = 280;

/// The opening request, the subscription and the first health command.
const TO_DEVICE: u64 = 450;

#[test]
fn rel_26_the_driver_comes_back_from_an_end_ahead_of_any_byte() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    for (way, bytes) in [(Way::ToElement, TO_ELEMENT), (Way::ToDevice, TO_DEVICE)] {
        for byte in 0..bytes {
            // Through a pipe, a reset is no different from a cut; and for silence, no byte is different from its neighbours.
            runtime.block_on(soon(run(way, byte, LineEnd::Cut)));
            if byte % 5 == 0 {
                runtime.block_on(soon(run(way, byte, LineEnd::Silence)));
            }
        }
    }
}

async fn run(way: Way, byte: u64, end: LineEnd) {
    let ledger = Ledger::new(false);
    let line = Line::new("socket", &ledger, None);
    let network = Network::planned(&line, device::serve, LinePlan::default().end_at(way, byte, end));
    let element = reference::element("tally", Driver(line.clone()))
        .connection(LINK, |c| c.host("ws://device").port(8050))
        .seed(byte)
        .dial(Arc::new(move |_| Box::pin(network.clone().connect())))
        .start()
        .await
        .unwrap();
    // The first connection lasts until its byte has come.
    while line.entries().dialled < 2 {
        timeout(LONGEST_WAY_BACK, exchanges(&element)).await.expect("messages flow, or there is another attempt");
    }
    timeout(LONGEST_WAY_BACK, exchanges(&element)).await.expect("messages flow again");
    assert_eq!(line.entries().sockets, 1, "{end:?} ahead of byte {byte} {way:?}");
    element.stop().await.unwrap();
    let violations = ledger.take_violations();
    assert!(violations.is_empty(), "{end:?} ahead of byte {byte} {way:?}: {violations:?}");
}
