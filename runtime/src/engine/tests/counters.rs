//! Nothing is lost silently: each loss is counted by its cause (BEY-04), and so is each end of a connection.

use std::time::Duration;

use super::super::{Counters, Input, Until};
use super::run::{Run, Settings};
use super::xml::{connector, exchange};
use crate::error::Reason;
use crate::settings::{ConnectionSettings, Keepalive, WhileClosed};

fn with(policy: WhileClosed) -> Run {
    let connection = ConnectionSettings::default().host("h").keepalive(Keepalive::OFF).retries(0).while_closed(policy);
    Run::with(&connector(&exchange("")), Settings { connection, ..Settings::default() })
}

fn send(run: &mut Run) {
    run.execute(1, &[(10, "x")], Until::Answered).unwrap();
}

/// The counters whose names begin with `kind`, but for those that are 0.
fn counted(run: &Run, kind: &str) -> Vec<(&'static str, u64)> {
    run.counters().named().filter(|(name, count)| name.starts_with(kind) && *count > 0).collect()
}

#[test]
fn bey_04_each_lost_command_is_counted_by_its_cause() {
    let mut run = with(WhileClosed::Reject);
    run.start();
    send(&mut run);
    assert_eq!(counted(&run, "lost"), [("lost", 1), ("lost_while_closed", 1)]);

    let mut run = with(WhileClosed::Drop);
    run.start();
    send(&mut run);
    assert_eq!(counted(&run, "lost"), [("lost", 1), ("lost_dropped", 1)]);

    let mut run = with(WhileClosed::Queue { messages: 1, time: Duration::from_secs(3) });
    run.start();
    send(&mut run);
    send(&mut run);
    assert_eq!(counted(&run, "lost"), [("lost", 1), ("lost_no_room", 1)]);
    run.at(3000);
    assert_eq!(counted(&run, "lost"), [("lost", 2), ("lost_no_room", 1), ("lost_waited_too_long", 1)]);
    send(&mut run);
    run.stop();
    assert_eq!(run.counters().lost_at_stop, 1);

    let mut run = with(WhileClosed::Reject).opened();
    send(&mut run);
    run.lost();
    assert_eq!(counted(&run, "lost"), [("lost", 1), ("lost_unsent", 1)]);

    let mut run = with(WhileClosed::Reject).opened();
    send(&mut run);
    run.at(60_000); // the socket takes nothing
    assert_eq!(counted(&run, "lost"), [("lost", 1), ("lost_unsent", 1)]);

    let mut run = with(WhileClosed::Reject).opened();
    send(&mut run);
    run.input(Input::Pause).unwrap();
    assert_eq!(counted(&run, "lost"), [("lost", 1), ("lost_at_stop", 1)]);
}

#[test]
fn life_31_rsp_15_each_message_that_is_not_looked_at_is_counted_by_its_cause() {
    let mut run = with(WhileClosed::Reject).opened();
    run.input(Input::Pause).unwrap();
    run.receive("x");
    assert_eq!(counted(&run, "discarded"), [("discarded", 1), ("discarded_while_paused", 1)]);
    run.input(Input::Resume).unwrap();
    run.reconnect();
    run.receive("x");
    let both = [("discarded", 2), ("discarded_while_paused", 1), ("discarded_while_closing", 1)];
    assert_eq!(counted(&run, "discarded"), both);
}

#[test]
fn conn_88_each_end_of_a_connection_is_counted_by_its_cause() {
    let ends: [(Reason, &[(&str, u64)]); 5] = [
        (Reason::ClosedByPeer { code: None, reason: String::new() }, &[("broken", 1)]),
        (Reason::Network("reset".to_owned()), &[("broken", 1)]),
        (Reason::PingTimeout(1), &[("broken", 1), ("broken_by_silence", 1)]),
        (Reason::Protocol { code: 1009, reason: String::new() }, &[("broken", 1), ("broken_by_limits", 1)]),
        (Reason::Protocol { code: 1007, reason: String::new() }, &[("broken", 1), ("broken_by_rules", 1)]),
    ];
    for (reason, expected) in ends {
        let mut run = with(WhileClosed::Reject).opened();
        run.lost_for(reason);
        assert_eq!(counted(&run, "broken"), expected);
        assert_eq!(run.counters().failed_attempts, 0);
    }
    let mut run = with(WhileClosed::Reject);
    run.start();
    run.refuse();
    assert_eq!((run.counters().failed_attempts, run.counters().broken), (1, 0));
    // What the element ends itself is not broken.
    let mut run = with(WhileClosed::Reject).opened();
    run.reconnect();
    run.lost();
    assert_eq!((run.counters().failed_attempts, run.counters().broken), (0, 0));
}

/// The parts of a sum are its sum.
pub(super) fn check(counters: &Counters) {
    let sum =
        |kind: &str| counters.named().filter(|(name, _)| name.starts_with(kind)).map(|(_, count)| count).sum::<u64>();
    assert_eq!(sum("lost_"), counters.lost, "{counters:?}");
    assert_eq!(sum("discarded_"), counters.discarded, "{counters:?}");
    assert!(sum("broken_") <= counters.broken, "{counters:?}");
    assert!(counters.reconnects < counters.opened || counters.opened == 0, "{counters:?}");
}
