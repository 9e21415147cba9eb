//! The inflater against a plain, whole-message reading of RFC 7692, on random streams cut at random places.

use flate2::{Compress, Compression as Level, Decompress, FlushCompress, FlushDecompress, Status};

use super::peer::{PING, RSV1, frame};
use crate::ws::Limits;
use crate::ws::compression::Compression;
use crate::ws::deflate::codecs;
use crate::ws::lost::Violation;

/// A linear congruential generator: good enough, and the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn message(&mut self) -> Vec<u8> {
        let size = match self.below(100) {
            0 => 30_000 + self.below(50_000),
            1..=5 => 0,
            6..=25 => self.below(3000),
            _ => self.below(300),
        };
        match self.below(4) {
            0 => vec![0; size],
            1 => (0..size).map(|_| u8::try_from(self.below(256)).unwrap()).collect(),
            2 => b"{\"command\":\"health\",\"timestamp\":\"1441974485:123456789\"}"
                .iter()
                .copied()
                .cycle()
                .take(size)
                .collect(),
            _ => (0..size).map(|_| b'a' + u8::try_from(self.below(3)).unwrap()).collect(),
        }
    }
}

/// A frame as it should come out, fragments joined.
#[derive(Debug, PartialEq, Eq)]
struct Whole {
    opcode: u8,
    payload: Vec<u8>,
}

/// A random stream, and the payload of each message with its opcode and whether it is compressed.
struct Stream {
    wire: Vec<u8>,
    sent: Vec<(u8, bool, Vec<u8>)>,
}

fn stream(random: &mut Random, server_no_context_takeover: bool, corrupt: bool) -> Stream {
    let bits = u8::try_from(9 + random.below(7)).unwrap();
    let level = Level::new(u32::try_from(random.below(10)).unwrap());
    let mut deflate = Compress::new_with_window_bits(level, false, bits);
    let mut stream = Stream { wire: Vec::new(), sent: Vec::new() };
    for _ in 0..=random.below(6) {
        let message = random.message();
        let opcode = u8::try_from(1 + random.below(2)).unwrap();
        let compressed = !random.one_in(4);
        let mut payload = message.clone();
        if compressed {
            payload = deflated(random, &mut deflate, &message);
            if server_no_context_takeover {
                deflate.reset();
            }
            if corrupt && !payload.is_empty() && random.one_in(2) {
                let position = random.below(payload.len());
                payload[position] ^= 1 << random.below(8);
            }
        }
        let mut first = opcode | if compressed { RSV1 } else { 0 };
        let mut rest = &payload[..];
        while random.one_in(2) {
            let (part, others) = rest.split_at(random.below(rest.len() + 1));
            stream.wire.extend(frame(first, part));
            (rest, first) = (others, 0);
            if random.one_in(3) {
                let ping = vec![b'p'; random.below(126)];
                stream.wire.extend(frame(PING, &ping));
                stream.sent.push((9, false, ping));
            }
        }
        stream.wire.extend(frame(first | 0x80, rest));
        stream.sent.push((opcode, compressed, payload));
    }
    stream
}

/// Compresses a message in one of the ways that section 7.2 of RFC 7692 allows.
fn deflated(random: &mut Random, deflate: &mut Compress, message: &[u8]) -> Vec<u8> {
    let mut data = Vec::with_capacity(message.len() * 2 + 1000);
    if random.one_in(8) {
        // Blocks up to one with BFINAL, then the empty block that is cut to its first byte.
        deflate.reset();
        deflate.compress_vec(message, &mut data, FlushCompress::Finish).unwrap();
        deflate.reset();
        data.push(0);
        return data;
    }
    let (one, two) = message.split_at(random.below(message.len() + 1));
    let flush = [FlushCompress::None, FlushCompress::Partial, FlushCompress::Sync, FlushCompress::Full];
    deflate.compress_vec(one, &mut data, flush[random.below(4)]).unwrap();
    deflate.compress_vec(two, &mut data, FlushCompress::Sync).unwrap();
    if data.ends_with(&[0, 0, 0xff, 0xff]) {
        data.truncate(data.len() - 4);
    }
    data
}

