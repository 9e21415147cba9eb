//! Chapter CONN, the connection rules of BEYOND and of LIFE.

use std::time::Duration;

use genlock_spec::ConnectionIndex;

use super::super::Until;
use super::run::{Run, Settings, Step};
use super::xml::{action, connector, exchange, qaction, text, trigger};
use crate::engine::ConnectionState;
use crate::error::Reason;
use crate::settings::{Backoff, ConnectionSettings, Keepalive, Reconnect, WhileClosed};
use crate::value::Value;

/// A connector whose parameter 6 holds the address.
fn dynamic() -> String {
    connector(&format!(
        r#"<Params><Param id="6"><Name>Url</Name><Type options="dynamic ip 1">read</Type><Interprete><RawType>other</RawType><Type>string</Type><LengthType>next param</LengthType></Interprete></Param></Params>
        <Triggers><Trigger id="50"><Name>Copy</Name><Type>action</Type><Content><Id>50</Id></Content></Trigger>
        <Trigger id="51"><Name>Clear</Name><Type>action</Type><Content><Id>51</Id></Content></Trigger></Triggers>
        <Actions><Action id="50"><Name>Copy</Name><On id="6">parameter</On><Type id="10">copy</Type></Action>
        <Action id="51"><Name>Clear</Name><On id="6">parameter</On><Type>clear</Type></Action></Actions>{}
        <QActions>{}</QActions>"#,
        exchange(""),
        qaction(1, "7"),
    ))
}

/// A connector whose session 5 takes the path from parameter 8 and a header from parameter 9; the answer goes to 220
/// and 270.
fn handshake(session: &str) -> String {
    let session = format!(
        r#"<Params>{}{}{}{}</Params><HTTP><Session id="5" name="S"><Connection id="1">{session}<Response statusCode="220"><Content pid="270"/></Response></Connection></Session></HTTP>"#,
        text(8, "Path"),
        text(9, "Header"),
        text(220, "StatusLine"),
        text(270, "Body"),
    );
    connector(&session).replace("<WebSocket>", "<WebSocketHandshake>5</WebSocketHandshake><WebSocket>")
}

const SESSION: &str = r#"<Request verb="GET" pid="8"><Headers><Header key="X-Token" pid="9"/></Headers></Request>"#;

fn with_host(host: &str) -> Settings {
    Settings { connection: ConnectionSettings::default().host(host).keepalive(Keepalive::OFF), ..Settings::default() }
}

fn presets(presets: &[(u32, &str)]) -> Settings {
    let presets = presets.iter().map(|(pid, text)| (*pid, Value::Text((*text).into()))).collect();
    Settings { presets, ..Settings::default() }
}

/// The address of the first attempt.
fn first_url(xml: &str, settings: Settings) -> String {
    let mut run = Run::with(xml, settings);
    run.start();
    run.take_only(&["connect "]).pop().unwrap_or_default()
}

#[test]
fn conn_23_a_filled_dynamic_ip_wins_over_the_settings() {
    assert_eq!(first_url(&dynamic(), presets(&[(6, "ws://10.0.0.9:9000/a")])), "connect ws://10.0.0.9:9000/a");
    assert_eq!(first_url(&dynamic(), Settings::default()), "connect ws://127.0.0.1:8050/"); // CONN-111
}

#[test]
fn conn_26_a_url_in_the_host_gives_path_and_port() {
    let settings =
        Settings { connection: ConnectionSettings::default().host("ws://h:1/p?q=1").port(2), ..Settings::default() };
    assert_eq!(first_url(&connector(""), settings), "connect ws://h:1/p"); // the query may be a secret
    assert_eq!(first_url(&connector(""), with_host("h")), "connect ws://h:80/");
}

#[test]
fn conn_33_the_path_needs_no_leading_slash() {
    for path in ["x-nmos/events/ws", "/x-nmos/events/ws"] {
        let url = first_url(&handshake(SESSION), presets(&[(8, path)]));
        assert_eq!(url, "connect ws://127.0.0.1:8050/x-nmos/events/ws");
    }
}

