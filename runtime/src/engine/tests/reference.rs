//! Appendix A: the reference trace, in all four use cases.

use super::super::Until;
use super::run::{Run, Settings, Step};
use crate::settings::{ConnectionSettings, Keepalive};
use crate::value::Value;

const NORMAL: &str = include_str!("../../../../examples/nmos/normal.xml");
const DYNAMIC_IP: &str = include_str!("../../../../examples/nmos/dynamic-ip.xml");
const CUSTOM_HANDSHAKE: &str = include_str!("../../../../examples/nmos/custom-handshake.xml");
const BOTH: &str = include_str!("../../../../examples/nmos/custom-handshake-dynamic-ip.xml");

const URL: &str = "ws://127.0.0.1:8050/x-nmos/events/ws";

/// The four use cases with the settings that reach the same address (CONN-25).
fn cases() -> [(&'static str, &'static str, Settings); 4] {
    let host = |host: &str| Settings {
        connection: ConnectionSettings::default().host(host).port(8050).keepalive(Keepalive::OFF),
        ..Settings::default()
    };
    let dynamic = || Settings { presets: vec![(6, Value::Text(URL.into()))], ..host("ws://192.0.2.1") };
    [
        ("normal", NORMAL, host(URL)),
        ("dynamic ip", DYNAMIC_IP, dynamic()),
        ("custom handshake", CUSTOM_HANDSHAKE, host("ws://127.0.0.1")),
        ("custom handshake and dynamic ip", BOTH, dynamic()),
    ]
}

/// QAction 11 of the use cases: handle the message, then clear parameter 11 through trigger 32.
fn parse() -> [Step; 2] {
    [Step::Show(11), Step::CheckTrigger(32)]
}

#[test]
fn trace_01_to_04_conn_24_67_every_case_connects_by_itself_and_shows_its_status() {
    for (case, xml, settings) in cases() {
        let mut run = Run::with(xml, settings);
        assert_eq!(run.value(10), None, "TRACE-01, {case}");
        assert_eq!(run.value(11), None, "TRACE-01, {case}");
        run.start();
        let started = [
            "element active",
            "param 7=0!", // TRACE-02, CONN-67
            "alarm 7 critical",
            "connection connecting",
            &format!("connect {URL}"),
        ];
        assert_eq!(without_log(run.take()), started, "{case}");
        run.open();
        let opened = ["connection open", "param 7=1!", "alarm 7 normal"]; // TRACE-04, CONN-68
        assert_eq!(without_log(run.take()), opened, "{case}");
    }
}

#[test]
fn conn_110_to_113_the_cases_differ_in_their_headers() {
    for (case, xml, settings) in cases() {
        let custom = xml.contains("<WebSocketHandshake>");
        let mut run = Run::with(xml, settings);
        run.start();
        let request = &run.requests[0];
        let names: Vec<&str> = request.headers.iter().map(|line| &*line.name).collect();
        let standard = ["Host", "Upgrade", "Connection", "Sec-WebSocket-Key", "Sec-WebSocket-Version"]; // CONN-20
        assert_eq!(names[..5], standard, "{case}");
        let extensions: Vec<&str> = request.header_values("sec-websocket-extensions").collect();
        let offered: &[&str] = if custom { &["permessage-deflate; client_max_window_bits"] } else { &[] };
        assert_eq!(extensions, offered, "{case}"); // CONN-37, CONN-41
        assert_eq!(request.header_values("host").collect::<Vec<_>>(), ["127.0.0.1:8050"], "{case}");
    }
}

