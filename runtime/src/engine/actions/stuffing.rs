//! `stuffing` (CMD-40, ACT-95) and `read stuffing` (ACT-72): a value that means something is marked by itself where it
//! is mere data.

use genlock_spec::{Messages, Stuffing};

use super::super::Engine;
use super::super::triggers::Fired;
use super::hexadecimal::decoded;

/// The bytes of a [`Stuffing`].
struct Marks {
    value: Vec<u8>,
    allowed: Vec<Vec<u8>>,
}

impl Engine<'_> {
    /// Puts in the marks of what is only data, or takes them out again.
    pub(super) fn stuff(
        &mut self,
        action: u32,
        stuffing: Stuffing,
        removes: bool,
        targets: Messages,
        fired: Fired,
    ) -> bool {
        let allowed = self.spec.text(stuffing.allowed).split(';').map(decoded).filter(|bytes| !bytes.is_empty());
        let marks = Marks { value: decoded(self.spec.text(stuffing.value)), allowed: allowed.collect() };
        let (start, end) = (stuffing.start as usize, stuffing.end as usize);
        self.change_messages(action, targets, fired, |bytes| {
            let inner = bytes.len().checked_sub(start.saturating_add(end))?;
            let (head, rest) = bytes.split_at(start);
            let (middle, tail) = rest.split_at(inner);
            let middle = if removes { marks.removed(middle) } else { marks.added(middle) };
            Some([head, &middle, tail].concat())
        })
    }
}

impl Marks {
    fn added(&self, mut bytes: &[u8]) -> Vec<u8> {
        let mut marked = Vec::with_capacity(bytes.len());
        while let Some((first, rest)) = bytes.split_first() {
            if let Some(behind) = self.value_in(bytes) {
                if !self.is_allowed(behind) {
                    marked.extend_from_slice(&self.value);
                }
                marked.extend_from_slice(&self.value);
                bytes = behind;
            } else {
                marked.push(*first);
                bytes = rest;
            }
        }
        marked
    }

    fn removed(&self, mut bytes: &[u8]) -> Vec<u8> {
        let mut plain = Vec::with_capacity(bytes.len());
        while let Some((first, rest)) = bytes.split_first() {
            if let Some(behind) = self.value_in(bytes) {
                plain.extend_from_slice(&self.value);
                // What is marked is the value itself.
                bytes = if self.is_allowed(behind) { behind } else { self.value_in(behind).unwrap_or(behind) };
            } else {
                plain.push(*first);
                bytes = rest;
            }
        }
        plain
    }

    /// What is behind the value that `bytes` begin with.
    fn value_in<'b>(&self, bytes: &'b [u8]) -> Option<&'b [u8]> {
        bytes.strip_prefix(self.value.as_slice()).filter(|_| !self.value.is_empty())
    }

    fn is_allowed(&self, behind: &[u8]) -> bool {
        self.allowed.iter().any(|sequence| behind.starts_with(sequence))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Marks, takes the marks out again, and shows the marked bytes.
    fn marked(marks: &Marks, bytes: &[u8]) -> Vec<u8> {
        let marked = marks.added(bytes);
        assert_eq!(marks.removed(&marked), bytes);
        marked
    }

    #[test]
    fn cmd_40_the_example_of_the_page() {
        let marks = Marks { value: vec![0x10], allowed: vec![vec![2], vec![3]] };
        let bytes = [0x10, 2, 0x41, 0x10, 0x42, 0x10, 3];
        assert_eq!(marked(&marks, &bytes), [0x10, 2, 0x41, 0x10, 0x10, 0x42, 0x10, 3]);
        assert_eq!(marked(&marks, &[0x10]), [0x10, 0x10]);
        assert_eq!(marked(&marks, &[0x10, 0x10]), [0x10; 4]);
    }

    #[test]
    fn cmd_40_a_value_and_a_sequence_of_several_bytes() {
        let marks = Marks { value: vec![0x7d, 0x7e], allowed: vec![vec![0x5d, 0x5e]] };
        assert_eq!(marked(&marks, &[0x7d, 0x7e, 0x5d, 0x5e]), [0x7d, 0x7e, 0x5d, 0x5e]);
        assert_eq!(marked(&marks, &[0x7d, 0x7e, 0x5d]), [0x7d, 0x7e, 0x7d, 0x7e, 0x5d]);
        assert_eq!(marked(&marks, &[0x7d, 0x5d]), [0x7d, 0x5d]);
    }
}
