//! The opening handshake.

use std::time::Duration;

use tokio::io::{AsyncWriteExt as _, duplex};

use super::peer::*;
use crate::ws::{Incoming, Limits, OpenError, open};

#[tokio::test]
async fn conn_20_request_is_written_as_the_engine_made_it() {
    let (ours, theirs) = duplex(4096);
    let mut peer = Peer { io: theirs };
    let request = request(&[("Sec-WebSocket-Version", "13"), ("X-Own", "a b")]);
    let opening = tokio::spawn(async move { open(Box::new(ours), &request, &SMALL).await.map(|_| ()) });
    let expected = format!(
        "GET /x-nmos/events/ws HTTP/1.1\r\nHost: example:8050\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Key: {KEY}\r\nSec-WebSocket-Version: 13\r\nX-Own: a b\r\n\r\n"
    );
    assert_eq!(peer.read_request().await, expected);
    peer.write(&answer(&[])).await;
    opening.await.unwrap().unwrap();
}

/// Header lines.
type Lines<'a> = &'a [(&'a str, &'a str)];

/// The text of the error that an answer causes, or the line that tells of success.
async fn outcome(offers: Lines<'_>, answer: &[u8]) -> String {
    let (opened, peer) = open_on(request(offers), answer, SMALL).await;
    drop(peer);
    match opened {
        Ok((_, answer)) => format!("open: {:?}", answer.compression),
        Err(error) => error.to_string(),
    }
}

