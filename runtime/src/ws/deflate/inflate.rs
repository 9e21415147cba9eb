//! Inflates what a server sends, without I/O: frames in, plain frames out.
//!
//! A message with RSV1 comes out as ordinary fragments, written straight into the reader's buffer. So tungstenite above
//! joins them, checks their UTF-8 and applies the message limit: what a few bytes inflate to never exists here beyond
//! one buffer. All other frames pass unchanged, and so do their faults, which tungstenite reports.

use flate2::{Decompress, FlushDecompress, Status};

use super::frame::{self, FrameHead};
use super::{Compression, TAIL};
use crate::ws::lost::Violation;
use crate::ws::wire::Step;

/// The head of a fragment that is handed up: always the form with a length of two bytes, so that it can be written
/// after the payload behind it.
const FRAGMENT_HEAD: usize = 4;

/// The room that a fragment needs at least: its head and one byte.
const FRAGMENT_ROOM: usize = FRAGMENT_HEAD + 1;

/// The largest payload of a fragment.
const FRAGMENT_PAYLOAD: usize = u16::MAX as usize;

/// Turns the bytes of a server with permessage-deflate into bytes without.
pub(in crate::ws) struct Inflater {
    inflate: Decompress,
    /// `server_no_context_takeover`: every message begins with an empty window.
    reset: bool,
    position: Position,
    message: Message,
    /// Bytes that are ready to be handed up but found no room.
    staged: Staged,
    /// How many bytes the compressed payloads of one message may have.
    wire_limit: u64,
    /// How many of them the current message has.
    wire_bytes: u64,
    messages: u64,
    violation: Option<Violation>,
}

/// Where the next byte of the input belongs.
#[derive(Clone, Copy, Debug)]
enum Position {
    /// To the head of a frame, of which `len` bytes were received.
    Head { bytes: [u8; frame::MAX_HEAD], len: usize },
    /// To a payload that passes unchanged.
    Plain { left: u64 },
    /// To a compressed payload; `last`: of its message's last frame.
    Compressed { left: u64, last: bool },
    /// To nothing: the message's payload is complete, and the rest of its [`TAIL`] goes to the inflater.
    Tail { done: usize },
}

/// The message that is under way, control frames left aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Message {
    None,
    Plain,
    Compressed {
        /// The opcode of the next fragment that is handed up.
        opcode: u8,
        /// No byte of it went into the current deflate stream yet.
        untouched: bool,
    },
}

/// A few bytes on their way up.
#[derive(Debug, Default)]
struct Staged {
    bytes: [u8; 32],
    start: usize,
    end: usize,
}

impl Inflater {
    pub(in crate::ws) fn new(compression: Compression, message_bytes: usize) -> Self {
        let message_bytes = message_bytes as u64;
        Self {
            // A window of 15 bits reads what was written with any smaller one.
            inflate: Decompress::new(false),
            reset: compression.server_no_context_takeover,
            position: Position::HEAD,
            message: Message::None,
            staged: Staged::default(),
            // Deflate adds little to what it cannot compress. Without this limit a message that inflates to nothing
            // would never end (REL-03).
            wire_limit: message_bytes.saturating_add(message_bytes / 16).saturating_add(1024),
            wire_bytes: 0,
            messages: 0,
            violation: None,
        }
    }

    /// How many compressed messages were complete.
    pub(in crate::ws) fn messages(&self) -> u64 {
        self.messages
    }

    /// Takes bytes from `input` and writes bytes to `output`, until the one is empty or the other is full.
    ///
    /// A violation is reported once everything ahead of it has been handed up, and from then on for ever.
    pub(in crate::ws) fn step(&mut self, input: &[u8], output: &mut [u8]) -> Result<Step, Violation> {
        let mut flow = Flow { input, output, consumed: 0, produced: 0 };
        while self.violation.is_none() && !flow.is_full() {
            match self.advance(&mut flow) {
                Ok(Advance::More) => {}
                Ok(Advance::Starved) => break,
                Err(violation) => self.violation = Some(violation),
            }
        }
        match &self.violation {
            Some(violation) if flow.produced == 0 => Err(violation.clone()),
            _ => Ok(Step { consumed: flow.consumed, produced: flow.produced }),
        }
    }

