//! Compressed messages from the server (RFC 7692).

use std::future::poll_fn;

use flate2::{Compress, Compression as Level, FlushCompress};

use super::codec::*;
use super::peer::*;
use crate::ws::transport::FrameCounts;
use crate::ws::{Incoming, Limits};

const OFFER: &str = "permessage-deflate; client_max_window_bits";

/// Text in which every part repeats an earlier one, so that windows matter.
fn sample(len: usize) -> Vec<u8> {
    (0_u32..).flat_map(|line| format!("{{\"line\":{line},\"tally\":\"on\"}}\n").into_bytes()).take(len).collect()
}

#[tokio::test]
async fn conn_41_compressed_frame_in_the_segment_of_the_101() {
    let request = request(&[("Sec-WebSocket-Extensions", OFFER)]);
    let mut bytes = answer(&[("Sec-WebSocket-Extensions", "permessage-deflate")]);
    let head = bytes.len();
    let message = sample(30_000);
    bytes.extend(frame(TEXT | RSV1, &compress(&mut compressor(), &message)));
    for split in [head, head + 1, head + 100, bytes.len() - 1, bytes.len()] {
        let (opened, mut peer) = open_on(request.clone(), &bytes[..split], SMALL).await;
        let mut socket = opened.unwrap().0;
        peer.write(&bytes[split..]).await;
        assert!(receive_data(&mut socket).await == message);
    }
}

#[tokio::test]
async fn rfc_7692_7_2_3_examples() {
    let (mut socket, mut peer) = deflating(OFFER, "permessage-deflate").await;
    let hello: &[&[u8]] = &[
        // 7.2.3.1: one frame, then two.
        &[0xc1, 0x07, 0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00],
        // 7.2.3.2: with the window of the first.
        &[0xc1, 0x05, 0xf2, 0x00, 0x11, 0x00, 0x00],
        &[0x41, 0x03, 0xf2, 0x48, 0xcd, 0x80, 0x04, 0xc9, 0xc9, 0x07, 0x00],
        // 7.2.3.3: a block without compression.
        &[0xc1, 0x0b, 0x00, 0x05, 0x00, 0xfa, 0xff, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x00],
        // 7.2.3.4: a block with BFINAL, with and without the empty block behind it.
        &[0xc1, 0x08, 0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00],
        &[0xc1, 0x07, 0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00],
        // 7.2.3.5: two blocks in one message.
        &[0xc1, 0x0d, 0xf2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xff, 0xff, 0xca, 0xc9, 0xc9, 0x07, 0x00],
    ];
    for wire in hello {
        peer.write(wire).await;
        assert_eq!(receive_data(&mut socket).await, "Hello", "{wire:x?}");
    }
    // 7.2.3.6: an empty message, and one that lacks even its block.
    for wire in [&[0xc1, 0x01, 0x00][..], &[0xc1, 0x00]] {
        peer.write(wire).await;
        assert_eq!(receive_data(&mut socket).await, "", "{wire:x?}");
    }
    peer.write(hello[0]).await;
    peer.write(hello[1]).await;
    assert_eq!(receive_data(&mut socket).await, "Hello");
    assert_eq!(receive_data(&mut socket).await, "Hello");
    assert_eq!(socket.frames(), FrameCounts { compressed_received: 11, ..FrameCounts::default() });
}

#[tokio::test]
async fn conn_84_compressed_message_fragmented_at_every_position_with_pings_between() {
    let message = sample(700);
    let data = compress(&mut compressor(), &message);
    let (mut socket, mut peer) =
        deflating("permessage-deflate", "permessage-deflate; server_no_context_takeover").await;
    for first in 0..=data.len() {
        let second = first + (data.len() - first) / 2;
        let parts = [
            frame(0x02 | RSV1, &data[..first]),
            frame(PING, b"a"),
            frame(0x00, &data[first..second]),
            frame(PONG, b"b"),
            frame(PING, b"c"),
            frame(0x80, &data[second..]),
        ];
        peer.write(&parts.concat()).await;
        assert_eq!(receive(&mut socket).await.unwrap(), Incoming::Pong("b".into()));
        assert_eq!(receive_data(&mut socket).await, message, "split at {first} and {second}");
        // A pong that could not be written at once, as when the task has had its turn, goes with the next flush.
        poll_fn(|cx| socket.poll_flush(cx)).await.unwrap();
        for payload in [b"a", b"c"] {
            assert_eq!(peer.read_frame().await, ClientFrame { first: PONG, payload: payload.to_vec() });
        }
    }
}