#[tokio::test]
async fn conn_21_head_of_the_answer() {
    let accept = format!("Sec-WebSocket-Accept: {ACCEPT}");
    let upgrade = "Upgrade: websocket";
    let connection = "Connection: Upgrade";
    let lines = |lines: &[&str]| format!("HTTP/1.1 101 Switching Protocols\r\n{}\r\n\r\n", lines.join("\r\n"));
    let opened = "open: None";
    let of_length = |len: usize| {
        let short = lines(&[upgrade, connection, &accept, "X: "]).len();
        lines(&[upgrade, connection, &accept, &format!("X: {}", "y".repeat(len - short))])
    };
    let cases = [
        (lines(&[upgrade, connection, &accept]), opened),
        (lines(&["upgrade: WebSocket", "CONNECTION: upgrade", &accept.replace("Accept", "ACCEPT")]), opened),
        (lines(&[upgrade, "Connection: keep-alive, Upgrade", &accept]), opened),
        (lines(&[upgrade, "Connection: keep-alive", "Connection: x,upgrade ", &accept]), opened),
        (lines(&["Upgrade: h2c, websocket", connection, &accept]), opened),
        (lines(&[upgrade, connection, &accept, "Content-Length: 5", "Server: Kestrel"]), opened),
        (lines(&[upgrade, connection, &accept, "Sec-WebSocket-Protocol:"]), opened),
        (lines(&[upgrade, connection, &accept, "X: Gr\u{fc}n"]), opened),
        (lines(&[upgrade, connection, &accept]).replace("\r\n", "\n"), opened),
        (lines(&[upgrade, connection, &accept]).replace("Switching Protocols", ""), opened),
        (format!("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n{}", lines(&[upgrade, connection, &accept])), opened),
        (lines(&[upgrade, connection, upgrade, connection, &accept]), opened),
        (lines(&[upgrade, connection, &accept, &["X: y"; 125].join("\r\n")]), opened),
        (of_length(2000), opened),
        (of_length(2001), "the head of the answer is larger than the limit of 2000 bytes"),
        (lines(&[connection, &accept]), "the answer's Upgrade does not name `websocket` (RFC 6455, section 4.1)"),
        (
            lines(&["Upgrade: websocket2", connection, &accept]),
            "the answer's Upgrade does not name `websocket` (RFC 6455, section 4.1)",
        ),
        (lines(&[upgrade, &accept]), "the answer's Connection does not hold `Upgrade` (RFC 6455, section 4.1)"),
        (
            lines(&[upgrade, "Connection: close", &accept]),
            "the answer's Connection does not hold `Upgrade` (RFC 6455, section 4.1)",
        ),
        (
            lines(&[upgrade, connection]),
            "the answer has 0 Sec-WebSocket-Accept headers, not one (RFC 6455, section 4.1)",
        ),
        (
            lines(&[upgrade, connection, &accept, &accept]),
            "the answer has 2 Sec-WebSocket-Accept headers, not one (RFC 6455, section 4.1)",
        ),
        (
            lines(&[upgrade, connection, &accept.to_lowercase()]),
            "the answer's Sec-WebSocket-Accept does not match the key: a cache or a proxy may have answered instead",
        ),
        (
            lines(&[upgrade, connection, &accept]).replace("HTTP/1.1", "HTTP/1.0"),
            "the answer 101 is HTTP/1.0: RFC 6455, section 4.1 needs HTTP/1.1",
        ),
        (
            "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n".to_owned(),
            "the server refused the WebSocket with `HTTP/1.1 403 Forbidden`: check the path, the headers and the \
             credentials of the request",
        ),
        (
            "HTTP/1.1 200 \u{c4}h\r\nContent-Length: 0\r\n\r\n".to_owned(),
            "the server refused the WebSocket with `HTTP/1.1 200 \u{c4}h`: check the path, the headers and the \
             credentials of the request",
        ),
        (
            "SSH-2.0-OpenSSH_9.2\r\n".to_owned(),
            "the answer is not HTTP/1.1 (invalid HTTP version): is there a WebSocket server at this address and port?",
        ),
        (
            "HTTP/2.0 101 Switching Protocols\r\n\r\n".to_owned(),
            "the answer is not HTTP/1.1 (invalid HTTP version): is there a WebSocket server at this address and port?",
        ),
        (
            lines(&[upgrade, connection, &accept, "no colon"]),
            "the answer is not HTTP/1.1 (invalid header name): is there a WebSocket server at this address and port?",
        ),
        (
            lines(&[upgrade, connection, &accept, "X: a\0b"]),
            "the answer is not HTTP/1.1 (invalid header value): is there a WebSocket server at this address and port?",
        ),
        (
            lines(&[upgrade, connection, &accept, &["X: y"; 126].join("\r\n")]),
            "the answer is not HTTP/1.1 (too many headers): is there a WebSocket server at this address and port?",
        ),
        (
            lines(&[upgrade, connection, &accept, &format!("X: {}", "y".repeat(2000))]),
            "the head of the answer is larger than the limit of 2000 bytes",
        ),
        ("x".repeat(2001), "the head of the answer is larger than the limit of 2000 bytes"),
        ("HTTP/1.1 100 Continue\r\n\r\n".repeat(100), "the head of the answer is larger than the limit of 2000 bytes"),
        (
            lines(&[upgrade, connection]).trim_end().to_owned(),
            "the server ended the connection before its answer was complete",
        ),
    ];
    for (answer, expected) in cases {
        // What is cut short needs the end of the connection to be noticed.
        let (ours, theirs) = duplex(64 << 10);
        let mut peer = Peer { io: theirs };
        let opening = tokio::spawn(async move {
            match open(Box::new(ours), &request(&[]), &SMALL).await {
                Ok((_, answer)) => format!("open: {:?}", answer.compression),
                Err(error) => error.to_string(),
            }
        });
        peer.read_request().await;
        peer.write(answer.as_bytes()).await;
        peer.io.shutdown().await.unwrap();
        assert_eq!(opening.await.unwrap(), expected, "{answer}");
    }
}

