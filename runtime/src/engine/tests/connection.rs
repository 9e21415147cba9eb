//! How a connection ends and comes back: chapter CONN, the connection rules of BEYOND and of LIFE.

use std::time::Duration;

use genlock_spec::ConnectionIndex;

use super::super::Until;
use super::address::dynamic;
use super::run::{Run, Settings, Step};
use super::xml::{action, connector, exchange, trigger};
use crate::engine::ConnectionState;
use crate::settings::{Backoff, ConnectionSettings, Keepalive, Reconnect, WhileClosed};
use crate::value::Value;

#[test]
fn conn_95_bey_08_what_the_socket_did_not_take_is_not_sent_later() {
    let mut run = Run::new(&connector(&exchange(""))).opened();
    run.execute(1, &[(10, "old")], Until::Sent).unwrap();
    run.lost();
    run.at(1000);
    run.open();
    run.at(2000);
    let trace = run.take_only(&["send", "done"]);
    assert_eq!(trace, ["send old", "done 1 error: pair 1 was not sent: closed by the peer with 1001 (going away)"]);
    assert_eq!(run.counters().lost, 1);
}

#[test]
fn bey_01_failed_attempts_back_off_until_the_connection_is_stable() {
    let mut run = Run::new(&connector(""));
    run.start();
    let mut waits = Vec::new();
    for _ in 0..4 {
        run.refuse();
        let next = run.next_ms().unwrap();
        waits.push(next.as_secs());
        run.at(u64::try_from(next.as_millis()).unwrap());
    }
    assert_eq!(waits, [1, 3, 7, 15]);
    run.open();
    run.at(16_000);
    run.lost(); // not stable yet: the next wait is longer still
    let (state, _) = run.engine().connection_state(genlock_spec::ConnectionIndex(0));
    assert_eq!(state, ConnectionState::Backoff { failures: 5, delay: Duration::from_secs(16) });
    run.at(32_000);
    run.open();
    run.at(60_000);
    run.lost();
    let (state, _) = run.engine().connection_state(genlock_spec::ConnectionIndex(0));
    assert_eq!(state, ConnectionState::Backoff { failures: 1, delay: Duration::from_secs(1) });
}

#[test]
fn bey_02_a_write_of_the_address_cancels_the_backoff() {
    let mut run = Run::new(&dynamic());
    run.start();
    run.refuse();
    run.take();
    run.set(6, "ws://10.0.0.9:1/");
    assert_eq!(run.take_only(&["connect "]), ["connect ws://10.0.0.9:1/"]);
    run.open();
    run.at(120_000);
    assert_eq!(run.take_only(&["connect "]), [""; 0], "the cancelled attempt does not come");
}

#[test]
fn conn_93_documented_reconnect_waits_for_somebody_to_ask() {
    let mut run = Run::with(&dynamic(), Settings { reconnect: Reconnect::Documented, ..Settings::default() }).opened();
    run.lost();
    run.at(600_000);
    assert_eq!(run.take_only(&["connect "]), [""; 0]);
    run.set(6, "ws://10.0.0.9:1/");
    assert_eq!(run.take_only(&["connect "]), ["connect ws://10.0.0.9:1/"]);
}

#[test]
fn bey_03_reconnect_can_be_asked_for() {
    let mut run = Run::new(&connector("")).opened();
    run.reconnect();
    run.lost();
    assert_eq!(run.take_only(&["close", "connect "]), ["close 1000", "connect ws://127.0.0.1:8050/"]);
}

#[test]
fn bey_03_a_hook_may_reconnect_from_the_status_itself() {
    let mut run = Run::new(&dynamic()).qaction(1, [Step::Reconnect]);
    run.start();
    assert_eq!(run.take_only(&["connect "]), ["connect ws://127.0.0.1:8050/"], "one attempt, not two");
}

/// A connection that drops the commands that find it closed.
fn dropping() -> Settings {
    Settings {
        connection: ConnectionSettings::default().host("h").while_closed(WhileClosed::Drop),
        ..Settings::default()
    }
}

