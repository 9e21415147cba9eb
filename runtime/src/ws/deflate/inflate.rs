//! Inflates what a server sends, without I/O: frames in, plain frames out.
//!
//! A message with RSV1 comes out as ordinary fragments, written straight into the reader's buffer. So tungstenite above
//! joins them, checks their UTF-8 and applies the message limit: what a few bytes inflate to never exists here beyond
//! one buffer. All other frames pass unchanged, and so do their faults, which tungstenite reports.

use flate2::{Decompress, FlushDecompress, Status};

use super::flow::{Flow, STAGE, Staged};
use super::{Compression, TAIL};
use crate::ws::Limits;
use crate::ws::fragments::Fragments;
use crate::ws::frame::{self, FrameHead};
use crate::ws::lost::Violation;
use crate::ws::wire::Step;

/// The head of a fragment that is handed up: always the form with a length of two bytes, so that there is room for it
/// before its payload is known.
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
    staged: Staged,
    /// How many bytes the compressed payloads of one message may have.
    wire_limit: u64,
    /// How many of them the current message has.
    wire_bytes: u64,
    fragments: Fragments,
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

impl Position {
    /// At the first byte of a frame.
    const HEAD: Self = Self::Head { bytes: [0; frame::MAX_HEAD], len: 0 };
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
    /// The input.
    Input,
    /// The payload of a frame that is not its message's last one.
    Frame,
    /// The message.
    Message,
    /// The room. The inflater may hold back more.
    Room,
}