#[tokio::test]
async fn conn_84_plain_messages_among_compressed_ones() {
    let (mut socket, mut peer) = deflating(OFFER, "permessage-deflate").await;
    let mut deflate = compressor();
    for size in [0, 1, 125, 1023, 1024, 1025, 65535, 65536, 65537, 200_000] {
        let message = sample(size);
        let wire = [
            frame(BINARY | RSV1, &compress(&mut deflate, &message)),
            frame(TEXT, &message),
            frame(0x01, &message[..size / 2]),
            frame(PING, b""),
            frame(0x80, &message[size / 2..]),
        ];
        let serving = tokio::spawn(async move {
            peer.write(&wire.concat()).await;
            peer
        });
        for _ in 0..3 {
            assert!(receive_data(&mut socket).await == message, "{size} bytes");
        }
        peer = serving.await.unwrap();
    }
    let counts = FrameCounts { plain_received: 20, compressed_received: 10, ..FrameCounts::default() };
    assert_eq!(socket.frames(), counts);
}

#[tokio::test]
async fn rel_04_five_compressed_megabytes() {
    let (mut socket, mut peer) = deflating(OFFER, "permessage-deflate").await;
    let message = sample(5 << 20);
    let wire = frame(TEXT | RSV1, &compress(&mut Compress::new(Level::fast(), false), &message));
    let serving = tokio::spawn(async move { peer.write(&wire).await });
    assert!(receive_data(&mut socket).await == message);
    serving.await.unwrap();
}

#[tokio::test]
async fn rfc_7692_7_1_1_1_context_takeover_of_the_server() {
    let message = sample(500);
    let mut deflate = compressor();
    let first = frame(TEXT | RSV1, &compress(&mut deflate, &message));
    let second = frame(TEXT | RSV1, &compress(&mut deflate, &message));
    assert!(second.len() < first.len() / 2, "the second message is mostly a reference to the first one");

    let (mut socket, mut peer) = deflating(OFFER, "permessage-deflate").await;
    peer.write(&[first.clone(), second.clone()].concat()).await;
    assert_eq!(receive_data(&mut socket).await, message);
    assert_eq!(receive_data(&mut socket).await, message);

    let (mut socket, mut peer) = deflating(OFFER, "permessage-deflate; server_no_context_takeover").await;
    peer.write(&[first.clone(), first, second].concat()).await;
    assert_eq!(receive_data(&mut socket).await, message);
    assert_eq!(receive_data(&mut socket).await, message);
    // A server that agreed to forget must not refer back.
    drop(peer);
    assert_eq!(receive_fault(&mut socket).await.0, 1007);
}

#[tokio::test]
async fn rfc_7692_7_1_2_1_every_window_of_the_server_is_read() {
    for bits in 9..=15 {
        let accepted = format!("permessage-deflate; server_max_window_bits={bits}");
        let (mut socket, mut peer) = deflating(OFFER, &accepted).await;
        let mut deflate = Compress::new_with_window_bits(Level::default(), false, bits);
        for _ in 0..3 {
            let message = sample(40_000);
            peer.write(&frame(BINARY | RSV1, &compress(&mut deflate, &message))).await;
            assert!(receive_data(&mut socket).await == message, "{bits} bits");
        }
    }
}

#[tokio::test]
async fn bey_09_a_part_of_a_message_is_heard_before_anything_comes_out() {
    let (mut socket, mut peer) = deflating(OFFER, "permessage-deflate").await;
    assert!(!socket.take_heard());
    let wire = frame(TEXT | RSV1, &compress(&mut compressor(), &sample(50)));
    for piece in [&wire[..2], &wire[2..3]] {
        peer.write(piece).await;
        let received = std::future::poll_fn(|cx| std::task::Poll::Ready(socket.poll_receive(cx))).await;
        assert!(received.is_pending());
        assert!(socket.take_heard() && !socket.take_heard());
    }
    peer.write(&wire[3..]).await;
    assert_eq!(receive_data(&mut socket).await, sample(50));
    assert!(socket.take_heard());
}

