//! The opening request and its answer (chapter CONN).

use std::time::Duration;

use super::address::{first_url, presets, with_host};
use super::run::{Run, Settings};
use super::xml::{connector, text};
use crate::settings::ConnectionSettings;

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
fn conn_62_the_session_path_wins_over_the_path_of_the_url() {
    let xml = handshake(SESSION);
    let both = |path: &str| Settings {
        connection: ConnectionSettings::default().host("ws://h:1/url"),
        ..presets(&[(8, path)])
    };
    assert_eq!(first_url(&xml, both("session")), "connect ws://h:1/session");
    assert_eq!(first_url(&xml, both("")), "connect ws://h:1/url");
}