#[test]
fn bey_04_conn_91_92_a_dropped_command_is_counted() {
    let mut run = Run::with(&connector(&exchange("")), dropping());
    run.start();
    run.execute(1, &[(10, "x")], Until::Answered).unwrap();
    run.at(2000);
    assert_eq!(
        run.take_only(&["done", "send"]),
        ["done 1 error: pair 1 got no answer: sent 2 times, waiting 1000 ms each time"]
    );
    assert_eq!(run.counters().lost, 2);
}

#[test]
fn conn_92_a_dropped_command_is_no_sign_of_life() {
    let settings = Settings {
        connection: ConnectionSettings::default()
            .host("h")
            .while_closed(WhileClosed::Drop)
            .element_timeout(Duration::from_secs(2)),
        ..Settings::default()
    };
    let mut run = Run::with(&connector(&exchange("").replace("<Response>1</Response>", "")), settings);
    run.start();
    run.refuse();
    run.execute(1, &[(10, "x")], Until::Answered).unwrap();
    run.at(2000);
    assert_eq!(run.take_only(&["done", "element"]), ["element active", "done 1 ", "element timeout"]);
}

#[test]
fn pair_36_a_retry_after_a_dropped_command_fails_with_its_connection() {
    let mut run = Run::with(&connector(&exchange("")), dropping());
    run.start();
    run.execute(1, &[(10, "x")], Until::Answered).unwrap();
    run.at(500);
    run.open();
    run.receive("unasked"); // CONN-92: no answer to a command that vanished
    run.at(1000);
    run.sent();
    run.lost();
    let trace = run.take_only(&["done", "send"]);
    assert_eq!(
        trace,
        [
            "send x",
            "done 1 error: pair 1 got no answer: the connection was lost (closed by the peer with 1001 (going away))"
        ]
    );
}