/// What has to be answered with a close frame.
async fn fault(wire: &[u8], limits: Limits) -> (u16, String) {
    let request = request(&[("Sec-WebSocket-Extensions", OFFER)]);
    let accepted = answer(&[("Sec-WebSocket-Extensions", "permessage-deflate")]);
    let (opened, mut peer) = open_on(request, &accepted, limits).await;
    let mut socket = opened.unwrap().0;
    // A good message ahead of the fault must not get lost.
    peer.write(&frame(TEXT, b"good")).await;
    let wire = wire.to_vec();
    let serving = tokio::spawn(async move {
        peer.write(&wire).await;
        let code = peer.read_close().await;
        drop(peer);
        code
    });
    assert_eq!(receive_data(&mut socket).await, "good");
    let (code, reason) = receive_fault(&mut socket).await;
    assert_eq!(serving.await.unwrap(), code);
    (code, reason)
}

#[tokio::test]
async fn rfc_7692_faults_of_the_server_are_answered_with_their_code() {
    let hello = compress(&mut compressor(), b"Hello");
    let not_first = "RSV1 is set on a frame that does not begin a message (RFC 7692, section 6.1)";
    let inside = "a message begins inside another one (RFC 6455, section 5.4)";
    let invalid = "the data of a compressed message is not deflate data: ";
    let cases: &[(&[u8], u16, &str)] = &[
        (&frame(PING | RSV1, b""), 1002, not_first),
        (&frame(CLOSE | RSV1, b""), 1002, not_first),
        (&frame(0x80 | RSV1, b""), 1002, not_first),
        (&[frame(0x01, b"a"), frame(0x80 | RSV1, b"b")].concat(), 1002, not_first),
        (&[frame(0x01 | RSV1, &hello), frame(0x80 | RSV1, b"")].concat(), 1002, not_first),
        (&[frame(0x01 | RSV1, &hello), frame(TEXT, b"x")].concat(), 1002, inside),
        (&[frame(0x01 | RSV1, &hello), frame(TEXT | RSV1, &hello)].concat(), 1002, inside),
        (&[frame(0x01, b"x"), frame(TEXT | RSV1, &hello)].concat(), 1002, inside),
        (&[0xc1, 0x81, 0, 0, 0, 0, 0], 1002, "a frame from the server is masked (RFC 6455, section 5.1)"),
        (&[0x81, 0x81, 0, 0, 0, 0, 0], 1002, "a frame from the server is masked (RFC 6455, section 5.1)"),
        (&frame(TEXT | RSV1 | 0x20, &hello), 1002, "RSV2 or RSV3 is set (RFC 6455, section 5.2)"),
        (&[frame(0x01 | RSV1, &hello), frame(0x90, b"")].concat(), 1002, "RSV2 or RSV3 is set"),
        (&[frame(0x01 | RSV1, &hello), frame(0x83, b"")].concat(), 1002, "reserved opcode"),
        // Left to tungstenite.
        (&frame(TEXT | 0x10, b"x"), 1002, "Reserved bits are non-zero"),
        (&frame(0x83 | RSV1, b"x"), 1002, "Encountered invalid opcode: 3"),
        (&frame(0x80, b"x"), 1002, "Continue frame but nothing to continue"),
        // A block of the reserved type 3, a wrong length, a distance beyond the beginning.
        (&frame(TEXT | RSV1, &[0x06]), 1007, invalid),
        (&frame(TEXT | RSV1, &[0x00, 0x05, 0x00, 0x00, 0x00]), 1007, invalid),
        (&frame(TEXT | RSV1, &[0xf2, 0x00, 0x11, 0x00, 0x00]), 1007, invalid),
        // What comes out is no UTF-8.
        (&frame(TEXT | RSV1, &compress(&mut compressor(), &[0xff])), 1007, "UTF-8"),
        (&frame(TEXT | RSV1, &compress(&mut compressor(), &[b'a', 0xc3])), 1007, "UTF-8"),
    ];
    for (wire, code, reason) in cases {
        let fault = fault(wire, SMALL).await;
        assert_eq!(fault.0, *code, "{wire:x?}: {}", fault.1);
        assert!(fault.1.contains(reason), "{wire:x?}: {}", fault.1);
    }
}

/// Compressed zeros, `mebibytes` of them in about a thousandth of the size.
fn zeros(mebibytes: usize) -> Vec<u8> {
    let mut one = Vec::with_capacity(8192);
    // A full flush forgets the window, so the bytes can be repeated.
    compressor().compress_vec(&vec![0; 1 << 20], &mut one, FlushCompress::Full).unwrap();
    one.repeat(mebibytes)
}