    fn advance(&mut self, flow: &mut Flow<'_>) -> Result<Advance, Violation> {
        if self.staged.start < self.staged.end {
            self.staged.drain(flow);
            return Ok(Advance::More);
        }
        match self.position {
            Position::Head { mut bytes, mut len } => {
                while len < FrameHead::len(bytes.get(..len).unwrap_or_default()) {
                    let Some(byte) = flow.take_byte() else {
                        self.position = Position::Head { bytes, len };
                        return Ok(Advance::Starved);
                    };
                    if let Some(slot) = bytes.get_mut(len) {
                        *slot = byte;
                    }
                    len += 1;
                }
                let bytes = bytes.get(..len).unwrap_or_default();
                if let Some(head) = FrameHead::read(bytes) {
                    self.begin_frame(head, bytes)?;
                }
                Ok(Advance::More)
            }
            Position::Plain { left: 0 } => {
                self.position = Position::HEAD;
                Ok(Advance::More)
            }
            Position::Plain { left } => {
                let moved = flow.forward(left);
                self.position = Position::Plain { left: left - moved };
                Ok(if moved == 0 { Advance::Starved } else { Advance::More })
            }
            Position::Compressed { .. } | Position::Tail { .. } => self.hand_up(flow),
        }
    }

    /// Decides what becomes of a frame, now that its head is complete.
    fn begin_frame(&mut self, head: FrameHead, bytes: &[u8]) -> Result<(), Violation> {
        if head.masked {
            return Err(protocol_error("a frame from the server is masked (RFC 6455, section 5.1)"));
        }
        let compressed = head.first & frame::RSV1 != 0;
        if compressed && (head.is_control() || head.opcode() == frame::CONTINUATION) {
            return Err(protocol_error("RSV1 is set on a frame that does not begin a message (RFC 7692, section 6.1)"));
        }
        match head.opcode() {
            frame::TEXT | frame::BINARY => {
                if self.message != Message::None {
                    return Err(protocol_error("a message begins inside another one (RFC 6455, section 5.4)"));
                }
                if compressed {
                    self.message = Message::Compressed { opcode: head.opcode(), untouched: true };
                    self.wire_bytes = 0;
                } else if !head.is_final() {
                    self.message = Message::Plain;
                }
            }
            frame::CONTINUATION if self.message == Message::Plain && head.is_final() => self.message = Message::None,
            _ => {}
        }
        if matches!(self.message, Message::Compressed { .. }) && !head.is_control() {
            return self.begin_compressed(head);
        }
        self.staged.put(bytes);
        self.position = Position::Plain { left: head.payload };
        Ok(())
    }

    fn begin_compressed(&mut self, head: FrameHead) -> Result<(), Violation> {
        if head.first & frame::RSV2_RSV3 != 0 {
            return Err(protocol_error("RSV2 or RSV3 is set (RFC 6455, section 5.2)"));
        }
        if head.opcode() > frame::BINARY {
            return Err(protocol_error("a frame has a reserved opcode (RFC 6455, section 5.2)"));
        }
        self.wire_bytes = self.wire_bytes.saturating_add(head.payload);
        if self.wire_bytes > self.wire_limit {
            let reason = format!("a compressed message is larger than {} bytes", self.wire_limit);
            return Err(Violation { code: 1009, reason: reason.into() });
        }
        self.position = Position::Compressed { left: head.payload, last: head.is_final() };
        Ok(())
    }

