//! `replace data` (ACT-75 to ACT-78).

use genlock_spec::{ParamIndex, Replacement, Rows, Spec};

use super::super::Engine;
use super::super::event::LogLevel;
use super::super::qactions::Hooks;
use super::LONGEST;
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
        if replacements.len == 0 {
            self.log(LogLevel::Error, |_| format!("action {action} replaces nothing: not as many new as old bytes")); // ACT-75
            return false;
        }
        let Some(bytes) = self.value(param).map(Value::to_bytes) else { return true };
        let (start, end) = (area.start as usize, area.end as usize);
        let Some(inner) = bytes.len().checked_sub(start.saturating_add(end)) else { return true };
        let (head, rest) = bytes.split_at(start);
        let (middle, tail) = rest.split_at(inner);
        let pairs = pairs(&self.spec, replacements);
        let mut replaced = Vec::with_capacity(bytes.len());
        for (part, is_end) in [(head, true), (middle, false), (tail, true)] {
            if is_end == area.at_the_ends {
                replace(part, &pairs, &mut replaced);
            } else {
                replaced.extend_from_slice(part);
            }
        }
        if replaced.len() > LONGEST {
            let pid = self.spec.param(param).pid;
            self.log(LogLevel::Error, |_| {
                format!("action {action}: parameter {pid} would become longer than {LONGEST} bytes and stays as it is")
            });
            return false;
        }
        self.set_by_action(action, param, Value::from_bytes(replaced.into()), hooks)
    }
}

/// The old and the new bytes of each replacement.
fn pairs(spec: &Spec<'_>, replacements: Rows<Replacement>) -> Vec<(Vec<u8>, Vec<u8>)> {
    let bytes = |text| {
        let digits = spec.text(text).as_bytes().chunks(2);
        digits.filter_map(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()).collect()
    };
    spec.replacements_of(replacements)
        .iter()
        .map(|replacement| (bytes(replacement.old), bytes(replacement.new)))
        .collect()
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
