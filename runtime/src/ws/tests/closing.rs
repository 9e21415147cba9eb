//! The closing handshake (RFC 6455, section 7).

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::peer::*;
use crate::ws::{Incoming, Lost, Outgoing};

#[tokio::test]
async fn conn_89_close_by_the_server() {
    let echoed = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999];
    // Codes that are not to be on the wire, or mean nothing (RFC 6455, section 7.4).
    let wrong = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, u16::MAX];
    let cases = echoed.map(|code| (code, code, "restart")).into_iter();
    for (code, answered, words) in cases.chain(wrong.map(|code| (code, 1002, "Protocol violation"))) {
        // With words as long as they can be, and without.
        for said in ["restart", &"y".repeat(123), ""] {
            let words = if answered == code && words == "restart" { said } else { words };
            closed_by_the_server(&close_payload(code, said), Some(code), said, close_payload(answered, words)).await;
        }
    }
    closed_by_the_server(b"", None, "", Vec::new()).await;
}

/// The server closes, and gets its answer.
async fn closed_by_the_server(payload: &[u8], code: Option<u16>, reason: &str, answered: Vec<u8>) {
    let (mut socket, mut peer) = plain().await;
    peer.write(&frame(CLOSE, payload)).await;
    let expected = Incoming::Close { code, reason: reason.to_owned() };
    assert_eq!(receive(&mut socket).await.unwrap(), expected);
    let (received, ()) = tokio::join!(receive(&mut socket), async {
        assert_eq!(peer.read_frame().await, ClientFrame { first: CLOSE, payload: answered });
        drop(peer);
    });
    assert!(matches!(received, Err(Lost::Closed)), "{received:?}");
    assert!(matches!(receive(&mut socket).await, Err(Lost::Closed)));
}

