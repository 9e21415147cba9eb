//! The bytes that go through one step of the inflater.

/// The rest of the bytes to take, and the rest of the room to write to. Both shrink from the front.
pub(super) struct Flow<'i, 'o> {
    pub(super) input: &'i [u8],
    pub(super) output: &'o mut [u8],
}

impl Flow<'_, '_> {
    /// Takes one byte.
    pub(super) fn take_byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.input.split_first()?;
        self.input = rest;
        Some(byte)
    }

    /// Moves up to `limit` bytes through, and gives back how many.
    pub(super) fn forward(&mut self, limit: u64) -> u64 {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let len = self.write(self.input.get(..limit).unwrap_or(self.input));
        self.input = self.input.get(len..).unwrap_or_default();
        len as u64
    }

    /// Writes as much of `bytes` as there is room for, and gives back how much.
    pub(super) fn write(&mut self, bytes: &[u8]) -> usize {
        let len = bytes.len().min(self.output.len());
        if let (Some(bytes), Some(room)) = (bytes.get(..len), self.output.get_mut(..len)) {
            room.copy_from_slice(bytes);
        }
        self.written(len);
        len
    }

    /// Takes note that the first `len` bytes of the room were written.
    pub(super) fn written(&mut self, len: usize) {
        self.output = std::mem::take(&mut self.output).get_mut(len..).unwrap_or_default();
    }
}

/// How many bytes a [`Staged`] holds.
pub(super) const STAGE: usize = 32;

/// A few bytes on their way up that found no room yet.
#[derive(Debug, Default)]
pub(super) struct Staged {
    bytes: [u8; STAGE],
    start: usize,
    end: usize,
}

impl Staged {
    pub(super) fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Puts at most [`STAGE`] bytes on the empty stage.
    pub(super) fn put(&mut self, bytes: &[u8]) {
        self.start = 0;
        self.end = Flow { input: &[], output: &mut self.bytes }.write(bytes);
    }

    /// Hands up as much as there is room for.
    pub(super) fn drain(&mut self, flow: &mut Flow<'_, '_>) {
        self.start += flow.write(self.bytes.get(self.start..self.end).unwrap_or_default());
    }
}