#[tokio::test]
async fn conn_85_bomb_ends_at_the_limit_with_1009() {
    let bomb = zeros(1024);
    assert!(bomb.len() < 2 << 20);
    let before = peak_memory();
    let (code, reason) = fault(&frame(BINARY | RSV1, &bomb), SMALL).await;
    assert_eq!((code, reason.as_str()), (1009, "a message is larger than the limit of 16777216 bytes"));
    if let (Some(before), Some(after)) = (before, peak_memory()) {
        // Twice the limit while the message grows, and what the other tests of this process use meanwhile.
        assert!(after < before + (200 << 10), "{before} KiB before, {after} KiB at the peak");
    }
}

/// The largest memory that this process had so far, in KiB, where the platform tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().trim_end_matches("kB").trim().parse().ok()
}

#[tokio::test]
async fn conn_85_limit_counts_inflated_bytes() {
    let limits = Limits { message_bytes: 1 << 20, ..SMALL };
    let mut data = zeros(1);
    data.truncate(data.len() - 4);
    let request = request(&[("Sec-WebSocket-Extensions", OFFER)]);
    let accepted = answer(&[("Sec-WebSocket-Extensions", "permessage-deflate")]);
    let (opened, mut peer) = open_on(request, &accepted, limits).await;
    let mut socket = opened.unwrap().0;
    peer.write(&frame(BINARY | RSV1, &data)).await;
    assert_eq!(receive_data(&mut socket).await.len(), 1 << 20);

    let beyond = [zeros(1), compress(&mut compressor(), b"x")].concat();
    assert_eq!(fault(&frame(BINARY | RSV1, &beyond), limits).await.0, 1009);
}

#[tokio::test]
async fn rel_03_compressed_message_of_endless_empty_fragments_is_cut_off() {
    let limits = Limits { message_fragments: 1000, ..SMALL };
    for first in [0x01 | RSV1, 0x01] {
        let wire = [frame(first, b""), frame(0x00, b"").repeat(1000)].concat();
        let expected = (1009, "a message comes in more than the limit of 1000 fragments".to_owned());
        assert_eq!(fault(&wire, limits).await, expected);
    }
    // What one frame inflates to is handed up in many, which count for nothing.
    let mut data = zeros(1);
    data.truncate(data.len() - 4);
    let wire = frame(BINARY | RSV1, &data);
    let limits = Limits { message_fragments: 1, ..SMALL };
    let offer = request(&[("Sec-WebSocket-Extensions", "permessage-deflate")]);
    let accepted = answer(&[("Sec-WebSocket-Extensions", "permessage-deflate")]);
    let (opened, mut peer) = open_on(offer, &accepted, limits).await;
    let mut socket = opened.unwrap().0;
    peer.write(&wire).await;
    assert_eq!(receive_data(&mut socket).await.len(), 1 << 20);
}

#[tokio::test]
async fn rel_03_compressed_message_that_inflates_to_nothing_for_ever_is_cut_off() {
    let limits = Limits { message_bytes: 10_000, ..SMALL };
    let empty_block = [0x00, 0x00, 0x00, 0xff, 0xff];
    let mut wire = frame(0x01 | RSV1, &empty_block.repeat(100));
    for _ in 0..30 {
        wire.extend(frame(0x00, &empty_block.repeat(100)));
    }
    let (code, reason) = fault(&wire, limits).await;
    assert_eq!((code, reason.as_str()), (1009, "a compressed message is larger than 11649 bytes"));
    // The length alone is enough.
    let announced = [&[0xc1, 127][..], &u64::MAX.to_be_bytes()].concat();
    assert_eq!(fault(&announced, limits).await.0, 1009);
}

#[tokio::test]
async fn rfc_6455_5_5_1_bad_gateway_is_echoed_behind_compressed_messages() {
    let (message, close) = (sample(30_000), close_payload(1014, "no upstream"));
    let wire = [frame(TEXT | RSV1, &compress(&mut compressor(), &message)), frame(CLOSE, &close)].concat();
    for from_the_end in 0..=close.len() + 2 {
        let (mut socket, mut peer) = deflating(OFFER, "permessage-deflate").await;
        let (first, second) = wire.split_at(wire.len() - from_the_end);
        peer.write(first).await;
        assert!(receive_data(&mut socket).await == message);
        peer.write(second).await;
        let expected = Incoming::Close { code: Some(1014), reason: "no upstream".to_owned() };
        assert_eq!(receive(&mut socket).await.unwrap(), expected, "{from_the_end}");
        assert_eq!(peer.read_frame().await, ClientFrame { first: CLOSE, payload: close.clone() }, "{from_the_end}");
    }
}
