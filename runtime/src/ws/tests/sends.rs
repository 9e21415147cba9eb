//! Compressed messages to the server (RFC 7692).

use flate2::{Decompress, FlushDecompress};

use super::codec::*;
use super::peer::*;
use crate::ws::Outgoing;
use crate::ws::transport::FrameCounts;

const OFFER: &str = "permessage-deflate; client_max_window_bits";

/// Text in which every part repeats earlier ones, near and far.
fn sample(len: usize) -> Vec<u8> {
    (0_u32..)
        .flat_map(|line| format!("{{\"line\":{},\"tally\":\"on\"}}\n", line % 700).into_bytes())
        .take(len)
        .collect()
}

/// Bytes that no compressor makes shorter.
fn noise(len: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state.to_be_bytes()[0]
    };
    (0..len).map(|_| next()).collect()
}

#[tokio::test]
async fn rfc_7692_7_1_1_2_context_takeover_of_the_client() {
    let message = sample(500);
    for (accepted, takeover) in
        [("permessage-deflate", true), ("permessage-deflate; client_no_context_takeover", false)]
    {
        let (mut socket, mut peer) = deflating(OFFER, accepted).await;
        let mut decompress = Decompress::new(false);
        let mut lengths = Vec::new();
        for _ in 0..3 {
            send(&mut socket, Outgoing::Text(message.clone().into())).await;
            let frame = peer.read_frame().await;
            assert_eq!(frame.first, TEXT | RSV1);
            lengths.push(frame.payload.len());
            if !takeover {
                decompress.reset(false);
            }
            assert_eq!(inflate(&mut decompress, &frame.payload, 1000), message);
        }
        assert_eq!(lengths[1] < lengths[0] / 2, takeover, "{lengths:?}");
        assert_eq!(socket.frames(), FrameCounts { compressed_sent: 3, ..FrameCounts::default() });
    }
}

#[tokio::test]
async fn rfc_7692_7_1_2_2_window_of_the_client_is_kept_to() {
    for bits in 9..=15_u8 {
        let (mut socket, mut peer) =
            deflating(OFFER, &format!("permessage-deflate; client_max_window_bits={bits}")).await;
        let mut decompress = Decompress::new_with_window_bits(false, bits);
        for _ in 0..2 {
            let message = sample(100_000);
            send(&mut socket, Outgoing::Binary(message.clone().into())).await;
            let frame = peer.read_frame().await;
            assert_eq!(frame.first, BINARY | RSV1);
            // Little room at a time: only what is within the window can be referred to.
            let data = [&frame.payload[..], &[0, 0, 0xff, 0xff]].concat();
            let start = decompress.total_in();
            let mut inflated = Vec::new();
            let mut room = [0; 64];
            while inflated.len() < message.len() {
                let taken = usize::try_from(decompress.total_in() - start).unwrap();
                let made = decompress.total_out();
                decompress.decompress(&data[taken..], &mut room, FlushDecompress::Sync).unwrap();
                inflated.extend_from_slice(&room[..usize::try_from(decompress.total_out() - made).unwrap()]);
            }
            assert!(inflated == message, "{bits} bits");
            let taken = usize::try_from(decompress.total_in() - start).unwrap();
            let mut rest = Vec::with_capacity(64);
            decompress.decompress_vec(&data[taken..], &mut rest, FlushDecompress::Sync).unwrap();
            assert!(rest.is_empty());
        }
    }
}

#[tokio::test]
async fn rfc_7692_6_1_messages_that_go_out_plain() {
    // A window of 8 bits is beyond zlib.
    let (mut socket, mut peer) = deflating(OFFER, "permessage-deflate; client_max_window_bits=8").await;
    send(&mut socket, Outgoing::Text(sample(500).into())).await;
    assert_eq!(peer.read_frame().await, ClientFrame { first: TEXT, payload: sample(500) });
    assert_eq!(socket.frames(), FrameCounts { plain_sent: 1, ..FrameCounts::default() });

    // Small ones, and without a shared window those that would grow.
    let (mut socket, mut peer) = deflating(OFFER, "permessage-deflate; client_no_context_takeover").await;
    for message in [Vec::new(), sample(20), noise(1000)] {
        send(&mut socket, Outgoing::Binary(message.clone().into())).await;
        assert_eq!(peer.read_frame().await, ClientFrame { first: BINARY, payload: message });
    }
    assert_eq!(socket.frames(), FrameCounts { plain_sent: 3, ..FrameCounts::default() });
}

#[tokio::test]
async fn rfc_7692_7_2_1_every_size_of_message_can_be_inflated() {
    let (mut socket, mut peer) = deflating(OFFER, "permessage-deflate").await;
    let mut decompress = Decompress::new(false);
    for size in [63, 64, 65, 1023, 1024, 1025, 65535, 65536, 65537, 200_000] {
        for message in [sample(size), noise(size)] {
            let expected = message.clone();
            let sending = async {
                send(&mut socket, Outgoing::Binary(message.into())).await;
            };
            let (frame, ()) = tokio::join!(peer.read_frame(), sending);
            if size < 64 {
                assert_eq!(frame.first, BINARY);
                assert_eq!(frame.payload, expected);
            } else {
                assert_eq!(frame.first, BINARY | RSV1);
                assert!(inflate(&mut decompress, &frame.payload, size + 100) == expected, "{size} bytes");
            }
        }
    }
}

#[tokio::test]
async fn rel_04_five_megabytes_compressed() {
    let (mut socket, mut peer) = deflating(OFFER, "permessage-deflate").await;
    let message = sample(5 << 20);
    let sent = message.clone();
    let sending = async {
        send(&mut socket, Outgoing::Text(sent.into())).await;
    };
    let (frame, ()) = tokio::join!(peer.read_frame(), sending);
    assert_eq!(frame.first, TEXT | RSV1);
    assert!(inflate(&mut Decompress::new(false), &frame.payload, message.len() + 100) == message);
}

#[tokio::test]
async fn conn_87_pings_and_closes_are_never_compressed() {
    let (mut socket, mut peer) = deflating(OFFER, "permessage-deflate").await;
    send(&mut socket, Outgoing::Ping(vec![b'p'; 100].into())).await;
    assert_eq!(peer.read_frame().await, ClientFrame { first: PING, payload: vec![b'p'; 100] });
    socket.start_close(1000, &"x".repeat(100)).unwrap();
    flush(&mut socket).await;
    assert_eq!(peer.read_frame().await.first, CLOSE);
}