#[tokio::test]
async fn conn_28_subprotocol_is_one_of_those_offered_or_none() {
    let offer = [("Sec-WebSocket-Protocol", "chat, superchat"), ("sec-websocket-protocol", "third")];
    let open = "open: None";
    let not_offered = |name| format!("the server chose the subprotocol `{name}`, which the request does not offer");
    let cases: &[(Lines<'_>, Lines<'_>, String)] = &[
        (&offer, &[], open.to_owned()),
        (&offer, &[("Sec-WebSocket-Protocol", "superchat")], open.to_owned()),
        (&offer, &[("Sec-WebSocket-Protocol", "third")], open.to_owned()),
        (&offer, &[("Sec-WebSocket-Protocol", "Chat")], not_offered("Chat")),
        (&offer, &[("Sec-WebSocket-Protocol", "chat, superchat")], not_offered("chat, superchat")),
        (&[], &[("Sec-WebSocket-Protocol", "chat")], not_offered("chat")),
        (
            &offer,
            &[("Sec-WebSocket-Protocol", "chat"), ("Sec-WebSocket-Protocol", "chat")],
            "the answer has more than one Sec-WebSocket-Protocol".to_owned(),
        ),
    ];
    for (offers, answered, expected) in cases {
        assert_eq!(outcome(offers, &answer(answered)).await, *expected, "{answered:?}");
    }
}

#[tokio::test]
async fn conn_41_extensions_are_implemented_or_fail_the_connection() {
    const REFERENCE: &str = "permessage-deflate; client_max_window_bits";
    let not_offered = |name| format!("the server accepted the extension `{name}`, which the request does not offer");
    let no_fit = |reason| format!("the server's answer to permessage-deflate fits no offer of the request: {reason}");
    let illegal = |name, how| format!("the parameter `{name}` of permessage-deflate cannot be answered {how}");
    let cases: Vec<(&str, &str, String)> = vec![
        ("", "permessage-deflate", not_offered("permessage-deflate")),
        ("permessage-deflate; =", "permessage-deflate", not_offered("permessage-deflate")),
        (REFERENCE, "x-webkit-deflate-frame", not_offered("x-webkit-deflate-frame")),
        (
            "permessage-deflate, bbf-usp-protocol",
            "bbf-usp-protocol",
            "the server accepted the extension `bbf-usp-protocol`, which genlock does not know: take it out of the \
             request's Sec-WebSocket-Extensions"
                .to_owned(),
        ),
        (
            REFERENCE,
            "permessage-deflate;;",
            "the answer's Sec-WebSocket-Extensions cannot be read: it is not a list of extensions".to_owned(),
        ),
        (
            REFERENCE,
            "permessage-deflate, permessage-deflate",
            "the server accepted permessage-deflate twice".to_owned(),
        ),
        (
            REFERENCE,
            "permessage-deflate; client_max_window_bits=9; client_max_window_bits=9",
            "the parameter `client_max_window_bits` of permessage-deflate is answered twice".to_owned(),
        ),
        (
            REFERENCE,
            "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
            "the parameter `server_no_context_takeover` of permessage-deflate is answered twice".to_owned(),
        ),
        (REFERENCE, "permessage-deflate; fast", "permessage-deflate has no parameter `fast`".to_owned()),
        (REFERENCE, "permessage-deflate; client_max_window_bits", illegal("client_max_window_bits", "without a value")),
        (
            REFERENCE,
            "permessage-deflate; client_max_window_bits=7",
            illegal("client_max_window_bits", "with the value `7`"),
        ),
        (
            REFERENCE,
            "permessage-deflate; client_max_window_bits=16",
            illegal("client_max_window_bits", "with the value `16`"),
        ),
        (
            REFERENCE,
            "permessage-deflate; client_max_window_bits=09",
            illegal("client_max_window_bits", "with the value `09`"),
        ),
        (
            REFERENCE,
            "permessage-deflate; client_max_window_bits=+9",
            illegal("client_max_window_bits", "with the value `+9`"),
        ),
        (
            REFERENCE,
            "permessage-deflate; client_max_window_bits=265",
            illegal("client_max_window_bits", "with the value `265`"),
        ),
        (REFERENCE, "permessage-deflate; server_max_window_bits", illegal("server_max_window_bits", "without a value")),
        (
            REFERENCE,
            "permessage-deflate; server_max_window_bits=x",
            illegal("server_max_window_bits", "with the value `x`"),
        ),
        (
            REFERENCE,
            "permessage-deflate; client_no_context_takeover=1",
            illegal("client_no_context_takeover", "with the value `1`"),
        ),
        (
            "permessage-deflate",
            "permessage-deflate; client_max_window_bits=15",
            no_fit("it has client_max_window_bits, which is not offered"),
        ),
        (
            "permessage-deflate; client_max_window_bits=10",
            "permessage-deflate; client_max_window_bits=11",
            no_fit("its client_max_window_bits is above the offered one"),
        ),
        (
            "permessage-deflate; server_max_window_bits=10",
            "permessage-deflate",
            no_fit("it lacks the offered server_max_window_bits"),
        ),
        (
            "permessage-deflate; server_max_window_bits=10",
            "permessage-deflate; server_max_window_bits=11",
            no_fit("its server_max_window_bits is above the offered one"),
        ),
        (
            "permessage-deflate; server_no_context_takeover",
            "permessage-deflate",
            no_fit("it lacks the offered server_no_context_takeover"),
        ),
    ];
    for (offer, accepted, expected) in cases {
        let offers = [("Sec-WebSocket-Extensions", offer)];
        let answer = answer(&[("Sec-WebSocket-Extensions", accepted)]);
        assert_eq!(outcome(&offers, &answer).await, expected, "{offer} / {accepted}");
    }
}

