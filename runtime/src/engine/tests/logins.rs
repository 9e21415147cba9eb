//! What a server has asked for is not asked for again: nonces are kept, counted and forgotten (HTTP-40; RFC 7616,
//! sections 3.3 to 3.6).

use super::http::{answer, requests, sent, session, started};
use super::onward;
use super::run::Run;
use crate::engine::header_line::HeaderLine;
use crate::engine::{HttpAnswer, HttpRequest, Input};

const LOGIN: &str = r#"loginMethod="credentials" userName="22" password="23""#;
const BASIC: &str = "Basic dXNlcjpwYXNzd29yZA==";
const DIGEST: &str = r#"Digest realm="r", nonce="n", qop="auth""#;

/// An element whose session logs in, with its path in parameter 24.
fn element() -> Run {
    let xml = requests(&session(LOGIN, "").replace(r#"url="/x""#, r#"pid="24""#));
    let params = [super::xml::text(23, "Password"), super::xml::text(24, "Path")].concat();
    let mut run = started(&xml.replace("</Params>", &format!("{params}</Params>")));
    for (pid, value) in [(22, "user"), (23, "password"), (24, "x")] {
        run.set(pid, value);
    }
    run
}

fn authorization(headers: &[HeaderLine]) -> String {
    let line = headers.iter().find(|line| line.is("Authorization"));
    assert!(line.is_none_or(|line| line.secret), "PARAM-169: it is shown nowhere");
    line.map(|line| line.value.to_string()).unwrap_or_default()
}

/// A parameter of a proof, or nothing when it is none.
fn field<'a>(proof: &'a str, name: &str) -> &'a str {
    let mut fields = proof.strip_prefix("Digest ").unwrap_or_default().split(", ");
    let value = fields.find_map(|field| field.strip_prefix(name)?.strip_prefix('='));
    value.unwrap_or_default().trim_matches('"')
}

/// Nonce and count of a proof; for another login, the whole of it.
fn used(headers: &[HeaderLine]) -> String {
    let value = authorization(headers);
    if value.starts_with("Digest ") { format!("{} {}", field(&value, "nonce"), field(&value, "nc")) } else { value }
}

fn with(status: u16, name: &str, value: &str) -> HttpAnswer {
    let headers = vec![(name.to_owned(), value.to_owned())];
    HttpAnswer { status, status_line: format!("HTTP/1.1 {status}"), headers, body: "".into() }
}

/// Sends one request and answers it and those that follow it; what each of them logs in with.
fn round(run: &mut Run, answers: &[HttpAnswer]) -> Vec<String> {
    let mut next = Some(sent(run));
    let mut used_so_far = Vec::new();
    for answer in answers {
        let (number, HttpRequest { headers, .. }) = next.take().expect("a request");
        used_so_far.push(used(&headers));
        run.input(Input::Answered { number, answer: answer.clone() }).unwrap();
        next = run.http.pop();
    }
    assert!(next.is_none(), "nobody asked for another request");
    used_so_far
}

fn ok() -> HttpAnswer {
    answer("")
}

fn refused(challenge: &str) -> HttpAnswer {
    with(401, "WWW-Authenticate", challenge)
}

/// An element whose server has asked for Digest, with the nonce `n`.
fn asked() -> Run {
    let mut run = element();
    assert_eq!(round(&mut run, &[refused(DIGEST), ok()]), [BASIC, "n 00000001"]);
    run
}

#[test]
fn http_40_rfc_7616_3_4_a_nonce_is_used_again_and_counted() {
    let mut run = asked();
    let mut client_nonces = std::collections::BTreeSet::new();
    for count in 2..=300 {
        let (number, request) = sent(&mut run);
        let proof = authorization(&request.headers);
        assert_eq!((field(&proof, "nonce"), field(&proof, "nc")), ("n", format!("{count:08x}").as_str()));
        assert!(client_nonces.insert(field(&proof, "cnonce").to_owned()), "each has a nonce of its own");
        run.input(Input::Answered { number, answer: ok() }).unwrap();
    }
    assert_eq!(run.counters().requests_sent, 301, "one refusal in all");
    assert_eq!(run.counters().requests_failed, 0);
}

#[test]
fn http_40_rfc_7616_3_3_a_stale_nonce_is_renewed_and_one_that_is_not_known_too() {
    for renewed in [
        r#"Digest realm="r", nonce="m", qop="auth", stale=true"#,
        r#"Digest realm="r", nonce="m", qop="auth""#, // a server that has started anew
        r#"Digest realm="s", nonce="m", qop="auth", algorithm=SHA-256"#,
    ] {
        let mut run = asked();
        assert_eq!(round(&mut run, &[refused(renewed), ok()]), ["n 00000002", "m 00000001"], "{renewed}");
        assert_eq!(round(&mut run, &[ok()]), ["m 00000002"], "{renewed}");
    }
}

