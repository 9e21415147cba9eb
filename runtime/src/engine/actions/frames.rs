//! `length` (ACT-54) and `crc` (ACT-47): what commands are completed with, and what messages are checked for.

use std::ops::Range;

use bytes::Bytes;
use genlock_spec::{CommandIndex, Index, Messages, Param, ParamIndex, ParamKind, ResponseIndex};

use super::super::Engine;
use super::super::change::Setter;
use super::super::checksums::checksum;
use super::super::event::LogLevel;
use super::super::qactions::Hooks;
use super::super::triggers::Fired;
use crate::value::Value;

/// Six bytes of a checksum.
const LOWEST: u64 = (1 << 48) - 1;

/// The parts of one message: which parameter has which bytes.
struct Frame {
    parts: Vec<(ParamIndex, Range<usize>)>,
    bytes: Bytes,
}

impl<'s> Engine<'s> {
    /// Fills the parameters of `kind` in commands, or checks those in messages.
    pub(super) fn complete(
        &mut self,
        action: u32,
        kind: ParamKind,
        targets: Messages,
        fired: Fired,
        hooks: &mut dyn Hooks<'s>,
    ) -> bool {
        match targets {
            Messages::Commands(commands) => self.each_target(action, commands, fired.command(), |engine, command| {
                engine.fill_command(action, kind, command, hooks)
            }),
            Messages::Responses(responses) => {
                self.each_target(action, responses, fired.response(), |engine, response| {
                    engine.check_response(action, kind, response, hooks)
                })
            }
        }
    }

    /// CMD-20, CMD-30
    fn fill_command(&mut self, action: u32, kind: ParamKind, command: CommandIndex, hooks: &mut dyn Hooks<'s>) -> bool {
        let content: Vec<ParamIndex> = self.content_of_command(command).collect();
        for (position, &param) in content.iter().enumerate() {
            let row = self.spec.param(param);
            if row.kind != kind {
                continue;
            }
            let made = &self.commands[command];
            let parts = content.iter().enumerate().map(|(place, &part)| Some((part, made.part(place)?)));
            let Some(parts) = parts.collect() else {
                let id = self.spec.command(command).id;
                self.log(LogLevel::Error, |_| {
                    format!("action {action}: bytes were put into command {id} since it was made; make it first")
                });
                return false;
            };
            let frame = Frame { parts, bytes: made.bytes.clone() };
            let bytes = self.encoding(param).write(&Value::Number(self.calculated(row, &frame)));
            self.commands[command].set_part(position, &bytes);
            // ACT-47: it is stored as well, as what its bytes read as.
            if let Some(value) = self.encoding(param).read(bytes) {
                self.set_by_action(action, param, value, hooks);
            }
        }
        true
    }

    /// RSP-60, RSP-61: answers whether the message has what it should have. Nothing is taken from it yet.
    fn check_response(
        &mut self,
        action: u32,
        kind: ParamKind,
        response: ResponseIndex,
        hooks: &mut dyn Hooks<'s>,
    ) -> bool {
        let Some(trial) = self.candidate_for(action, response).map(|trial| trial.clone()) else { return true };
        let data = trial.data.clone();
        if self.match_message(&trial, &data).is_err() {
            return false; // so it is no match anyway
        }
        let parts = self.parts.iter().map(|part| (part.param, part.range())).collect();
        let frame = Frame { parts, bytes: data };
        for (param, range) in frame.parts.iter().cloned() {
            let row = self.spec.param(param);
            if row.kind != kind {
                continue;
            }
            let received = frame.bytes.slice(range);
            let encoding = self.encoding(param);
            let expected = encoding.write(&Value::Number(self.calculated(row, &frame)));
            // Digits may be in lower case.
            let number = encoding.number(&received);
            if received == expected || number.is_some() && number == encoding.number(&expected) {
                continue;
            }
            let value = encoding.read(received);
            self.log(LogLevel::Error, |spec| {
                let (id, pid) = (spec.response(response).id, row.pid);
                let what = if kind == ParamKind::Length { "length" } else { "checksum" };
                format!("the message does not have the {what} that parameter {pid} of response {id} says")
            });
            // RSP-60: only the length field is updated.
            if let Some(value) = value.filter(|_| kind == ParamKind::Length) {
                let set = self.set(param, value, Setter::Construct, hooks);
                set.unwrap_or_default();
            }
            return false;
        }
        true
    }

    /// The number that belongs into a length (CMD-21) or a checksum (CMD-31).
    #[expect(clippy::cast_precision_loss, reason = "numbers below 2⁵³ are kept, and no message has so many bytes")]
    fn calculated(&self, row: &Param, frame: &Frame) -> f64 {
        let listed = self.spec.list(row.covers).filter_map(|place| frame.parts.get(place.position()));
        if let Some(row) = row.checksum.map(|index| self.spec.checksum(index)) {
            let ranges = listed.filter_map(|(_, range)| frame.bytes.get(range.clone()));
            // As many bits as a number keeps: of those, a fixed length takes the lowest.
            return (checksum(row, &ranges.collect::<Vec<_>>().concat()) & LOWEST) as f64;
        }
        let length = if row.covers.is_empty() {
            let is_length = |param: ParamIndex| self.spec.param(param).kind == ParamKind::Length;
            frame.parts.iter().filter(|(param, _)| !is_length(*param)).map(|(_, range)| range.len()).sum()
        } else {
            listed.map(|(_, range)| range.len()).sum::<usize>()
        };
        length as f64
    }
}