    /// Inflates into the reader's buffer, or into the stage when that is too small for a fragment.
    fn hand_up(&mut self, flow: &mut Flow<'_>) -> Result<Advance, Violation> {
        if flow.room().len() >= FRAGMENT_ROOM {
            let (written, advance) = self.write_fragment(flow.input, &mut flow.consumed, {
                flow.output.get_mut(flow.produced..).unwrap_or_default()
            })?;
            flow.produced += written;
            return Ok(advance);
        }
        let mut bytes = [0; 32];
        let (written, advance) = self.write_fragment(flow.input, &mut flow.consumed, &mut bytes)?;
        self.staged.put(bytes.get(..written).unwrap_or_default());
        Ok(if written > 0 { Advance::More } else { advance })
    }

    /// Writes one fragment of the current message to `output`, and gives back how long it is.
    fn write_fragment(
        &mut self,
        input: &[u8],
        consumed: &mut usize,
        output: &mut [u8],
    ) -> Result<(usize, Advance), Violation> {
        let Some((head, payload)) = output.split_first_chunk_mut::<FRAGMENT_HEAD>() else {
            return Ok((0, Advance::Starved));
        };
        let room = payload.len().min(FRAGMENT_PAYLOAD);
        let payload = payload.get_mut(..room).unwrap_or_default();
        let (len, end) = self.inflate(input, consumed, payload)?;
        let Message::Compressed { opcode, .. } = self.message else { return Ok((0, Advance::More)) };
        let is_end = end == End::Message;
        let written = if len > 0 || is_end {
            let [high, low] = u16::try_from(len).unwrap_or(u16::MAX).to_be_bytes();
            *head = [opcode | if is_end { frame::FIN } else { 0 }, 126, high, low];
            FRAGMENT_HEAD + len
        } else {
            0
        };
        if is_end {
            self.end_message();
        } else if let Message::Compressed { opcode, .. } = &mut self.message
            && len > 0
        {
            *opcode = frame::CONTINUATION;
        }
        Ok((written, if end == End::Input { Advance::Starved } else { Advance::More }))
    }

    fn end_message(&mut self) {
        self.message = Message::None;
        self.position = Position::HEAD;
        self.messages += 1;
        if self.reset {
            self.inflate.reset(false);
        }
    }

    /// Inflates into `payload` until it is full or something ends.
    fn inflate(&mut self, input: &[u8], consumed: &mut usize, payload: &mut [u8]) -> Result<(usize, End), Violation> {
        let mut len = 0;
        loop {
            let (source, is_tail): (&[u8], bool) = match self.position {
                Position::Compressed { left, .. } => {
                    let available = input.get(*consumed..).unwrap_or_default();
                    let left = usize::try_from(left).unwrap_or(usize::MAX);
                    (available.get(..left).unwrap_or(available), false)
                }
                Position::Tail { done } => (TAIL.get(done..).unwrap_or_default(), true),
                Position::Head { .. } | Position::Plain { .. } => return Ok((len, End::Frame)),
            };
            let room = payload.get_mut(len..).unwrap_or_default();
            let (taken, made, status) = self.run(source, room)?;
            len += made;
            if is_tail {
                self.advance_tail(taken);
            } else {
                *consumed += taken;
                self.advance_payload(taken);
            }
            if status == Status::StreamEnd {
                // A block with BFINAL ends the deflate stream, not the message (RFC 7692, section 7.2.3.4).
                self.inflate.reset(false);
                self.set_untouched(true);
                continue;
            }
            if len == payload.len() {
                return Ok((len, End::Room)); // the inflater may hold back more
            }
            if taken == 0 && made == 0 && !source.is_empty() {
                return Err(invalid_data("it cannot be read on"));
            }
            match self.position {
                Position::Compressed { left: 0, last: false } => {
                    self.position = Position::HEAD;
                    return Ok((len, End::Frame));
                }
                Position::Compressed { left: 0, last: true } => self.position = Position::Tail { done: 0 },
                Position::Compressed { .. } if input.len() == *consumed => return Ok((len, End::Input)),
                Position::Tail { done } if done == TAIL.len() => return Ok((len, End::Message)),
                _ => {}
            }
            // A sender that ends its stream with BFINAL, or sends no byte for an empty message, owes no tail.
            if matches!(self.position, Position::Tail { done: 0 })
                && matches!(self.message, Message::Compressed { untouched: true, .. })
            {
                return Ok((len, End::Message));
            }
        }
    }