#[test]
fn trace_05_to_10_one_exchange_and_a_push_message_in_every_case() {
    for (case, xml, settings) in cases() {
        let mut run = Run::with(xml, settings).qaction(11, parse()).opened();
        // TRACE-05, TRACE-06: two sets and two queued groups; each entry has its own bytes.
        run.set(10, "first");
        run.check_trigger(33);
        run.set(10, "second");
        run.check_trigger(33);
        assert_eq!(
            run.take(),
            [
                "param 10=first!",
                "trigger 33",
                "action 33",
                "trigger 30",
                "action 30",
                "group 1 queued",
                "pair 1 queued",
                "group 1 started", // TRACE-07
                "send first",
                "param 10=second!",
                "trigger 33",
                "action 33",
                "trigger 30",
                "action 30",
                "group 1 queued",
                "pair 1 queued",
            ],
            "{case}"
        );
        run.sent();
        assert_eq!(run.take(), ["pair 1 sent"], "{case}");
        // TRACE-08, TRACE-09
        run.receive("answer");
        let mut shown = run.take();
        assert_eq!(shown.pop().as_deref(), Some("show 11=answer"), "{case}");
        assert_eq!(
            shown,
            [
                "trigger 31",
                "action 31",
                "response 1 matched",
                "param 11=answer!",
                "qaction 11",
                "trigger 32",
                "action 32",
                "param 11=-", // ACT-33: at once, and no event (PARAM-193)
                "pair 1 succeeded",
                "group 1 done",
                "group 1 started",
                "send second",
            ],
            "{case}"
        );
        run.sent();
        run.receive("answer");
        assert_eq!(run.take_only(&["show", "group"]), ["group 1 done", "show 11=answer"], "{case}");
        // TRACE-10: an equal push message is a change again, because 11 was cleared.
        run.receive("answer");
        assert_eq!(run.take_only(&["show", "response"]), ["response 1 matched", "show 11=answer"], "{case}");
    }
}

#[test]
fn trace_11_a_close_by_the_server_shows_at_once_and_times_the_element_out() {
    for (case, xml, settings) in cases() {
        let mut run = Run::with(xml, settings).opened();
        run.at(100);
        run.lost();
        assert_eq!(
            without_log(run.take()),
            ["connection closed, next attempt in 1.0 s", "param 7=0!", "alarm 7 critical"],
            "{case}"
        );
        run.execute(1, &[(10, "x")], Until::Answered).unwrap();
        let done = "done 1 error: pair 1 was not sent: closed by the peer with 1001 (going away)"; // BEY-04
        assert_eq!(run.take_only(&["done"]), [done], "{case}");
        assert_eq!(run.counters().lost, 1, "{case}");
        // CONN-90: the element follows after TimeoutTimeElement (30 s); no attempt is answered meanwhile.
        run.at(30_099);
        assert_eq!(run.take_only(&["element", "param 7"]), [""; 0], "{case}");
        run.at(30_100);
        assert_eq!(run.take_only(&["element", "param 7"]), ["element timeout"], "{case}"); // REL-05
    }
}

#[test]
fn trace_12_automatic_reconnect_brings_every_case_back() {
    for (case, xml, settings) in cases() {
        let mut run = Run::with(xml, settings).opened();
        run.lost();
        run.at(1000);
        assert_eq!(run.take_only(&["connect "]), [format!("connect {URL}")], "{case}"); // BEY-01, BEY-02
        run.open();
        assert_eq!(run.take_only(&["param"]), ["param 7=1!"], "{case}");
        assert_eq!(run.counters().reconnects, 1, "{case}");
    }
}

#[test]
fn trace_12_writing_the_same_url_again_connects_at_once() {
    for (case, xml, settings) in cases().into_iter().filter(|(_, xml, _)| xml.contains("dynamic ip")) {
        let mut run = Run::with(xml, settings).opened();
        run.lost();
        run.take();
        run.at(10);
        run.set(6, URL);
        assert_eq!(
            without_log(run.take()),
            [&format!("param 6={URL}!"), "connection connecting", &format!("connect {URL}")],
            "{case}"
        );
    }
}

fn without_log(mut trace: Vec<String>) -> Vec<String> {
    trace.retain(|line| !line.starts_with("log"));
    trace
}