#[test]
fn http_40_rfc_7616_3_5_the_next_nonce_is_the_one_that_the_server_names() {
    let mut run = asked();
    let named = with(200, "authentication-info", r#"nextnonce="m""#);
    assert_eq!(round(&mut run, std::slice::from_ref(&named)), ["n 00000002"]);
    assert_eq!(round(&mut run, &[ok()]), ["m 00000001"]);
    assert_eq!(round(&mut run, &[ok()]), ["m 00000002"]);
    // Not of a server that was not shown a proof.
    let mut run = element();
    assert_eq!(round(&mut run, &[named]), [BASIC]);
    assert_eq!(round(&mut run, &[ok()]), [BASIC]);
}

#[test]
fn http_40_rfc_7616_3_4_2_a_session_keeps_its_key() {
    let mut run = element();
    let challenge = r#"Digest realm="r", nonce="n", qop="auth", algorithm=MD5-sess"#;
    assert_eq!(round(&mut run, &[refused(challenge), ok()]), [BASIC, "n 00000001"]);
    let proofs = [2, 3].map(|count| {
        let (number, request) = sent(&mut run);
        let answer = with(200, "Authentication-Info", r#"nextnonce="m""#);
        run.input(Input::Answered { number, answer }).unwrap();
        let proof = authorization(&request.headers);
        assert_eq!((field(&proof, "nonce"), field(&proof, "nc")), ("n", format!("{count:08x}").as_str()));
        proof
    });
    let [second, third] = [&proofs[0], &proofs[1]];
    assert_eq!(field(second, "cnonce"), field(third, "cnonce"));
    assert_ne!(field(second, "response"), field(third, "response"));
}

#[test]
fn http_40_what_was_asked_for_is_forgotten_with_another_user_password_or_host() {
    for (pid, value, before, after) in [
        (22, "other", "Basic b3RoZXI6cGFzc3dvcmQ=", BASIC),
        (23, "other", "Basic dXNlcjpvdGhlcg==", BASIC),
        (22, "", "", BASIC),
        (24, "http://other/x", BASIC, BASIC),
        (24, "https://device/x", BASIC, BASIC),
        (24, "http://device:81/x", BASIC, BASIC),
        (24, "y?z", "n 00000002", "n 00000003"), // the same server
    ] {
        let mut run = asked();
        run.set(pid, value);
        assert_eq!(round(&mut run, &[ok()]), [before], "{pid} {value}");
        run.set(pid, if pid == 24 { "x" } else { ["user", "password"][pid as usize - 22] });
        assert_eq!(round(&mut run, &[ok()]), [after], "back from {pid} {value}");
    }
}

#[test]
fn http_40_a_login_that_is_refused_is_not_shown_again() {
    let mut run = element();
    assert_eq!(round(&mut run, &[refused(DIGEST), refused(DIGEST)]), [BASIC, "n 00000001"]);
    assert_eq!(round(&mut run, &[ok()]), [BASIC]);
    // The password has changed in the device: one more proof, and no more.
    let mut run = asked();
    assert_eq!(round(&mut run, &[refused(DIGEST), refused(DIGEST)]), ["n 00000002", "n 00000001"]);
    assert_eq!(run.value(20).as_deref(), Some("HTTP/1.1 401"));
    // A server that calls every nonce stale.
    let mut run = asked();
    let stale = refused(&format!("{DIGEST}, stale=true"));
    assert_eq!(round(&mut run, &vec![stale; 4]).len(), 4);
}

#[test]
fn http_40_a_server_may_go_back_to_basic() {
    let mut run = asked();
    let basic = refused(r#"Basic realm="r""#);
    assert_eq!(round(&mut run, &[basic.clone(), ok()]), ["n 00000002", BASIC]);
    assert_eq!(round(&mut run, &[ok()]), [BASIC]);
    let mut run = asked();
    assert_eq!(round(&mut run, &[basic.clone(), basic]), ["n 00000002", BASIC]);
    assert_eq!(run.value(20).as_deref(), Some("HTTP/1.1 401"));
}

#[test]
fn conn_43_http_40_a_name_that_breaks_the_line_is_not_sent() {
    for control in ["\r\nX", "\0", "\u{7f}"] {
        let mut run = element();
        run.set(22, &format!("us{control}er"));
        let (number, request) = sent(&mut run);
        let authorization = authorization(&request.headers);
        assert!(authorization.starts_with("Basic ") && !authorization.contains(control), "it is in base64");
        run.take();
        run.input(Input::Answered { number, answer: refused(DIGEST) }).unwrap();
        assert!(run.http.is_empty(), "{control:?}");
        let told = run.take().join("\n");
        assert!(told.contains("the user's name holds a control character, so Digest can't carry it"), "{told}");
        assert_eq!(run.value(20).as_deref(), Some("HTTP/1.1 401"));
    }
}

#[test]
fn http_18_40_a_request_that_is_sent_again_counts_again() {
    let mut run = asked();
    let (_, first) = sent(&mut run);
    run.at(1000);
    let (number, again) = run.http.pop().expect("a second attempt");
    assert_eq!([used(&first.headers), used(&again.headers)], ["n 00000002", "n 00000003"]);
    run.input(Input::Answered { number, answer: ok() }).unwrap();
}

#[test]
fn http_40_45_a_handshake_after_a_lost_connection_needs_no_refusal() {
    let mut run = onward::started(true);
    assert_eq!(used(&onward::last(&run).headers), BASIC);
    onward::refuse(&mut run, 401, None, &[DIGEST]);
    assert_eq!(used(&onward::last(&run).headers), "n 00000001");
    run.open();
    for count in 2..20 {
        run.lost();
        run.reconnect();
        assert_eq!(used(&onward::last(&run).headers), format!("n {count:08x}"));
        run.open();
    }
    // The server has started anew, and sends on, on itself and to another one.
    run.lost();
    run.reconnect();
    onward::refuse(&mut run, 401, None, &[r#"Digest realm="r", nonce="m", qop="auth""#]);
    assert_eq!(used(&onward::last(&run).headers), "m 00000001");
    onward::refuse(&mut run, 302, Some("/y"), &[]);
    assert_eq!(used(&onward::last(&run).headers), "m 00000002");
    onward::refuse(&mut run, 302, Some("ws://other/y"), &[]);
    assert_eq!(used(&onward::last(&run).headers), "");
}