/// Inflates a whole message: append the tail, inflate, begin anew behind a block with BFINAL.
fn reference(inflate: &mut Decompress, payload: &[u8]) -> Option<Vec<u8>> {
    let input = [payload, &[0, 0, 0xff, 0xff]].concat();
    let mut input = &input[..];
    let mut message = Vec::with_capacity(1 << 20);
    let mut untouched = true;
    loop {
        if untouched && input.len() == 4 {
            return Some(message);
        }
        let taken = inflate.total_in();
        let status = inflate.decompress_vec(input, &mut message, FlushDecompress::Sync).ok()?;
        assert!(message.len() < message.capacity());
        let taken = usize::try_from(inflate.total_in() - taken).unwrap();
        input = &input[taken..];
        untouched = false;
        if status == Status::StreamEnd {
            inflate.reset(false);
            untouched = true;
        } else if input.is_empty() {
            return Some(message);
        }
    }
}

/// What the inflater makes of the stream, taking and giving pieces of random sizes.
fn run(random: &mut Random, compression: Compression, wire: &[u8]) -> (Vec<u8>, Option<Violation>) {
    let mut inflater = codecs(Some(compression), &Limits { message_bytes: 1 << 20, ..Limits::default() }).0.unwrap();
    let largest = [1, 3, 17, 300, 8192, 100_000][random.below(6)];
    let mut out = Vec::new();
    let mut room = vec![0; largest];
    let mut position = 0;
    loop {
        let end = (position + random.below(largest) + 1).min(wire.len());
        let mut input = &wire[position..end];
        loop {
            let size = 1 + random.below(largest);
            match inflater.step(input, &mut room[..size]) {
                Err(violation) => return (out, Some(violation)),
                Ok(step) => {
                    out.extend_from_slice(&room[..step.produced]);
                    input = &input[step.consumed..];
                    if step.produced == 0 {
                        break;
                    }
                }
            }
        }
        assert!(input.is_empty(), "all is taken before more is asked for");
        position = end;
        if position == wire.len() {
            return (out, None);
        }
    }
}

/// Reads plain frames and joins their fragments.
fn join(mut out: &[u8]) -> Vec<Whole> {
    let mut whole = Vec::new();
    let mut open: Option<Whole> = None;
    while !out.is_empty() {
        let (first, second) = (out[0], out[1]);
        assert_eq!((first & 0x70, second & 0x80), (0, 0), "no reserved bits, no mask");
        let (len, head) = match second {
            126 => (usize::from(u16::from_be_bytes([out[2], out[3]])), 4),
            127 => (usize::try_from(u64::from_be_bytes(out[2..10].try_into().unwrap())).unwrap(), 10),
            short => (usize::from(short), 2),
        };
        // A violation may cut a plain message short; nothing else may.
        let payload = &out[head..(head + len).min(out.len())];
        out = &out[head + payload.len()..];
        let opcode = first & 0x0f;
        if opcode == 9 {
            whole.push(Whole { opcode, payload: payload.to_vec() });
            continue;
        }
        assert_eq!(opcode == 0, open.is_some(), "a continuation continues, and nothing else does");
        let message = open.get_or_insert(Whole { opcode, payload: Vec::new() });
        message.payload.extend_from_slice(payload);
        if first & 0x80 != 0 {
            whole.extend(open.take());
        }
    }
    whole
}

#[test]
fn rfc_7692_7_2_2_inflater_agrees_with_whole_message_inflating() {
    let (mut good, mut refused) = (0, 0);
    for seed in 0..3000 {
        let mut random = Random(seed);
        let compression = Compression {
            server_no_context_takeover: random.one_in(2),
            client_no_context_takeover: false,
            client_window_bits: 15,
        };
        let Stream { wire, sent } = stream(&mut random, compression.server_no_context_takeover, seed % 3 == 0);
        let mut expected = Vec::new();
        let mut fails = false;
        let mut inflate = Decompress::new(false);
        for (opcode, compressed, payload) in sent {
            if !compressed {
                expected.push(Whole { opcode, payload });
                continue;
            }
            let Some(payload) = reference(&mut inflate, &payload) else {
                fails = true;
                break;
            };
            if compression.server_no_context_takeover {
                inflate.reset(false);
            }
            expected.push(Whole { opcode, payload });
        }
        let (out, violation) = run(&mut random, compression, &wire);
        let out = join(&out);
        if fails {
            assert_eq!(violation.map(|violation| violation.code), Some(1007), "seed {seed}");
            // Pings among the fragments of the faulty message are listed ahead of it.
            assert!(out.len() <= expected.len() && expected.starts_with(&out), "seed {seed}");
            refused += 1;
        } else {
            assert_eq!(violation, None, "seed {seed}");
            assert!(out == expected, "seed {seed}");
            good += 1;
        }
    }
    assert!(good > 2000 && refused > 200, "{good} good, {refused} refused");
}
