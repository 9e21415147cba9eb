//! Messages without compression, and the control frames among them.

use bytes::Bytes;

use super::peer::*;
use crate::value::Text;
use crate::ws::transport::FrameCounts;
use crate::ws::{Incoming, Limits, Outgoing};

/// Bytes that show when something is lost, doubled or moved.
fn sample(len: usize) -> Vec<u8> {
    (0..len).map(|position| b'a' + u8::try_from(position % 23).unwrap()).collect()
}

/// A message in fragments of `size` bytes, a ping behind each of them but the last.
fn fragments(opcode: u8, message: &[u8], size: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut chunks = message.chunks(size).peekable();
    let mut first = opcode & 0x0f;
    while let Some(chunk) = chunks.next() {
        let last = chunks.peek().is_none();
        bytes.extend(frame(if last { 0x80 | first } else { first }, chunk));
        if !last {
            bytes.extend(frame(PING, b"?"));
        }
        first = 0;
    }
    bytes
}

#[tokio::test]
async fn rel_01_rel_02_messages_of_every_size_arrive_whole() {
    for size in [0, 1, 125, 126, 1023, 1024, 1025, 4096, 65535, 65536, 65537, 200_000] {
        for fragment in [usize::MAX, 1000, 1024, 4095, 65536] {
            let (mut socket, mut peer) = plain().await;
            let message = sample(size);
            let wire = if size == 0 { frame(TEXT, &[]) } else { fragments(TEXT, &message, fragment) };
            let serving = tokio::spawn(async move {
                peer.write(&wire).await;
                peer
            });
            let expected = Incoming::Text(Text::from_utf8(message.into()).unwrap());
            assert_eq!(receive(&mut socket).await.unwrap(), expected, "{size} bytes in fragments of {fragment}");
            serving.await.unwrap();
        }
    }
}

#[tokio::test]
async fn rel_04_conn_83_86_five_megabytes_each_way() {
    let (mut socket, mut peer) = plain().await;
    let message = Bytes::from(sample(5 << 20));
    let reply = message.clone();
    let serving = tokio::spawn(async move {
        let text = peer.read_frame().await;
        assert_eq!((text.first, text.payload == reply), (TEXT, true));
        let binary = peer.read_frame().await;
        assert_eq!((binary.first, binary.payload == reply), (BINARY, true));
        peer.write(&frame(BINARY, &reply)).await;
        peer
    });
    send(&mut socket, Outgoing::Text(message.clone())).await;
    send(&mut socket, Outgoing::Binary(message.clone())).await;
    assert!(receive_data(&mut socket).await == message);
    serving.await.unwrap();
    let counts = FrameCounts { plain_received: 1, plain_sent: 2, ..FrameCounts::default() };
    assert_eq!(socket.frames(), counts);
}

#[tokio::test]
async fn rel_04_slow_reader_holds_up_the_sender() {
    let (mut socket, mut peer) = plain().await;
    let mut accepted = 0;
    while let Ok(ready) =
        tokio::time::timeout(std::time::Duration::from_millis(20), std::future::poll_fn(|cx| socket.poll_ready(cx)))
            .await
    {
        ready.unwrap();
        socket.start_send(Outgoing::Binary(sample(10_000).into())).unwrap();
        accepted += 1;
        assert!(accepted < 20, "the pipe holds 65,536 bytes");
    }
    let reading = tokio::spawn(async move {
        for _ in 0..accepted {
            assert_eq!(peer.read_frame().await.payload, sample(10_000));
        }
    });
    flush(&mut socket).await;
    reading.await.unwrap();
}

#[tokio::test]
async fn conn_80_text_and_binary_have_their_opcodes() {
    let (mut socket, mut peer) = plain().await;
    send(&mut socket, Outgoing::Text("h\u{e9}".into())).await;
    send(&mut socket, Outgoing::Binary(Bytes::from_static(&[0, 255]))).await;
    assert_eq!(peer.read_frame().await, ClientFrame { first: TEXT, payload: "h\u{e9}".into() });
    assert_eq!(peer.read_frame().await, ClientFrame { first: BINARY, payload: vec![0, 255] });
}

#[tokio::test]
async fn conn_87_pings_are_answered_inside() {
    let (mut socket, mut peer) = plain().await;
    peer.write(&frame(PING, b"one")).await;
    peer.write(&frame(TEXT, b"x")).await;
    assert_eq!(receive_data(&mut socket).await, "x");
    assert_eq!(peer.read_frame().await, ClientFrame { first: PONG, payload: b"one".to_vec() });
}

