//! Where a connection goes: settings, and parameters with a dynamic IP (chapter CONN).

use super::run::{Run, Settings};
use super::xml::{connector, exchange, qaction};
use crate::error::Reason;
use crate::settings::{ConnectionSettings, Keepalive};
use crate::value::Value;

/// A connector whose parameter 6 holds the address.
pub(super) fn dynamic() -> String {
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

pub(super) fn with_host(host: &str) -> Settings {
    Settings { connection: ConnectionSettings::default().host(host).keepalive(Keepalive::OFF), ..Settings::default() }
}

pub(super) fn presets(presets: &[(u32, &str)]) -> Settings {
    let presets = presets.iter().map(|(pid, text)| (*pid, Value::Text((*text).into()))).collect();
    Settings { presets, ..Settings::default() }
}

/// The address of the first attempt.
pub(super) fn first_url(xml: &str, settings: Settings) -> String {
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