#[cfg(feature = "deflate")]
#[tokio::test]
async fn rfc_7692_7_1_agreed_parameters() {
    // Offer, answer, then: server_no_context_takeover, client_no_context_takeover, client_window_bits.
    let cases = [
        ("permessage-deflate", "permessage-deflate", (false, false, 15)),
        ("permessage-deflate; client_max_window_bits", "Permessage-Deflate", (false, false, 15)),
        (
            "permessage-deflate; client_max_window_bits",
            "permessage-deflate; client_max_window_bits=9",
            (false, false, 9),
        ),
        (
            "permessage-deflate; client_max_window_bits",
            "permessage-deflate; client_max_window_bits=\"8\"",
            (false, false, 8),
        ),
        ("permessage-deflate; client_max_window_bits=10", "permessage-deflate", (false, false, 10)),
        (
            "permessage-deflate; client_max_window_bits=10",
            "permessage-deflate; client_max_window_bits=9",
            (false, false, 9),
        ),
        ("permessage-deflate", "permessage-deflate; server_no_context_takeover", (true, false, 15)),
        ("permessage-deflate", "permessage-deflate; client_no_context_takeover", (false, true, 15)),
        ("permessage-deflate; client_no_context_takeover", "permessage-deflate", (false, true, 15)),
        ("permessage-deflate", "permessage-deflate; server_max_window_bits=8", (false, false, 15)),
        ("permessage-deflate; server_max_window_bits=10, permessage-deflate", "permessage-deflate", (false, false, 15)),
        (
            "permessage-deflate; nonsense, permessage-deflate; server_no_context_takeover",
            "permessage-deflate; server_no_context_takeover",
            (true, false, 15),
        ),
    ];
    for (offer, accepted, expected) in cases {
        let request = request(&[("Sec-WebSocket-Extensions", offer)]);
        let (opened, _peer) = open_on(request, &answer(&[("Sec-WebSocket-Extensions", accepted)]), SMALL).await;
        let agreed = opened.unwrap().1.compression.unwrap();
        let agreed = (agreed.server_no_context_takeover, agreed.client_no_context_takeover, agreed.client_window_bits);
        assert_eq!(agreed, expected, "{offer} / {accepted}");
    }
}

#[cfg(not(feature = "deflate"))]
#[tokio::test]
async fn conn_41_accepted_compression_fails_a_build_without_it_by_name() {
    let offers = [("Sec-WebSocket-Extensions", "permessage-deflate")];
    let answer = answer(&[("Sec-WebSocket-Extensions", "permessage-deflate")]);
    assert_eq!(
        outcome(&offers, &answer).await,
        "the server accepted permessage-deflate, which this build of genlock leaves out: build it with the feature \
         `deflate`, or take the extension out of the request's Sec-WebSocket-Extensions"
    );
}