#[tokio::test]
async fn bey_09_ping_and_its_answer() {
    let (mut socket, mut peer) = plain().await;
    send(&mut socket, Outgoing::Ping(vec![b'p'; 200].into())).await;
    let ping = peer.read_frame().await;
    assert_eq!((ping.first, ping.payload.len()), (PING, 125));
    peer.write(&frame(PONG, &ping.payload)).await;
    assert_eq!(receive(&mut socket).await.unwrap(), Incoming::Pong(ping.payload.into()));
}

#[tokio::test]
async fn conn_87_peer_that_pings_and_never_reads_is_held_up() {
    let (mut socket, mut peer) = plain().await;
    let ping = frame(PING, &[b'p'; 125]);
    let flood = tokio::spawn(async move {
        let mut pings = 0;
        loop {
            let write = peer.write(&ping);
            if tokio::time::timeout(std::time::Duration::from_millis(50), write).await.is_err() {
                return (pings, peer);
            }
            pings += 1;
        }
    });
    let receiving = tokio::spawn(async move {
        let _ = receive(&mut socket).await;
    });
    // Two pipes of 64 KiB, the read buffer, and 1,024 pongs.
    let (pings, peer) = flood.await.unwrap();
    assert!(pings < 3000, "{pings} pings were read");
    drop(peer);
    receiving.await.unwrap();
}

#[tokio::test]
async fn conn_85_message_beyond_the_limit_is_refused_with_1009() {
    let limits = Limits { message_bytes: 1000, ..SMALL };
    let whole = frame(TEXT, &sample(1001));
    let only_announced = [&[BINARY, 127][..], &u64::MAX.to_be_bytes()].concat();
    let fragmented = fragments(TEXT, &sample(1001), 100);
    for wire in [whole, only_announced, fragmented] {
        let (opened, mut peer) = open_on(request(&[]), &answer(&[]), limits).await;
        let mut socket = opened.unwrap().0;
        peer.write(&frame(TEXT, &sample(1000))).await;
        peer.write(&wire).await;
        assert_eq!(receive_data(&mut socket).await, sample(1000));
        let (fault, code) = tokio::join!(receive_fault(&mut socket), async {
            loop {
                let frame = peer.read_frame().await;
                if frame.first == CLOSE {
                    drop(peer);
                    break u16::from_be_bytes([frame.payload[0], frame.payload[1]]);
                }
            }
        });
        assert_eq!(fault, (1009, "a message is larger than the limit of 1000 bytes".to_owned()));
        assert_eq!(code, 1009);
    }
}

#[tokio::test]
async fn rel_03_endless_message_is_cut_off_and_the_peer_learns_why() {
    let limits = Limits { message_bytes: 100_000, ..SMALL };
    let (opened, peer) = open_on(request(&[]), &answer(&[]), limits).await;
    let mut socket = opened.unwrap().0;
    let (mut reading, mut writing) = tokio::io::split(peer.io);
    let flood = tokio::spawn(async move {
        use tokio::io::AsyncWriteExt as _;
        let _ = writing.write_all(&frame(0x01, b"x")).await;
        while writing.write_all(&frame(0x00, &[b'x'; 1000])).await.is_ok() {}
    });
    let close = tokio::spawn(async move {
        use tokio::io::AsyncReadExt as _;
        let mut bytes = [0; 8];
        reading.read_exact(&mut bytes).await.unwrap();
        let [CLOSE, _, m0, m1, _, _, c0, c1] = bytes else { panic!("not a close frame: {bytes:x?}") };
        u16::from_be_bytes([c0 ^ m0, c1 ^ m1])
    });
    assert_eq!(receive_fault(&mut socket).await.0, 1009);
    assert_eq!(close.await.unwrap(), 1009);
    drop(socket);
    flood.await.unwrap();
}