#[test]
fn conn_34_a_literal_url_is_the_path() {
    let url = first_url(&handshake(r#"<Request verb="GET" url="/lit"></Request>"#), Settings::default());
    assert_eq!(url, "connect ws://127.0.0.1:8050/lit");
}

#[test]
fn conn_35_an_absolute_url_replaces_host_port_and_path() {
    let url = first_url(&handshake(SESSION), presets(&[(8, "ws://10.0.0.9:1/a")]));
    assert_eq!(url, "connect ws://10.0.0.9:1/a");
}

#[test]
fn conn_37_session_headers_are_added_to_the_standard_ones() {
    let mut run = Run::with(&handshake(SESSION), presets(&[(9, "secret")]));
    run.start();
    assert_eq!(run.requests[0].header_values("X-Token").collect::<Vec<_>>(), ["secret"]);
    assert_eq!(run.requests[0].headers.len(), 6);
    assert!(!format!("{:?}", run.requests[0]).contains("secret"), "a header may be a credential");
}

#[test]
fn conn_38_path_and_headers_are_read_at_every_connect() {
    let mut run = Run::with(&handshake(SESSION), presets(&[(8, "a"), (9, "1")])).opened();
    run.set(8, "b");
    run.set(9, "2");
    assert_eq!(run.take_only(&["connect", "close"]), [""; 0], "no effect until the next connect");
    run.lost();
    run.at(1000);
    assert_eq!(run.take_only(&["connect "]), ["connect ws://127.0.0.1:8050/b"]);
    assert_eq!(run.requests[1].header_values("X-Token").collect::<Vec<_>>(), ["2"]);
}

#[test]
fn conn_40_the_answer_is_stored_where_the_session_says() {
    let run = Run::new(&handshake(SESSION)).opened();
    assert_eq!(run.value(220).as_deref(), Some("HTTP/1.1 101 Switching Protocols"));
    assert_eq!(run.value(270).as_deref(), Some(""));
}

#[test]
fn conn_42_a_header_that_the_runtime_owns_keeps_its_value() {
    for (name, value) in [
        ("Host", "127.0.0.1:8050"),
        ("upgrade", "websocket"),
        ("CONNECTION", "Upgrade"),
        ("Sec-WebSocket-Version", "13"),
        ("sec-websocket-key", ""), // not known in advance
    ] {
        let header = format!(r#"<Headers><Header key="{name}" pid="9"/></Headers>"#);
        let session = format!(r#"<Request verb="GET" pid="8">{header}</Request>"#);
        let mut run = Run::with(&handshake(&session), presets(&[(9, "h2c")]));
        run.start();
        let sent: Vec<_> = run.requests[0].header_values(name).collect();
        let value = if value.is_empty() { &*run.requests[0].key } else { value };
        assert_eq!(sent, [value]);
        let log = run.take_only(&["log"]).join("\n");
        assert!(log.contains(&format!("session 5 sets the header {name}")), "{log}");
    }
}

#[test]
fn rel_32_a_timeout_of_zero_is_the_default_and_not_no_wait() {
    let connection = ConnectionSettings::default().host("h").timeout(Duration::ZERO);
    let mut run = Run::with(&connector(""), Settings { connection, ..Settings::default() });
    run.start();
    run.at(1499);
    assert_eq!(run.take_only(&["abort"]), [""; 0]);
    run.at(1500);
    assert_eq!(run.take_only(&["abort"]), ["abort"]);
}

#[test]
fn conn_43_control_characters_make_the_connect_fail_with_a_reason() {
    let controls = ["\r\nHost: x", "\r", "\n", "\0", "\u{1b}", "\u{7f}", "\u{85}"];
    let presets_of = |control: &str| [(8, format!("a{control}b")), (9, format!("a{control}b"))];
    for (pid, value) in controls.iter().flat_map(|control| presets_of(control)).chain([(8, "a\tb".to_owned())]) {
        let mut run = Run::with(&handshake(SESSION), presets(&[(pid, &value)]));
        run.start();
        let log = run.take_only(&["log connection", "connect "]).join("\n");
        assert!(log.contains("control character") && !log.contains("connect ws"), "{log}");
        assert!(run.requests.is_empty(), "{pid}: {value:?}");
    }
    // RFC 9110, section 5.5: a tab is white space.
    let mut run = Run::with(&handshake(SESSION), presets(&[(9, "a\tb")]));
    run.start();
    assert_eq!(run.requests[0].header_values("X-Token").collect::<Vec<_>>(), ["a\tb"]);
}

#[test]
fn conn_44_an_empty_header_is_left_out() {
    for settings in [presets(&[]), presets(&[(9, "")])] {
        let mut run = Run::with(&handshake(SESSION), settings);
        run.start();
        assert_eq!(run.requests[0].header_values("X-Token").count(), 0);
    }
}

#[test]
fn conn_50_rel_21_what_the_value_leaves_out_comes_from_the_settings() {
    for (value, url) in [
        ("10.0.0.9", "ws://10.0.0.9:8050/"),
        ("10.0.0.9:1", "ws://10.0.0.9:1/"),
        ("ws://10.0.0.9", "ws://10.0.0.9:8050/"),
        ("wss://10.0.0.9", "wss://10.0.0.9:8050/"), // CONN-51
    ] {
        assert_eq!(first_url(&dynamic(), presets(&[(6, value)])), format!("connect {url}"));
    }
}

#[test]
fn conn_50_without_any_port_the_scheme_decides() {
    assert_eq!(first_url(&connector(""), with_host("wss://h")), "connect wss://h:443/");
    assert_eq!(first_url(&connector(""), with_host("ws://h")), "connect ws://h:80/");
}

#[test]
fn conn_70_port_443_without_a_scheme_means_tls() {
    assert_eq!(first_url(&connector(""), with_host("h:443")), "connect wss://h:443/");
    assert_eq!(first_url(&connector(""), with_host("ws://h:443")), "connect ws://h:443/");
}

#[test]
fn conn_53_a_new_address_closes_gracefully_then_connects() {
    let mut run = Run::new(&dynamic()).opened();
    run.set(6, "ws://10.0.0.9:1/");
    assert_eq!(run.take_only(&["close", "connect ", "param 7"]), ["close 1000", "param 7=0!"]);
    run.lost();
    assert_eq!(run.take_only(&["connect "]), ["connect ws://10.0.0.9:1/"]);
}

#[test]
fn conn_53_a_peer_that_does_not_answer_the_close_is_dropped() {
    let mut run = Run::new(&dynamic()).opened();
    run.set(6, "ws://10.0.0.9:1/");
    run.take();
    run.at(1000);
    assert_eq!(run.take_only(&["abort", "connect "]), ["abort", "connect ws://10.0.0.9:1/"]);
}

#[test]
fn conn_54_the_same_address_written_again_reconnects() {
    let mut run = Run::with(&dynamic(), presets(&[(6, "ws://10.0.0.9:1/")])).opened();
    run.set(6, "ws://10.0.0.9:1/");
    run.lost();
    assert_eq!(run.take_only(&["close", "connect "]), ["close 1000", "connect ws://10.0.0.9:1/"]);
}

#[test]
fn conn_55_a_copy_of_an_equal_address_does_not_reconnect() {
    let mut run = Run::with(&dynamic(), presets(&[(6, "h:1"), (10, "h:1")])).opened();
    run.check_trigger(50);
    assert_eq!(run.take_only(&["close", "connect "]), [""; 0]);
    run.set(10, "h:2");
    run.check_trigger(50);
    assert_eq!(run.take_only(&["close"]), ["close 1000"]);
}

#[test]
fn conn_58_an_emptied_address_goes_back_to_the_settings() {
    let mut run = Run::with(&dynamic(), presets(&[(6, "ws://10.0.0.9:1/")])).opened();
    run.set(6, "");
    run.lost();
    assert_eq!(run.take_only(&["connect "]), ["connect ws://127.0.0.1:8050/"]);
}

#[test]
fn conn_59_clear_leaves_the_connection_alone() {
    let mut run = Run::with(&dynamic(), presets(&[(6, "ws://10.0.0.9:1/")])).opened();
    run.check_trigger(51);
    assert_eq!(run.take_only(&["close", "connect ", "param 6"]), ["param 6=-"]);
}

#[test]
fn conn_60_61_an_unusable_address_waits_for_the_next_write() {
    let mut run = Run::new(&dynamic()).opened();
    run.set(6, "ftp://x");
    run.lost();
    assert_eq!(run.value(6).as_deref(), Some("ftp://x"), "the value is kept");
    assert_eq!(run.value(7).as_deref(), Some("0"));
    run.at(600_000);
    assert_eq!(run.take_only(&["connect "]), [""; 0]);
    run.set(6, "ws://10.0.0.9:1/");
    assert_eq!(run.take_only(&["connect "]), ["connect ws://10.0.0.9:1/"]);
}

#[test]
fn conn_60_what_this_build_cannot_open_is_not_tried_again() {
    let mut run = Run::new(&dynamic());
    run.start();
    run.refuse_for(Reason::Unsupported("no TLS".to_owned()));
    run.at(600_000);
    assert_eq!(run.take_only(&["connect "]), ["connect ws://127.0.0.1:8050/"]);
    run.set(6, "ws://10.0.0.9:1/");
    assert_eq!(run.take_only(&["connect "]), ["connect ws://10.0.0.9:1/"]);
}

#[test]
fn conn_60_no_address_at_all_names_the_parameter_that_could_hold_one() {
    let connection = ConnectionSettings::default();
    let mut run = Run::with(&dynamic(), Settings { connection, ..Settings::default() });
    run.start();
    let log = run.take_only(&["log"]).join("\n");
    assert!(log.contains("the settings name no host, and parameter 6 holds no address"), "{log}");
}

#[test]
fn conn_62_the_session_path_wins_over_the_path_of_the_url() {
    let xml = handshake(SESSION);
    let both = |path: &str| Settings {
        connection: ConnectionSettings::default().host("ws://h:1/url"),
        ..presets(&[(8, path)])
    };
    assert_eq!(first_url(&xml, both("session")), "connect ws://h:1/session");
    assert_eq!(first_url(&xml, both("")), "connect ws://h:1/url");
}

#[test]
fn conn_63_of_rapid_changes_only_the_last_one_stays() {
    let mut run = Run::new(&dynamic()).opened();
    for host in ["a", "b", "c"] {
        run.set(6, &format!("ws://{host}:1/"));
    }
    run.lost();
    assert_eq!(run.take_only(&["close", "connect "]), ["close 1000", "connect ws://c:1/"]);
    // A connect in progress is cancelled.
    run.set(6, "ws://d:1/");
    run.set(6, "ws://e:1/");
    assert_eq!(run.take_only(&["abort", "connect "]), ["abort", "connect ws://d:1/", "abort", "connect ws://e:1/"]);
}

#[test]
fn conn_66_rel_05_failed_connects_write_the_status_once() {
    let mut run = Run::new(&connector(""));
    run.start();
    let mut now = 0;
    for _ in 0..100 {
        run.refuse();
        now += 60_000;
        run.at(now);
    }
    assert_eq!(run.take_only(&["param 7"]), ["param 7=0!"]);
}

#[test]
fn conn_68_what_a_trigger_of_the_status_sends_goes_out() {
    let xml = dynamic().replace(
        "</Triggers>",
        r#"<Trigger id="60"><Name>T</Name><On id="7">parameter</On><Time>change</Time><Type>action</Type><Content><Id>60</Id></Content></Trigger></Triggers>
        <Groups><Group id="1"><Name>G</Name><Content><Pair>1</Pair></Content></Group></Groups>"#,
    );
    let xml = xml.replace(
        "</Actions>",
        r#"<Action id="60"><Name>A</Name><On id="1">group</On><Type>execute</Type></Action></Actions>"#,
    );
    let mut run = Run::with(&xml, presets(&[(10, "subscribe")]));
    run.start();
    run.take();
    run.open();
    assert_eq!(run.take_only(&["connection", "param 7", "send"]), ["connection open", "param 7=1!", "send subscribe"]);
}

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
