//! The most fragments that a message may come in (REL-03).
//!
//! The limit on bytes does not end a message of empty fragments, which would keep a connection busy for ever.

use super::frame::{self, FrameHead};
use super::lost::Violation;

/// Counts the frames of the message that is under way.
#[derive(Debug)]
pub(super) struct Fragments {
    limit: u32,
    count: u32,
}

impl Fragments {
    /// At most `limit` frames a message.
    pub(super) fn new(limit: u32) -> Self {
        Self { limit, count: 0 }
    }

    /// Counts a frame; those between the fragments of a message (RFC 6455, section 5.4) are none of it.
    pub(super) fn count(&mut self, head: FrameHead) -> Result<(), Violation> {
        match head.opcode() {
            frame::CONTINUATION => self.count = self.count.saturating_add(1),
            frame::TEXT | frame::BINARY => self.count = 1,
            _ => return Ok(()),
        }
        if self.count <= self.limit {
            return Ok(());
        }
        let reason = format!("a message comes in more than the limit of {} fragments", self.limit);
        Err(Violation { code: 1009, reason: reason.into() }) // RFC 6455, section 7.4.1
    }
}