#[test]
fn life_32_nothing_is_due_after_the_stop() {
    let group = r#"<Groups><Group id="1"><Name>G</Name><Content><Pair next="50">1</Pair></Content></Group></Groups>"#;
    let queue = action(40, r#"<On id="1">group</On>"#, "<Type>execute</Type>");
    let trigger = trigger(40, "", &[40]);
    let sections = format!("{}{group}<Triggers>{trigger}</Triggers><Actions>{queue}</Actions>", exchange(""));
    let mut run = Run::new(&connector(&sections)).opened();
    run.set(10, "x");
    run.check_trigger(40);
    run.sent();
    run.stop();
    run.lost();
    assert_eq!(run.take_only(&["stopped"]), ["stopped"]);
    assert_eq!(run.next_ms(), None);
}

#[test]
fn bey_06_conn_100_a_handshake_has_timeout_time() {
    let mut run = Run::new(&connector(""));
    run.start();
    run.take();
    run.at(999);
    assert_eq!(run.take_only(&["abort"]), [""; 0]);
    run.at(1000);
    assert_eq!(run.take_only(&["abort", "connection"]), ["abort", "connection closed, next attempt in 1.0 s"]);
}

#[test]
fn bey_09_conn_96_a_silent_peer_is_pinged_then_given_up() {
    let keepalive = Keepalive::default().interval(Duration::from_secs(30)).deadline(Duration::from_secs(10));
    let settings = || Settings {
        connection: ConnectionSettings::default().host("h").keepalive(keepalive),
        reconnect: Reconnect::Automatic(Backoff::default().jitter(0.0)),
        ..Settings::default()
    };
    let mut run = Run::with(&connector(""), settings()).opened();
    run.at(30_000);
    assert_eq!(run.take_only(&["ping"]), ["ping"]);
    run.pong();
    run.at(40_000);
    assert_eq!(run.take_only(&["abort"]), [""; 0]);
    run.at(70_000);
    assert_eq!(run.take_only(&["ping"]), ["ping"]);
    run.at(80_000);
    assert_eq!(run.take_only(&["abort", "connection"]), ["abort", "connection closed, next attempt in 1.0 s"]);
    // A message is as good as a pong.
    let mut run = Run::with(&connector(""), settings()).opened();
    for second in [10, 40, 70, 100] {
        run.at(second * 1000);
        run.receive("x");
    }
    assert_eq!(run.take_only(&["ping", "abort"]), [""; 0]);
}

#[test]
fn bey_09_a_slow_write_is_given_more_time_but_not_all_of_it() {
    let settings = Settings { connection: ConnectionSettings::default().host("h"), ..Settings::default() };
    let mut run = Run::with(&connector(&exchange(r#" timeout="120000""#)), settings).opened();
    run.execute(1, &[(10, "a large message")], Until::Sent).unwrap();
    run.at(119_999); // pings at 30 s and 70 s wait behind the message, and so does the third, at 110 s
    assert_eq!(run.take_only(&["abort"]), [""; 0]);
    run.at(120_000);
    assert_eq!(run.take_only(&["abort"]), ["abort"]);
}

#[test]
fn bey_14_stop_closes_with_1001_and_shows_the_status_before_it_ends() {
    let mut run = Run::new(&connector("")).opened();
    run.stop();
    assert_eq!(run.take_only(&["close", "param 7", "stopped"]), ["close 1001", "param 7=0!"]);
    run.lost();
    assert_eq!(run.take_only(&["element", "stopped"]), ["element stopped", "stopped"]);
}

#[test]
fn bey_14_stop_waits_a_second_for_the_peer() {
    let mut run = Run::new(&connector("")).opened();
    run.stop();
    run.at(1000);
    assert_eq!(run.take_only(&["abort", "stopped"]), ["abort", "stopped"]);
}

#[test]
fn life_41_stop_cancels_waits() {
    let mut run = Run::new(&connector(&exchange(""))).opened();
    run.execute(1, &[(10, "x")], Until::Answered).unwrap();
    run.sent();
    run.execute(1, &[(10, "y")], Until::Answered).unwrap();
    run.take();
    run.stop();
    let lost = "done 1 error: pair 1 got no answer: the connection was lost (the element is stopped)";
    assert_eq!(run.take_only(&["done"]), [lost, "done 1 error: element `test` is stopped; start a new one"]);
    assert_eq!(run.counters().lost, 1, "the queued one: the socket had taken the other");
    run.lost();
    assert_eq!(run.next_ms(), None, "nothing is waited for any more");
    assert!(run.try_set(10, Value::Text("late".into())).is_err());
}

#[test]
fn life_58_rel_29_the_timeout_state_is_told_once() {
    let mut run = Run::new(&connector(&exchange("")));
    run.start();
    run.refuse();
    run.at(200_000);
    for _ in 0..5 {
        run.execute(1, &[(10, "x")], Until::Answered).unwrap();
    }
    assert_eq!(run.take_only(&["element"]), ["element active", "element timeout"]);
    run.reconnect();
    run.open();
    assert_eq!(run.take_only(&["element"]), ["element active"]);
}

#[test]
fn life_53_58_rel_29_a_second_connection_without_an_answer_is_not_told_again() {
    let second = r#"</Http></Connection><Connection id="2" name="Second"><Http><CommunicationOptions>
        <WebSocket>true</WebSocket></CommunicationOptions></Http></Connection></Connections>"#;
    let mut run = Run::new(&connector(&exchange("")).replace("</Http></Connection></Connections>", second));
    run.start();
    // Neither handshake is answered.
    run.at(200_000);
    assert_eq!(run.take_only(&["element"]), ["element active", "element timeout"]);
}

#[test]
fn late_inputs_of_an_earlier_attempt_are_ignored() {
    let mut run = Run::new(&dynamic()).opened();
    run.set(6, "ws://10.0.0.9:1/");
    run.receive("after the close frame went out");
    assert_eq!(run.take_only(&["response"]), [""; 0]);
    assert_eq!(run.counters().discarded, 1);
}

#[test]
fn life_51_54_the_main_connections_element_timeout_counts_for_all() {
    let second = r#"</Http></Connection><Connection id="2" name="Second"><Http><CommunicationOptions>
        <WebSocket>true</WebSocket></CommunicationOptions></Http></Connection></Connections>"#;
    let mut run = Run::new(&connector(&exchange("")).replace("</Http></Connection></Connections>", second));
    let connections = &mut run.engine().options.connections;
    connections[ConnectionIndex(0)].element_timeout = Duration::from_secs(24 * 60 * 60);
    connections[ConnectionIndex(1)].element_timeout = Duration::from_secs(1);
    run.start();
    // Neither handshake is answered; the first one's time is 1000 ms.
    run.at(86_400_999);
    assert_eq!(run.take_only(&["element"]), ["element active"]);
    run.at(86_401_000);
    assert_eq!(run.take_only(&["element"]), ["element timeout"]);
}
