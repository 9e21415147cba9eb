//! Handshakes that go on: redirects, and servers that ask who it is.

use std::time::Duration;

use genlock_spec::ConnectionIndex;

use super::run::{Run, Settings};
use super::xml::{connector, text};
use crate::engine::opening::OpeningRequest;
use crate::engine::{HandshakeAnswer, Input};
use crate::error::Reason;
use crate::settings::ConnectionSettings;
use crate::value::Value;

pub(super) const DIGEST: &str = r#"Digest realm="r", nonce="n", qop="auth""#;

/// An element whose handshake logs in, offers a secret and stores the status line in parameter 22.
pub(super) fn started(follow: bool) -> Run {
    let params: String = (20..24).map(|pid| text(pid, &format!("Text{pid}"))).collect();
    let xml = connector(&format!(
        r#"<Params>{params}</Params><HTTP><Session id="5" name="Handshake" loginMethod="credentials" userName="20" password="21">
            <Connection id="1" name="Handshake"><Request verb="GET" url="/ws?x=1"><Headers>
                <Header key="Cookie" pid="23"/><Header key="Sec-WebSocket-Protocol">chat</Header></Headers></Request>
            <Response statusCode="22"/></Connection></Session></HTTP>"#
    ));
    let option = "<WebSocket>true</WebSocket>";
    let xml = xml.replace(option, &format!("{option}<WebSocketHandshake>5</WebSocketHandshake>"));
    let presets = [(20, "user"), (21, "password"), (23, "a=b")].map(|(pid, value)| (pid, Value::Text(value.into())));
    let connection = ConnectionSettings::default().host("ws://device").follow_redirects(follow);
    let connection = connection.timeout(Duration::from_secs(1));
    let mut run = Run::with(&xml, Settings { presets: presets.into(), connection, ..Settings::default() });
    run.start();
    run
}

/// The peer refuses the attempt.
pub(super) fn refuse(run: &mut Run, status: u16, location: Option<&str>, asked: &[&str]) {
    let answer = Some(HandshakeAnswer {
        status_line: format!("HTTP/1.1 {status}"),
        location: location.map(str::to_owned),
        asked: asked.iter().map(|&value| value.to_owned()).collect(),
        ..HandshakeAnswer::default()
    });
    let (connection, attempt) = (ConnectionIndex(0), run.attempt());
    let reason = Reason::Handshake("refused".to_owned());
    run.input(Input::OpenFailed { connection, attempt, reason, answer }).unwrap();
}

pub(super) fn line(request: &OpeningRequest, name: &str) -> String {
    request.header_values(name).collect::<Vec<_>>().join(", ")
}

pub(super) fn last(run: &Run) -> &OpeningRequest {
    run.requests.last().unwrap()
}