#[tokio::test]
async fn rfc_6455_7_1_7_close_frame_that_is_wrong_fails_the_connection() {
    let cases: [(Vec<u8>, u16); 7] = [
        (frame(CLOSE, &[3]), 1002),
        (frame(CLOSE, &[3, 246]).into_iter().chain([0xc3]).collect(), 1014), // a byte behind the frame is nobody's
        (frame(CLOSE, &[3, 246, 0xc3]), 1007),
        (frame(CLOSE, &[3, 232, b'a', 0xff]), 1007),
        (frame(0x08, &close_payload(1014, "")), 1002), // without FIN
        (frame(0xc8, &close_payload(1014, "")), 1002), // with RSV1
        (frame(CLOSE, &close_payload(1014, &"y".repeat(124))), 1002),
    ];
    for (bytes, answered) in cases {
        let (mut socket, mut peer) = plain().await;
        peer.write(&bytes).await;
        let (received, code) = tokio::join!(receive(&mut socket), async {
            let code = peer.read_close().await;
            drop(peer);
            code
        });
        assert_eq!(code, answered, "{bytes:?}");
        match received {
            Ok(Incoming::Close { code: Some(1014), .. }) => assert_eq!(answered, 1014),
            Err(Lost::Protocol { code, .. }) => assert_eq!(code, answered, "{bytes:?}"),
            other => panic!("{bytes:?}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn rfc_6455_5_5_1_bad_gateway_is_echoed_wherever_the_bytes_are_cut() {
    let whole = [
        frame(TEXT, b"ahead"),
        frame(0x01, b"half a mes"),
        frame(CLOSE, &close_payload(1014, "no upstream")),
        frame(TEXT, b"late"),
    ]
    .concat();
    for cut in 0..=whole.len() {
        let (mut socket, mut peer) = plain().await;
        let (received, code) = tokio::join!(
            async {
                assert_eq!(receive_data(&mut socket).await, "ahead", "{cut}");
                let closed = receive(&mut socket).await.unwrap();
                (closed, receive(&mut socket).await)
            },
            async {
                peer.write(&whole[..cut]).await;
                tokio::task::yield_now().await;
                peer.write(&whole[cut..]).await;
                let answer = peer.read_frame().await;
                drop(peer);
                answer
            }
        );
        assert_eq!(received.0, Incoming::Close { code: Some(1014), reason: "no upstream".to_owned() }, "{cut}");
        assert!(matches!(received.1, Err(Lost::Closed)), "{cut}: {:?}", received.1);
        assert_eq!(code, ClientFrame { first: CLOSE, payload: close_payload(1014, "no upstream") }, "{cut}");
    }
}

#[tokio::test]
async fn rfc_6455_5_5_1_bad_gateway_as_the_answer_to_our_close_is_not_answered() {
    let (mut socket, mut peer) = plain().await;
    socket.start_close(1000, "").unwrap();
    flush(&mut socket).await;
    assert_eq!(peer.read_close().await, 1000);
    peer.write(&frame(CLOSE, &close_payload(1014, ""))).await;
    assert!(matches!(receive(&mut socket).await, Ok(Incoming::Close { code: Some(1014), .. })));
    flush(&mut socket).await;
    peer.io.shutdown().await.unwrap();
    assert!(matches!(receive(&mut socket).await, Err(Lost::Closed)));
    drop(socket);
    let mut rest = Vec::new();
    peer.io.read_to_end(&mut rest).await.unwrap();
    assert_eq!(rest, b"");
}

#[tokio::test]
async fn rfc_6455_7_4_each_code_is_told_as_it_came() {
    for code in [0, 999, 1000, 1002, 1004, 1005, 1007, 1012, 1013, 1014, 1015, 1016, 2999, 3000, 4999, 5000, u16::MAX] {
        // In two pieces, with the bytes of a second close frame behind it.
        let wire = [frame(CLOSE, &close_payload(code, "words")), frame(CLOSE, &close_payload(1, "more"))].concat();
        let (mut socket, mut peer) = plain().await;
        peer.write(&wire[..3]).await;
        let received = std::future::poll_fn(|cx| std::task::Poll::Ready(socket.poll_receive(cx))).await;
        assert!(received.is_pending());
        peer.write(&wire[3..]).await;
        let expected = Incoming::Close { code: Some(code), reason: "words".to_owned() };
        assert_eq!(receive(&mut socket).await.unwrap(), expected);
    }
}

#[tokio::test]
async fn rfc_6455_5_5_1_data_behind_a_close_frame_is_ignored() {
    let (mut socket, mut peer) = plain().await;
    peer.write(&[frame(CLOSE, &close_payload(1000, "")), frame(TEXT, b"late")].concat()).await;
    assert!(matches!(receive(&mut socket).await, Ok(Incoming::Close { code: Some(1000), .. })));
    assert!(matches!(receive(&mut socket).await, Err(Lost::Closed)));
}

#[tokio::test]
async fn conn_53_close_by_us() {
    let (mut socket, mut peer) = plain().await;
    socket.start_close(1000, "moving").unwrap();
    socket.start_close(1000, "again").unwrap();
    flush(&mut socket).await;
    assert_eq!(peer.read_frame().await, ClientFrame { first: CLOSE, payload: close_payload(1000, "moving") });
    // What was on its way still arrives.
    peer.write(&[frame(TEXT, b"on its way"), frame(CLOSE, &close_payload(1000, ""))].concat()).await;
    drop(peer);
    assert_eq!(receive_data(&mut socket).await, "on its way");
    assert!(matches!(receive(&mut socket).await, Ok(Incoming::Close { code: Some(1000), .. })));
    assert!(matches!(receive(&mut socket).await, Err(Lost::Closed)));
}

#[tokio::test]
async fn rfc_6455_5_5_1_nothing_is_sent_after_a_close_frame() {
    let (mut socket, mut peer) = plain().await;
    socket.start_close(1000, "").unwrap();
    assert!(matches!(socket.start_send(Outgoing::Text("late".into())), Err(Lost::Closed)));
    flush(&mut socket).await;
    assert_eq!(peer.read_frame().await.first, CLOSE);
}

#[tokio::test]
async fn conn_88_connection_that_just_ends_is_dropped_not_closed() {
    let (mut socket, peer) = plain().await;
    drop(peer);
    assert!(matches!(receive(&mut socket).await, Err(Lost::Dropped)));

    let (mut socket, mut peer) = plain().await;
    peer.write(&frame(TEXT, b"half a frame")[..5]).await;
    drop(peer);
    assert!(matches!(receive(&mut socket).await, Err(Lost::Dropped)));
}

#[tokio::test]
async fn conn_89_half_a_closing_handshake() {
    // We close, and the server ends the connection without an answer.
    let (mut socket, mut peer) = plain().await;
    socket.start_close(1000, "").unwrap();
    flush(&mut socket).await;
    assert_eq!(peer.read_close().await, 1000);
    drop(peer);
    assert!(matches!(receive(&mut socket).await, Err(Lost::Dropped)));

    // The server closes, and is gone before our answer.
    let (mut socket, mut peer) = plain().await;
    peer.write(&frame(CLOSE, &close_payload(1001, ""))).await;
    drop(peer);
    assert!(matches!(receive(&mut socket).await, Ok(Incoming::Close { code: Some(1001), .. })));
    let lost = receive(&mut socket).await;
    assert!(matches!(lost, Err(Lost::Closed | Lost::Io(_))), "{lost:?}");
}

#[tokio::test]
async fn rfc_6455_5_5_long_reason_is_cut_at_a_character() {
    let (mut socket, mut peer) = plain().await;
    socket.start_close(1000, &"\u{e9}".repeat(100)).unwrap();
    flush(&mut socket).await;
    let close = peer.read_frame().await;
    assert_eq!(close.payload, close_payload(1000, &"\u{e9}".repeat(61)));
}

#[tokio::test(start_paused = true)]
async fn rel_03_peer_that_ignores_our_close_is_left_after_a_second() {
    let (mut socket, mut peer) = plain().await;
    peer.write(&frame(0x83, b"")).await;
    let start = tokio::time::Instant::now();
    assert_eq!(receive_fault(&mut socket).await.0, 1002);
    assert!(start.elapsed() <= Duration::from_millis(1100));
    assert_eq!(peer.read_close().await, 1002);
    assert!(matches!(receive(&mut socket).await, Err(Lost::Closed)));
    assert!(matches!(socket.start_send(Outgoing::Text("late".into())), Err(Lost::Closed)));
}
