//! Commands: their bytes.

use std::ops::Range;

use bytes::{Bytes, BytesMut};
use genlock_spec::CommandIndex;

use super::Engine;
use super::qactions::Hooks;
use super::triggers::Fired;

/// The bytes of a command's last `make` (CMD-02), and what actions have done to them since.
#[derive(Debug, Default)]
pub(super) struct Made {
    pub(super) bytes: Bytes,
    /// Where the bytes of each part end. None once bytes were put in or taken out in between.
    ends: Vec<usize>,
}

impl Made {
    /// Where the bytes of the part at `position` are.
    pub(super) fn part(&self, position: usize) -> Option<Range<usize>> {
        let end = *self.ends.get(position)?;
        let start = position.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        Some(start..end)
    }

    /// Puts other bytes where those of the part at `position` are.
    pub(super) fn set_part(&mut self, position: usize, bytes: &[u8]) -> Option<()> {
        let Range { start, end } = self.part(position)?;
        let (before, behind) = (self.bytes.get(..start)?, self.bytes.get(end..)?);
        self.bytes = Bytes::from([before, bytes, behind].concat());
        for end_of_part in self.ends.iter_mut().skip(position) {
            *end_of_part = *end_of_part - (end - start) + bytes.len();
        }
        Some(())
    }

    /// Takes other bytes in which no part can be found any more.
    pub(super) fn set(&mut self, bytes: Vec<u8>) {
        self.bytes = Bytes::from(bytes);
        self.ends.clear();
    }
}

impl<'s> Engine<'s> {
    /// Makes every command once (LIFE-09, CMD-03).
    pub(super) fn make_all(&mut self) {
        for command in self.commands.indices() {
            self.make(command);
        }
    }

    /// Rebuilds a command from the current values of its parameters (CMD-01, CMD-02, ACT-58).
    pub(super) fn make(&mut self, command: CommandIndex) {
        let mut ends = std::mem::take(&mut self.commands[command].ends); // for its memory
        ends.clear();
        // One text: its bytes are shared, unless they are a slice of a message that is being handled.
        let mut only = Bytes::new();
        let mut joined = BytesMut::new();
        for param in self.content_of_command(command) {
            let part = self.outgoing_bytes_of(param).unwrap_or_default(); // CMD-18
            if only.is_empty() {
                only = part;
            } else if !part.is_empty() {
                if joined.is_empty() {
                    joined.extend_from_slice(&only);
                }
                joined.extend_from_slice(&part);
            }
            ends.push(only.len().max(joined.len()));
        }
        if joined.is_empty() && self.receiving {
            joined.extend_from_slice(&only);
        }
        let bytes = if joined.is_empty() { only } else { joined.freeze() };
        self.commands[command] = Made { bytes, ends };
    }

    /// The bytes that a pair's command goes out with: `before command` triggers run now (TRG-10), and without
    /// MakeCommandByProtocol the command is made first (CMD-04, CMD-05); with it, making is up to the triggers (CMD-11).
    pub(super) fn compose(&mut self, command: CommandIndex, by_protocol: bool, hooks: &mut dyn Hooks<'s>) -> Bytes {
        if !by_protocol {
            self.make(command);
        }
        self.run_triggers(self.spec.command(command).before, Fired::Command(command), hooks);
        self.commands[command].bytes.clone()
    }
}