#[test]
fn http_40_45_a_handshake_answers_a_server_that_asks_for_digest() {
    let mut run = started(false);
    let first = last(&run).clone();
    assert_eq!(line(&first, "Authorization"), "Basic dXNlcjpwYXNzd29yZA==");
    refuse(&mut run, 401, None, &["Negotiate", DIGEST]);
    let second = last(&run).clone();
    assert_eq!(run.requests.len(), 2);
    let proof = line(&second, "Authorization");
    assert!(proof.starts_with(r#"Digest username="user", realm="r", nonce="n", uri="/ws?x=1", response=""#), "{proof}");
    assert_eq!(line(&second, "Sec-WebSocket-Protocol"), "chat");
    assert_ne!(second.key, first.key, "each request has a key of its own");
    assert_eq!(line(&second, "Sec-WebSocket-Key"), *second.key);
    assert_eq!(run.value(22), None, "it is no answer yet");
    run.open();
    assert_eq!(run.value(22).as_deref(), Some("HTTP/1.1 101 Switching Protocols"));
}

#[test]
fn http_40_45_a_proof_that_is_not_taken_ends_the_attempt() {
    let mut run = started(false);
    refuse(&mut run, 401, None, &[DIGEST]);
    refuse(&mut run, 401, None, &[DIGEST]);
    assert_eq!(run.requests.len(), 2);
    assert_eq!(run.value(22).as_deref(), Some("HTTP/1.1 401"));
    // Nonces become stale, but not without end.
    let stale = format!("{DIGEST}, stale=true");
    let mut run = started(false);
    for _ in 0..9 {
        refuse(&mut run, 401, None, &[&stale]);
    }
    assert_eq!(run.requests.len(), 4);
}

#[test]
fn http_40_45_other_schemes_are_refused_by_name() {
    let mut run = started(false);
    run.take();
    refuse(&mut run, 401, None, &["Negotiate, NTLM"]);
    assert_eq!(run.requests.len(), 1);
    let told = run.take().join("\n");
    assert!(told.contains("the server wants authentication by Negotiate, NTLM"), "{told}");
}

#[test]
fn http_45_a_redirect_is_not_followed_unless_the_operator_says_so() {
    let mut run = started(false);
    run.take();
    refuse(&mut run, 302, Some("wss://other/ws?token=secret"), &[]);
    assert_eq!(run.requests.len(), 1);
    assert_eq!(run.value(22).as_deref(), Some("HTTP/1.1 302"));
    let told = run.take().join("\n");
    assert!(told.contains("the server redirects to wss://other:443/ws, which a handshake does not follow"), "{told}");
    assert!(told.contains("`follow_redirects`") && !told.contains("secret"), "{told}");
}

#[test]
fn http_16_45_a_redirect_is_followed_without_what_is_for_the_first_server_only() {
    let mut run = started(true);
    refuse(&mut run, 302, Some("/elsewhere"), &[]);
    assert_eq!(last(&run).full_url(), "ws://device:80/elsewhere");
    assert_eq!(line(last(&run), "Cookie"), "a=b");
    refuse(&mut run, 307, Some("https://other:8443/ws"), &[]);
    let request = last(&run).clone();
    assert_eq!((request.full_url().as_str(), line(&request, "Host").as_str()), ("wss://other:8443/ws", "other:8443"));
    for private in ["Authorization", "Cookie"] {
        assert_eq!(line(&request, private), "", "{private}");
    }
    assert_eq!(line(&request, "Sec-WebSocket-Protocol"), "chat");
    // Nobody logs in there either.
    refuse(&mut run, 401, None, &[DIGEST]);
    assert_eq!(run.requests.len(), 3);
}

#[test]
fn http_17_45_a_circle_of_redirects_and_one_out_of_tls_end_the_attempt() {
    let mut run = started(true);
    refuse(&mut run, 302, Some("/elsewhere"), &[]);
    run.take();
    refuse(&mut run, 302, Some("/ws?x=1"), &[]);
    let told = run.take().join("\n");
    assert!(told.contains("leads in a circle"), "{told}");
    assert_eq!(run.requests.len(), 2);

    let mut run = started(true);
    refuse(&mut run, 302, Some("wss://device/"), &[]);
    run.take();
    refuse(&mut run, 302, Some("ws://device/x"), &[]);
    let told = run.take().join("\n");
    assert!(told.contains("from TLS"), "{told}");

    let mut run = started(true);
    for hop in 0..20 {
        refuse(&mut run, 302, Some(&format!("/{hop}")), &[]);
    }
    assert_eq!(run.requests.len(), 11, "ten redirects are the most");
}

#[test]
fn conn_100_the_timeout_is_for_the_whole_handshake() {
    let mut run = started(true);
    for at in [400, 800] {
        run.at(at);
        refuse(&mut run, 302, Some(&format!("/{at}")), &[]);
    }
    run.take();
    run.at(1000);
    let told = run.take().join("\n");
    assert!(told.contains("the handshake was not answered within 1000 ms"), "{told}");
    assert_eq!(run.requests.len(), 3);
}
