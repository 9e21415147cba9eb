//! `append` (ACT-20 to ACT-23) and `append data` (ACT-24, ACT-25).

use bytes::{Bytes, BytesMut};
use genlock_spec::{LengthType, List, ParamIndex, Source};

use super::super::Engine;
use super::super::event::LogLevel;
use super::super::qactions::Hooks;
use super::super::triggers::Fired;
use super::LONGEST;
use crate::value::{Text, Value};

impl<'s> Engine<'s> {
    /// Adds the displayed text of the source, or its bytes in hexadecimal digits, to the end of the target's text.
    pub(super) fn append(
        &mut self,
        action: u32,
        source: Source,
        hex: Option<u32>,
        targets: List<ParamIndex>,
        fired: Fired,
        hooks: &mut dyn Hooks<'s>,
    ) -> bool {
        let added = match (source, hex) {
            (Source::None, _) => None,
            (Source::Literal(text), None) => Some(Bytes::copy_from_slice(self.spec.text(text).as_bytes())),
            (Source::Literal(text), Some(group)) => Some(digits(self.spec.text(text).as_bytes(), group)),
            (Source::Param(param), None) => self.displayed(param).map(Text::into_bytes),
            (Source::Param(param), Some(group)) => self.value(param).map(|value| digits(&value.to_bytes(), group)),
        };
        let Some(added) = added else { return true }; // ACT-23
        self.each_target(action, targets, fired.param(), |engine, param| {
            engine.add_bytes(action, param, &added, LONGEST, hooks)
        })
    }

    /// Adds the bytes of the source to those of the target.
    pub(super) fn append_data(
        &mut self,
        action: u32,
        source: Option<ParamIndex>,
        targets: List<ParamIndex>,
        fired: Fired,
        hooks: &mut dyn Hooks<'s>,
    ) -> bool {
        let source = source.or(fired.param());
        let Some(added) = source.and_then(|source| self.value(source)).map(Value::to_bytes) else { return true };
        self.each_target(action, targets, fired.param(), |engine, param| {
            let longest = match engine.length_of(param) {
                LengthType::Fixed(length) => length as usize, // ACT-25
                _ => LONGEST,
            };
            engine.add_bytes(action, param, &added, longest, hooks)
        })
    }

    fn add_bytes(
        &mut self,
        action: u32,
        param: ParamIndex,
        added: &[u8],
        longest: usize,
        hooks: &mut dyn Hooks<'s>,
    ) -> bool {
        let old = self.value(param).map(Value::to_bytes).unwrap_or_default();
        if longest == LONGEST && old.len() + added.len() > LONGEST {
            let pid = self.spec.param(param).pid;
            self.log(LogLevel::Error, |_| {
                format!("action {action}: parameter {pid} would become longer than {LONGEST} bytes and stays as it is")
            });
            return false;
        }
        let mut bytes = BytesMut::with_capacity(old.len() + added.len());
        bytes.extend_from_slice(&old);
        bytes.extend_from_slice(added);
        bytes.truncate(longest);
        self.set_by_action(action, param, Value::from_bytes(bytes.freeze()), hooks)
    }

    /// What a display shows for the parameter's value: the text of its discreet, else the value.
    fn displayed(&self, param: ParamIndex) -> Option<Text> {
        let value = self.value(param)?;
        let discreets = self.spec.discreets_of(self.spec.param(param).discreets);
        let text = value.to_text();
        let number = value.to_number();
        let shown = discreets.iter().find(|discreet| match discreet.number {
            Some(raw) => number == Some(raw),
            None => *text == *self.spec.text(discreet.value),
        });
        Some(shown.map_or(text, |discreet| Text::from(self.spec.text(discreet.display))))
    }
}

/// Two digits for each byte, and a space after each `group` bytes (ACT-22).
fn digits(bytes: &[u8], group: u32) -> Bytes {
    const DIGITS: [u8; 16] = *b"0123456789ABCDEF";
    let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).copied().unwrap_or_default();
    let group = if group == 0 { bytes.len().max(1) } else { group as usize };
    let mut text = BytesMut::with_capacity(bytes.len() * 3);
    for (position, part) in bytes.chunks(group).enumerate() {
        if position > 0 {
            text.extend_from_slice(b" ");
        }
        text.extend(part.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]));
    }
    text.freeze()
}
