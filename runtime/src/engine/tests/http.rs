//! HTTP sessions: what the simulator's cases can't show.

use super::run::{Run, Settings};
use super::xml::{connector, text};
use crate::engine::{HttpAnswer, HttpRequest, Input, RequestFailure};
use crate::error::Reason;
use crate::settings::{ConnectionSettings, Keepalive};

/// A connector whose only connection carries requests, with `session` and a group that sends it.
pub(super) fn requests(session: &str) -> String {
    let params = [text(20, "Status Line"), text(21, "Body"), text(22, "Header")].concat();
    let sections = format!(
        r#"<Params>{params}</Params><HTTP>{session}</HTTP>
        <Groups><Group id="1"><Name>Group 1</Name><Type>poll</Type><Content><Session>1</Session></Content></Group></Groups>"#
    );
    let xml = connector(&sections);
    let (start, end) = (xml.find("<CommunicationOptions>").unwrap(), xml.find("</CommunicationOptions>").unwrap());
    format!("{}{}", &xml[..start], &xml[end + "</CommunicationOptions>".len()..])
}

/// A session of one request.
pub(super) fn session(attributes: &str, inner: &str) -> String {
    format!(
        r#"<Session id="1" name="Session" {attributes}><Connection id="1" name="Request"><Request url="/x">{inner}</Request>
        <Response statusCode="20"><Content pid="21"></Content></Response></Connection></Session>"#
    )
}

pub(super) fn started(xml: &str) -> Run {
    let connection = ConnectionSettings::default().host("http://device").keepalive(Keepalive::OFF);
    let mut run = Run::with(xml, Settings { connection, ..Settings::default() });
    run.start();
    run
}

pub(super) fn answer(body: &str) -> HttpAnswer {
    let headers = vec![("X-Header".to_owned(), "value".to_owned())];
    HttpAnswer { status: 200, status_line: "HTTP/1.1 200 OK".to_owned(), headers, body: body.to_owned().into() }
}

/// Queues the group; the request that goes out, and its number.
pub(super) fn sent(run: &mut Run) -> (u64, HttpRequest) {
    run.input(Input::Queue { group: genlock_spec::GroupIndex(0) }).unwrap();
    run.http.pop().expect("a request")
}

#[test]
fn http_42_a_session_may_ask_for_a_client_certificate() {
    for (attributes, asked) in [(r#"loginMethod="certificate""#, true), ("", false)] {
        let (_, request) = sent(&mut started(&requests(&session(attributes, ""))));
        assert_eq!(request.to.certificate, asked, "{attributes}");
    }
}

#[test]
fn http_41_digits_are_a_parameter() {
    let login = |user: &str| format!(r#"loginMethod="credentials" userName="{user}" password="secret""#);
    for (user, header) in [("me", "Basic bWU6c2VjcmV0"), ("22", "Basic eW91OnNlY3JldA==")] {
        let mut run = started(&requests(&session(&login(user), "")));
        run.set(22, "you");
        let (_, request) = sent(&mut run);
        let line = request.headers.iter().find(|line| &*line.name == "Authorization");
        assert_eq!(line.map(|line| &*line.value), Some(header), "{user}");
    }
}

#[test]
fn conn_43_a_header_that_breaks_the_line_is_not_sent() {
    let header = r#"<Headers><Header key="X-Header" pid="22"></Header></Headers>"#;
    let mut run = started(&requests(&session("", header)));
    run.set(22, "a\r\nb");
    run.input(Input::Queue { group: genlock_spec::GroupIndex(0) }).unwrap();
    assert!(run.http.is_empty());
    assert_eq!(run.value(20).as_deref(), Some("bad request"));
}

#[test]
fn http_44_requests_leave_nothing_behind() {
    let header = r#"<Headers><Header key="X-Header">x</Header></Headers>"#;
    let mut run = started(&requests(&session("", header)));
    for round in 0..1000 {
        let (number, request) = sent(&mut run);
        assert_eq!(request.headers.len(), 5, "{round}");
        run.input(Input::Answered { number, answer: answer("body") }).unwrap();
        run.take();
    }
    run.at(600_000); // nothing that a request has armed comes now
    assert!(run.take_only(&["abandon", "answer"]).is_empty());
    assert_eq!(run.counters().requests_sent, 1000);
}

#[test]
fn late_answers_are_not_taken() {
    let mut run = started(&requests(&session("", "")));
    let (number, _) = sent(&mut run);
    run.at(1000);
    let (retry, _) = run.http.pop().expect("a second attempt");
    for input in [
        Input::Answered { number, answer: answer("late") },
        Input::RequestFailed { number, failure: RequestFailure::Connect(Reason::Network("late".to_owned())) },
    ] {
        run.input(input).unwrap();
    }
    assert_eq!(run.value(21), None);
    run.input(Input::Answered { number: retry, answer: answer("in time") }).unwrap();
    assert_eq!(run.value(21).as_deref(), Some("in time"));
}

#[test]
fn http_40_a_request_answers_a_server_that_asks_for_digest() {
    let login = r#"loginMethod="credentials" userName="user" password="password""#;
    let mut run = started(&requests(&session(login, "")));
    let (number, first) = sent(&mut run);
    let authorization = |request: &HttpRequest| {
        let line = request.headers.iter().find(|line| line.is("Authorization"));
        line.map(|line| line.value.to_string()).unwrap_or_default()
    };
    assert_eq!(authorization(&first), "Basic dXNlcjpwYXNzd29yZA==");
    let refusal = |challenge: &str| HttpAnswer {
        status: 401,
        status_line: "HTTP/1.1 401 Unauthorized".to_owned(),
        headers: vec![("www-authenticate".to_owned(), challenge.to_owned())],
        body: "no".into(),
    };
    let digest = r#"Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256"#;
    run.input(Input::Answered { number, answer: refusal(digest) }).unwrap();
    assert_eq!(run.value(20), None, "it is no answer yet");
    let (number, second) = run.http.pop().expect("a second request");
    let proof = authorization(&second);
    assert!(proof.starts_with(r#"Digest username="user", realm="r", nonce="n", uri="/x", response=""#), "{proof}");
    // A redirect on the same server goes on with the nonce.
    let mut answer = answer("");
    (answer.status, answer.headers) = (302, vec![("Location".to_owned(), "/y".to_owned())]);
    run.input(Input::Answered { number, answer }).unwrap();
    let (number, third) = run.http.pop().expect("a third request");
    assert!(authorization(&third).contains(r#"nonce="n", uri="/y""#));
    assert!(authorization(&third).contains("nc=00000002"));
    run.input(Input::Answered { number, answer: refusal("Digest realm=\"r\", nonce=\"m\"") }).unwrap();
    let (number, fourth) = run.http.pop().expect("a fourth request");
    assert!(authorization(&fourth).contains(r#"uri="/y""#));
    run.input(Input::Answered { number, answer: refusal("Digest realm=\"r\", nonce=\"o\"") }).unwrap();
    assert!(run.http.is_empty(), "one proof is enough, unless the nonce was stale");
    assert_eq!(run.value(20).as_deref(), Some("HTTP/1.1 401 Unauthorized"));
}
