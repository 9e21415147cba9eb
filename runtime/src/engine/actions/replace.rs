//! `replace data` (ACT-75 to ACT-78).

use genlock_spec::{Messages, ParamIndex, Replacement, Rows};

use super::super::Engine;
use super::super::event::LogLevel;
use super::super::qactions::Hooks;
use super::super::triggers::Fired;
use super::LONGEST;
use super::hexadecimal::decoded;
use crate::value::Value;

/// Which bytes are worked on (ACT-76).
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    pub(super) start: u32,
    pub(super) end: u32,
    /// The first `start` and the last `end` bytes, not those between.
    pub(super) at_the_ends: bool,
}

impl<'s> Engine<'s> {
    pub(super) fn replace_data(
        &mut self,
        action: u32,
        replacements: Rows<Replacement>,
        area: Area,
        param: ParamIndex,
        hooks: &mut dyn Hooks<'s>,
    ) -> bool {
        let Some(pairs) = self.replacements(action, replacements) else { return false };
        let bytes = self.value(param).map(Value::to_bytes);
        let Some(replaced) = bytes.and_then(|bytes| area.replaced(&bytes, &pairs)) else { return true };
        if replaced.len() > LONGEST {
            let pid = self.spec.param(param).pid;
            self.log(LogLevel::Error, |_| {
                format!("action {action}: parameter {pid} would become longer than {LONGEST} bytes and stays as it is")
            });
            return false;
        }
        self.set_by_action(action, param, Value::from_bytes(replaced.into()), hooks)
    }

    pub(super) fn replace_data_in(
        &mut self,
        action: u32,
        replacements: Rows<Replacement>,
        area: Area,
        messages: Messages,
        fired: Fired,
    ) -> bool {
        let Some(pairs) = self.replacements(action, replacements) else { return false };
        self.change_messages(action, messages, fired, |bytes| area.replaced(bytes, &pairs))
    }

    /// The old and the new bytes of each replacement.
    fn replacements(&mut self, action: u32, replacements: Rows<Replacement>) -> Option<Vec<(Vec<u8>, Vec<u8>)>> {
        if replacements.len == 0 {
            self.log(LogLevel::Error, |_| format!("action {action} replaces nothing: not as many new as old bytes")); // ACT-75
            return None;
        }
        let rows = self.spec.replacements_of(replacements).iter();
        Some(rows.map(|row| (decoded(self.spec.text(row.old)), decoded(self.spec.text(row.new)))).collect())
    }
}

impl Area {
    /// The bytes with what was replaced in the area; none when they are too few for it (ACT-76).
    fn replaced(self, bytes: &[u8], pairs: &[(Vec<u8>, Vec<u8>)]) -> Option<Vec<u8>> {
        let (start, end) = (self.start as usize, self.end as usize);
        let inner = bytes.len().checked_sub(start.saturating_add(end))?;
        let (head, rest) = bytes.split_at(start);
        let (middle, tail) = rest.split_at(inner);
        let mut replaced = Vec::with_capacity(bytes.len());
        for (part, is_end) in [(head, true), (middle, false), (tail, true)] {
            if is_end == self.at_the_ends {
                replace(part, pairs, &mut replaced);
            } else {
                replaced.extend_from_slice(part);
            }
        }
        Some(replaced)
    }
}

/// From left to right; what was put in is not looked at again (ACT-77).
fn replace(mut part: &[u8], pairs: &[(Vec<u8>, Vec<u8>)], replaced: &mut Vec<u8>) {
    while let Some((first, rest)) = part.split_first() {
        let found = pairs.iter().find_map(|(old, new)| {
            let behind = part.strip_prefix(old.as_slice()).filter(|_| !old.is_empty())?;
            Some((new, behind))
        });
        if let Some((new, behind)) = found {
            replaced.extend_from_slice(new);
            part = behind;
        } else {
            replaced.push(*first);
            part = rest;
        }
    }
}