    /// One call of the inflater: bytes taken, bytes made.
    fn run(&mut self, source: &[u8], room: &mut [u8]) -> Result<(usize, usize, Status), Violation> {
        let (taken, made) = (self.inflate.total_in(), self.inflate.total_out());
        let status = self
            .inflate
            .decompress(source, room, FlushDecompress::Sync)
            .map_err(|error| invalid_data(error.message().unwrap_or("unknown fault")))?;
        let taken = usize::try_from(self.inflate.total_in() - taken).unwrap_or(usize::MAX);
        let made = usize::try_from(self.inflate.total_out() - made).unwrap_or(usize::MAX);
        if taken > 0 {
            self.set_untouched(false);
        }
        Ok((taken, made, status))
    }

    fn advance_payload(&mut self, taken: usize) {
        if let Position::Compressed { left, .. } = &mut self.position {
            *left -= taken as u64;
        }
    }

    fn advance_tail(&mut self, taken: usize) {
        if let Position::Tail { done } = &mut self.position {
            *done += taken;
        }
    }

    fn set_untouched(&mut self, value: bool) {
        if let Message::Compressed { untouched, .. } = &mut self.message {
            *untouched = value;
        }
    }
}

impl std::fmt::Debug for Inflater {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inflater")
            .field("position", &self.position)
            .field("message", &self.message)
            .field("messages", &self.messages)
            .finish_non_exhaustive()
    }
}

impl Position {
    /// At the first byte of a frame.
    const HEAD: Self = Self::Head { bytes: [0; frame::MAX_HEAD], len: 0 };
}

/// Whether the state machine can go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Advance {
    More,
    /// Not without more input.
    Starved,
}

/// What ended a run of the inflater.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Input,
    Frame,
    Message,
    Room,
}

/// Both ends of one [`Inflater::step`].
struct Flow<'a> {
    input: &'a [u8],
    output: &'a mut [u8],
    consumed: usize,
    produced: usize,
}

impl Flow<'_> {
    fn is_full(&self) -> bool {
        self.produced == self.output.len()
    }

    fn room(&mut self) -> &mut [u8] {
        self.output.get_mut(self.produced..).unwrap_or_default()
    }

    fn take_byte(&mut self) -> Option<u8> {
        let byte = *self.input.get(self.consumed)?;
        self.consumed += 1;
        Some(byte)
    }

    /// Copies up to `limit` bytes through, and gives back how many.
    fn forward(&mut self, limit: u64) -> u64 {
        let available = self.input.get(self.consumed..).unwrap_or_default();
        let available = available.get(..usize::try_from(limit).unwrap_or(usize::MAX)).unwrap_or(available);
        let len = write_start(self.room(), available);
        self.consumed += len;
        self.produced += len;
        len as u64
    }
}

impl Staged {
    fn put(&mut self, bytes: &[u8]) {
        self.start = 0;
        self.end = write_start(&mut self.bytes, bytes);
    }

    fn drain(&mut self, flow: &mut Flow<'_>) {
        let len = write_start(flow.room(), self.bytes.get(self.start..self.end).unwrap_or_default());
        self.start += len;
        flow.produced += len;
    }
}

/// Copies as much of `bytes` as fits to the start of `room`, and gives back how much.
fn write_start(room: &mut [u8], bytes: &[u8]) -> usize {
    let len = room.len().min(bytes.len());
    if let (Some(room), Some(bytes)) = (room.get_mut(..len), bytes.get(..len)) {
        room.copy_from_slice(bytes);
    }
    len
}

fn protocol_error(reason: &'static str) -> Violation {
    Violation { code: 1002, reason: reason.into() }
}

/// The message's data does not fit its kind, compressed: 1007 (RFC 6455, section 7.4.1).
fn invalid_data(reason: &str) -> Violation {
    Violation { code: 1007, reason: format!("the data of a compressed message is not deflate data: {reason}").into() }
}