impl Inflater {
    pub(in crate::ws) fn new(compression: Compression, limits: &Limits) -> Self {
        let message_bytes = limits.message_bytes as u64;
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
            fragments: Fragments::new(limits.message_fragments),
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
    /// A violation is reported when all that could be handed up ahead of it has been, and from then on for ever.
    pub(in crate::ws) fn step(&mut self, input: &[u8], output: &mut [u8]) -> Result<Step, Violation> {
        let room = output.len();
        let mut flow = Flow { input, output };
        while self.violation.is_none() && !flow.output.is_empty() {
            match self.advance(&mut flow) {
                Ok(Advance::More) => {}
                Ok(Advance::Starved) => break,
                Err(violation) => self.violation = Some(violation),
            }
        }
        let step = Step { consumed: input.len() - flow.input.len(), produced: room - flow.output.len() };
        match &self.violation {
            Some(violation) if step.produced == 0 => Err(violation.clone()),
            _ => Ok(step),
        }
    }

    fn advance(&mut self, flow: &mut Flow<'_, '_>) -> Result<Advance, Violation> {
        if !self.staged.is_empty() {
            self.staged.drain(flow);
            return Ok(Advance::More);
        }
        match self.position {
            Position::Head { bytes, len } => self.read_head(flow, bytes, len),
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

    fn read_head(
        &mut self,
        flow: &mut Flow<'_, '_>,
        mut bytes: [u8; frame::MAX_HEAD],
        mut len: usize,
    ) -> Result<Advance, Violation> {
        while len < FrameHead::len(bytes.get(..len).unwrap_or_default()) {
            let (Some(byte), Some(slot)) = (flow.take_byte(), bytes.get_mut(len)) else {
                self.position = Position::Head { bytes, len };
                return Ok(Advance::Starved);
            };
            *slot = byte;
            len += 1;
        }
        let bytes = bytes.get(..len).unwrap_or_default();
        if let Some(head) = FrameHead::read(bytes) {
            self.begin_frame(head, bytes)?;
        }
        Ok(Advance::More)
    }

    /// Decides what becomes of a frame, now that its head is complete.
    fn begin_frame(&mut self, head: FrameHead, bytes: &[u8]) -> Result<(), Violation> {
        if head.masked {
            return Err(protocol_error("a frame from the server is masked (RFC 6455, section 5.1)"));
        }
        self.fragments.count(head)?;
        let compressed = head.first & frame::RSV1 != 0;
        if compressed && (head.is_control() || head.opcode() == frame::CONTINUATION) {
            let reason = "RSV1 is set on a frame that does not begin a message (RFC 7692, section 6.1)";
            return Err(protocol_error(reason));
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
        self.position = Position::Plain { left: head.payload };
        self.staged.put(bytes);
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
    fn hand_up(&mut self, flow: &mut Flow<'_, '_>) -> Result<Advance, Violation> {
        if flow.output.len() >= FRAGMENT_ROOM {
            return self.write_fragment(flow);
        }
        let mut bytes = [0; STAGE];
        let mut stage = Flow { input: flow.input, output: &mut bytes };
        let advance = self.write_fragment(&mut stage)?;
        let len = STAGE - stage.output.len();
        flow.input = stage.input;
        self.staged.put(bytes.get(..len).unwrap_or_default());
        Ok(if len > 0 { Advance::More } else { advance })
    }

    /// Writes one fragment of the current message, or nothing when nothing comes out of the inflater.
    fn write_fragment(&mut self, flow: &mut Flow<'_, '_>) -> Result<Advance, Violation> {
        let Message::Compressed { opcode, .. } = self.message else { return Ok(Advance::More) };
        let Some((head, room)) = flow.output.split_first_chunk_mut::<FRAGMENT_HEAD>() else {
            return Ok(Advance::Starved);
        };
        let size = room.len().min(FRAGMENT_PAYLOAD);
        let (len, end) = self.inflate(&mut flow.input, room.get_mut(..size).unwrap_or_default())?;
        if len > 0 || end == End::Message {
            let fin = if end == End::Message { frame::FIN } else { 0 };
            let [high, low] = u16::try_from(len).unwrap_or(u16::MAX).to_be_bytes();
            *head = [opcode | fin, 126, high, low];
            flow.written(FRAGMENT_HEAD + len);
            self.end_fragment(end);
        }
        Ok(if end == End::Input { Advance::Starved } else { Advance::More })
    }

    fn end_fragment(&mut self, end: End) {
        if let Message::Compressed { opcode, .. } = &mut self.message {
            *opcode = frame::CONTINUATION;
        }
        if end == End::Message {
            self.message = Message::None;
            self.position = Position::HEAD;
            self.messages += 1;
            if self.reset {
                self.inflate.reset(false);
            }
        }
    }

    /// Inflates into `room` until something ends, and gives back how many bytes came out.
    fn inflate(&mut self, input: &mut &[u8], room: &mut [u8]) -> Result<(usize, End), Violation> {
        let mut len = 0;
        loop {
            let source: &[u8] = match self.position {
                Position::Compressed { left, .. } => {
                    input.get(..usize::try_from(left).unwrap_or(usize::MAX)).unwrap_or(input)
                }
                Position::Tail { done } => TAIL.get(done..).unwrap_or_default(),
                Position::Head { .. } | Position::Plain { .. } => return Ok((len, End::Frame)),
            };
            let (taken, made, status) = self.run(source, room.get_mut(len..).unwrap_or_default())?;
            let is_stuck = taken == 0 && made == 0 && !source.is_empty();
            len += made;
            match &mut self.position {
                Position::Compressed { left, .. } => {
                    *left -= taken as u64;
                    *input = input.get(taken..).unwrap_or_default();
                }
                Position::Tail { done } => *done += taken,
                Position::Head { .. } | Position::Plain { .. } => {}
            }
            if status == Status::StreamEnd {
                // A block with BFINAL ends the deflate stream, not the message (RFC 7692, section 7.2.3.4).
                self.inflate.reset(false);
                self.set_untouched(true);
            } else if len == room.len() {
                return Ok((len, End::Room));
            } else if is_stuck {
                return Err(invalid_data("it cannot be read on"));
            }
            match self.position {
                Position::Compressed { left: 0, last: false } => {
                    self.position = Position::HEAD;
                    return Ok((len, End::Frame));
                }
                // A sender that ends its stream with BFINAL, or sends no byte for an empty message, owes no tail.
                Position::Compressed { left: 0, last: true } if self.is_untouched() => return Ok((len, End::Message)),
                Position::Compressed { left: 0, last: true } => self.position = Position::Tail { done: 0 },
                Position::Compressed { .. } if input.is_empty() => return Ok((len, End::Input)),
                Position::Tail { done } if done == TAIL.len() => return Ok((len, End::Message)),
                _ => {}
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

    fn is_untouched(&self) -> bool {
        matches!(self.message, Message::Compressed { untouched: true, .. })
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

fn protocol_error(reason: &'static str) -> Violation {
    Violation { code: 1002, reason: reason.into() }
}

/// The data does not fit the message's type, which is "compressed" (code 1007 of RFC 6455, section 7.4.1).
fn invalid_data(reason: &str) -> Violation {
    Violation { code: 1007, reason: format!("the data of a compressed message is not deflate data: {reason}").into() }
}