#[tokio::test]
async fn conn_21_answer_split_at_every_byte_with_the_first_frame_behind_it() {
    let mut bytes = answer(&[("Server", "Kestrel")]);
    bytes.extend_from_slice(&frame(TEXT, b"early"));
    for split in 1..bytes.len() {
        let (ours, theirs) = duplex(4096);
        let mut peer = Peer { io: theirs };
        let opening = tokio::spawn(async move { open(Box::new(ours), &request(&[]), &SMALL).await });
        peer.read_request().await;
        peer.write(&bytes[..split]).await;
        tokio::task::yield_now().await;
        peer.write(&bytes[split..]).await;
        let (mut socket, answer) = opening.await.unwrap().unwrap();
        assert_eq!(answer.headers.last().unwrap(), &("Server".to_owned(), "Kestrel".to_owned()));
        assert_eq!(receive_data(&mut socket).await, "early", "split at {split}");
    }
}

#[tokio::test]
async fn conn_21_frames_in_the_segment_of_the_101_are_kept() {
    let mut bytes = answer(&[]);
    for size in [5, 3000, 20_000] {
        bytes.extend_from_slice(&frame(BINARY, &vec![7; size]));
    }
    let (opened, _peer) = open_on(request(&[]), &bytes, SMALL).await;
    let mut socket = opened.unwrap().0;
    for size in [5, 3000, 20_000] {
        assert_eq!(receive_data(&mut socket).await, vec![7; size]);
    }
}

#[tokio::test]
async fn conn_40_refusal_carries_status_line_headers_and_the_beginning_of_the_body() {
    let refusal = b"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic\r\nTransfer-Encoding: chunked\r\n\r\n\
                    3\r\nwho\r\n6\r\n are y\r\n3\r\nou?\r\n0\r\n\r\n";
    let (opened, _peer) = open_on(request(&[]), refusal, SMALL).await;
    let Err(OpenError::Refused(answer)) = opened else { panic!("not refused") };
    assert_eq!(answer.status_line, "HTTP/1.1 401 Unauthorized");
    assert_eq!(answer.headers[0], ("WWW-Authenticate".to_owned(), "Basic".to_owned()));
    assert_eq!(answer.body, "who are you?");
    assert!(!format!("{answer:?}").contains("Basic"), "values of headers stay out of Debug");
}

#[tokio::test]
async fn conn_40_refusal_with_an_endless_body_is_cut_at_the_limit() {
    let (ours, theirs) = duplex(4096);
    let mut peer = Peer { io: theirs };
    let limits = Limits { body_bytes: 10_000, ..SMALL };
    let opening = tokio::spawn(async move { open(Box::new(ours), &request(&[]), &limits).await.map(|_| ()) });
    peer.read_request().await;
    peer.write(b"HTTP/1.1 500 Oops\r\n\r\n").await;
    while peer.io.write_all(&[b'x'; 1000]).await.is_ok() {}
    let Err(OpenError::Refused(answer)) = opening.await.unwrap() else { panic!("not refused") };
    assert_eq!(answer.body.len(), 10_000);
}

#[tokio::test(start_paused = true)]
async fn conn_40_refusal_is_not_held_up_by_a_body_that_never_comes() {
    let refusal = b"HTTP/1.1 503 Busy\r\nContent-Length: 10\r\n\r\nhalf";
    let start = tokio::time::Instant::now();
    let (opened, _peer) = open_on(request(&[]), refusal, SMALL).await;
    let Err(OpenError::Refused(answer)) = opened else { panic!("not refused") };
    assert_eq!(answer.body, "half");
    assert!(start.elapsed() <= Duration::from_secs(1));
}

#[tokio::test]
async fn conn_89_close_frame_in_the_segment_of_the_101() {
    let bytes = [answer(&[]), frame(CLOSE, &close_payload(1013, "later"))].concat();
    let (opened, mut peer) = open_on(request(&[]), &bytes, SMALL).await;
    let mut socket = opened.unwrap().0;
    let expected = Incoming::Close { code: Some(1013), reason: "later".to_owned() };
    assert_eq!(receive(&mut socket).await.unwrap(), expected);
    let (received, code) = tokio::join!(receive(&mut socket), async {
        let code = peer.read_close().await;
        drop(peer);
        code
    });
    assert!(matches!(received, Err(crate::ws::Lost::Closed)));
    assert_eq!(code, 1013);
}
