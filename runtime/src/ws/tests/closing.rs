//! The closing handshake (RFC 6455, section 7).

use std::time::Duration;

use super::peer::*;
use crate::ws::{Incoming, Lost, Outgoing};

#[tokio::test]
async fn conn_89_close_by_the_server() {
    for (payload, code, reason, answered) in [
        (close_payload(1001, "restart"), Some(1001), "restart", close_payload(1001, "restart")),
        (close_payload(4000, ""), Some(4000), "", close_payload(4000, "")),
        (Vec::new(), None, "", Vec::new()),
        // A code that must not be on the wire is answered with 1002, and so is 1014, which tungstenite does not know.
        (close_payload(1006, "gone"), Some(1006), "gone", close_payload(1002, "Protocol violation")),
        (close_payload(1014, "no upstream"), Some(1014), "no upstream", close_payload(1002, "Protocol violation")),
    ] {
        let (mut socket, mut peer) = plain().await;
        peer.write(&frame(CLOSE, &payload)).await;
        let expected = Incoming::Close { code, reason: reason.to_owned() };
        assert_eq!(receive(&mut socket).await.unwrap(), expected);
        let (received, ()) = tokio::join!(receive(&mut socket), async {
            assert_eq!(peer.read_frame().await, ClientFrame { first: CLOSE, payload: answered });
            drop(peer);
        });
        assert!(matches!(received, Err(Lost::Closed)), "{received:?}");
        assert!(matches!(receive(&mut socket).await, Err(Lost::Closed)));
    }
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