#[tokio::test]
async fn rel_03_message_of_endless_empty_fragments_is_cut_off() {
    let limits = Limits { message_fragments: 1000, ..SMALL };
    let (opened, mut peer) = open_on(request(&[]), &answer(&[]), limits).await;
    let mut socket = opened.unwrap().0;
    // Pings are no fragments, and each message has all of its own.
    for _ in 0..3 {
        let most = [frame(0x01, b"x"), frame(0x00, b"").repeat(998), frame(PONG, b""), frame(0x80, b"y")].concat();
        peer.write(&most).await;
        assert!(matches!(receive(&mut socket).await, Ok(Incoming::Pong(_))));
        assert_eq!(receive_data(&mut socket).await, "xy");
    }
    peer.write(&[frame(0x01, b"x"), frame(0x00, b"").repeat(1000)].concat()).await;
    let (fault, code) = tokio::join!(receive_fault(&mut socket), async {
        let ClientFrame { first, payload } = peer.read_frame().await;
        drop(peer);
        (first, u16::from_be_bytes([payload[0], payload[1]]))
    });
    assert_eq!(fault, (1009, "a message comes in more than the limit of 1000 fragments".to_owned()));
    assert_eq!(code, (CLOSE, 1009));
}

#[tokio::test]
async fn rfc_6455_faults_of_the_server_are_answered_with_their_code() {
    let masked = [&[TEXT, 0x81][..], &[0, 0, 0, 0], b"x"].concat();
    let cases: &[(&str, Vec<u8>, u16, &str)] = &[
        ("5.1 masked", masked, 1002, "Received a masked frame from server"),
        ("5.2 RSV1 without an extension", frame(TEXT | RSV1, b"x"), 1002, "Reserved bits are non-zero"),
        ("5.2 RSV2", frame(TEXT | 0x20, b"x"), 1002, "Reserved bits are non-zero"),
        ("5.2 opcode 3", frame(0x83, b""), 1002, "Encountered invalid opcode: 3"),
        ("5.2 opcode 11", frame(0x8b, b""), 1002, "Encountered invalid opcode: 11"),
        ("5.4 continuation of nothing", frame(0x80, b"x"), 1002, "Continue frame but nothing to continue"),
        (
            "5.4 message in a message",
            [frame(0x01, b"x"), frame(TEXT, b"y")].concat(),
            1002,
            "While waiting for more fragments received: TEXT",
        ),
        ("5.5 fragmented ping", frame(0x09, b"x"), 1002, "Fragmented control frame"),
        ("5.5 long ping", frame(PING, &[0; 126]), 1002, "Control frame too big (payload must be 125 bytes or less)"),
        ("5.5.1 close of one byte", frame(CLOSE, &[3]), 1002, "Invalid close sequence"),
        ("8.1 text", frame(TEXT, &[0xff]), 1007, ""),
        ("8.1 text in fragments", [frame(0x01, &[0xc3]), frame(0x80, &[0x28])].concat(), 1007, ""),
        ("8.1 text cut short", frame(TEXT, &[0xc3]), 1007, ""),
        ("8.1 reason of a close", frame(CLOSE, &[3, 232, 0xff]), 1007, ""),
    ];
    for (name, wire, code, reason) in cases {
        let (mut socket, mut peer) = plain().await;
        peer.write(wire).await;
        let (fault, sent) = tokio::join!(receive_fault(&mut socket), async {
            let sent = peer.read_close().await;
            drop(peer);
            sent
        });
        assert_eq!((fault.0, sent), (*code, *code), "{name}");
        assert!(fault.1.contains(reason), "{name}: {}", fault.1);
    }
}

#[tokio::test]
async fn conn_84_text_split_inside_a_character_is_joined() {
    let (mut socket, mut peer) = plain().await;
    let text = "\u{20ac}\u{1f600}".as_bytes();
    peer.write(&fragments(TEXT, text, 1)).await;
    assert_eq!(receive_data(&mut socket).await, text);
}

#[tokio::test]
async fn rfc_6455_8_1_wrong_text_is_refused_before_its_frame_is_complete() {
    let (mut socket, mut peer) = plain().await;
    peer.write(&frame(TEXT, "ahead \u{1f43b}".as_bytes())).await;
    // 1,000 bytes are announced, of which the third can't be part of a text.
    let announced = frame(TEXT, &[&b"ab\xff"[..], &sample(997)].concat());
    peer.write(&announced[..7]).await;
    assert_eq!(receive_data(&mut socket).await, "ahead \u{1f43b}");
    let (fault, code) = tokio::join!(receive_fault(&mut socket), async {
        let code = peer.read_close().await;
        drop(peer);
        code
    });
    assert_eq!(fault, (1007, "a text is not UTF-8: the bytes that have come begin no text".to_owned()));
    assert_eq!(code, 1007);
}
