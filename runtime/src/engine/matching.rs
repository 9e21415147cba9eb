//! Matching one message against the parameters of one response (RSP-30 to RSP-34, PARAM-70 to PARAM-78).

use std::ops::Range;

use bytes::Bytes;
use genlock_spec::{LengthType, Param, ParamIndex, ParamKind, ResponseIndex};

use super::Engine;
use super::bits::shifted;
use super::responses::Trial;
use super::stream::Failure;
use crate::value::Value;

/// The bytes of a message that one parameter takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) param: ParamIndex,
    start: usize,
    end: usize,
    pub(super) keep: Keep,
    /// Whether its bytes come in reverse (ACT-81).
    reversed: bool,
    /// Whether setting the parameter raised a change event.
    pub(super) changed: bool,
}

/// Whether a parameter takes over the bytes of its part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// Those of constants, and a dummy swallows its own (PARAM-112).
    Never,
    Always,
    /// Its end had to be looked for: LengthType next param and last next param (PARAM-79, RSP-20).
    IfRead,
}

impl Part {
    /// Where its bytes are.
    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

impl Engine<'_> {
    /// Lets the parameters of a response consume the whole message from left to right (RSP-30). The parts that they
    /// take, one for each, are left in `self.parts`.
    pub(super) fn match_message(&mut self, trial: &Trial, data: &Bytes) -> Result<(), Failure> {
        let mut parts = std::mem::take(&mut self.parts);
        parts.clear();
        let matched = self.match_parts(trial, data, &mut parts);
        self.parts = parts;
        matched
    }

    /// The only parameter of a response, when that takes all bytes that come as they are (PARAM-72).
    pub(super) fn takes_whole(&self, response: ResponseIndex) -> Option<ParamIndex> {
        self.shapes[response].only.filter(|&param| self.params[param].takes_all() && !self.replaced.in_responses())
    }

    fn match_parts(&self, trial: &Trial, data: &Bytes, parts: &mut Vec<Part>) -> Result<(), Failure> {
        let mut position = 0;
        let mut params = self.content_of_response(trial.response);
        let count = params.len();
        while let Some(param) = params.next() {
            let row = self.spec.param(param);
            let failure = Failure { position, param: Some(param) };
            let rest = data.get(position..).ok_or(failure)?;
            let reversed = is_reversed(trial, param, parts);
            let missing = Part { param, start: position, end: position, keep: Keep::Never, reversed, changed: false };
            let Some(taken) = self.taken(param, params.clone(), rest, reversed, data, parts) else {
                // RSP-35: it may be missing.
                let index = count - params.len() - 1;
                let optional = self.spec.response(trial.response).optional.ok_or(failure)?;
                let skipped = skipped(self.spec.text(optional), index, count).ok_or(failure)?;
                parts.push(missing);
                parts.extend(params.by_ref().take(skipped).map(|param| Part { param, ..missing }));
                continue;
            };
            let keep = match row.length {
                _ if row.kind.is_constant() || row.kind == ParamKind::Dummy => Keep::Never,
                LengthType::NextParam | LengthType::LastNextParam => Keep::IfRead,
                LengthType::Fixed(_) | LengthType::OtherParam(_) => Keep::Always,
            };
            parts.push(Part { end: position + taken, keep, ..missing });
            position += taken;
        }
        // RSP-30: bytes left over are no match.
        if position == data.len() { Ok(()) } else { Err(Failure { position, param: None }) }
    }

    /// The value that a parameter reads from its bytes.
    pub(super) fn value_of(&self, part: &Part, data: &Bytes) -> Option<Value> {
        if self.params[part.param].takes_all() && !part.reversed {
            return Some(Value::part_of(data, part.range()));
        }
        let encoding = self.encoding(part.param);
        let bytes = data.slice(part.range());
        let bytes = if part.reversed { bytes.iter().rev().copied().collect() } else { bytes };
        match encoding.byte_offset() {
            0 => encoding.read(bytes),
            offset => encoding.read(shifted(&bytes, offset, false)),
        }
    }

    /// How many bytes of `rest` a parameter takes that `following` come after; `None` when it does not match.
    fn taken(
        &self,
        param: ParamIndex,
        following: impl Iterator<Item = ParamIndex>,
        rest: &[u8],
        reversed: bool,
        data: &Bytes,
        parts: &[Part],
    ) -> Option<usize> {
        let row = self.spec.param(param);
        if row.kind.is_constant() {
            let constant = self.bytes_of(param)?;
            return rest.starts_with(&constant).then_some(constant.len()); // RSP-31
        }
        let taken = match self.length_of(param) {
            LengthType::Fixed(length) => length as usize, // PARAM-70
            LengthType::NextParam | LengthType::LastNextParam => self.end_of_variable(row, following, rest)?,
            LengthType::OtherParam(holder) => self.announced(holder?, data, parts)?,
        };
        // RSP-32, PARAM-04
        let bytes = rest.get(..taken)?;
        let accepted = if reversed {
            self.encoding(param).accepts(&bytes.iter().rev().copied().collect::<Vec<_>>())
        } else {
            self.encoding(param).accepts(bytes)
        };
        accepted.then_some(taken)
    }

    /// The number of bytes that `holder` announces: in this message, or else the one that it holds (PARAM-75).
    #[expect(clippy::cast_sign_loss, reason = "negative numbers are left out before")]
    fn announced(&self, holder: ParamIndex, data: &Bytes, parts: &[Part]) -> Option<usize> {
        let in_message = parts.iter().rev().find(|part| part.param == holder && part.keep != Keep::Never);
        let value = in_message.and_then(|part| self.value_of(part, data));
        let number = value.as_ref().or_else(|| self.value(holder)).and_then(Value::to_number)?;
        // More than a message can have, as a negative number is, matches nothing.
        (number >= 0.0 && number <= f64::from(u32::MAX)).then_some(number as usize)
    }

    /// How many bytes of `rest` a parameter takes whose end is where the bytes of a constant one of `following` are.
    ///
    /// Parameters in between have lengths, so their bytes are counted off (PARAM-76, RSP-53); without a constant one
    /// the end is counted from the back (PARAM-72).
    fn end_of_variable(&self, row: &Param, following: impl Iterator<Item = ParamIndex>, rest: &[u8]) -> Option<usize> {
        let mut between = 0_usize;
        for param in following {
            let next = self.spec.param(param);
            let is_marker = row.marker.map_or(next.kind.is_constant(), |marker| marker == param);
            match self.length_of(param) {
                _ if is_marker && next.kind.is_constant() => {
                    let constant = self.bytes_of(param)?;
                    let trailer = if next.kind == ParamKind::Trailer { next.times } else { 1 };
                    let behind = rest.get(between..)?;
                    return match row.length {
                        LengthType::LastNextParam => memchr::memmem::rfind(behind, &constant), // PARAM-73
                        _ => occurrence(behind, &constant, row.times.max(trailer)),
                    };
                }
                _ if next.kind.is_constant() => between = between.checked_add(self.bytes_of(param)?.len())?,
                LengthType::Fixed(length) => between = between.checked_add(length as usize)?,
                LengthType::NextParam | LengthType::LastNextParam | LengthType::OtherParam(_) => return None,
            }
        }
        rest.len().checked_sub(between)
    }
}

/// Whether this occurrence of a parameter comes in reverse (ACT-81).
fn is_reversed(trial: &Trial, param: ParamIndex, parts: &[Part]) -> bool {
    if trial.reversed.is_empty() {
        return false;
    }
    let occurrence = parts.iter().filter(|part| part.param == param).count();
    trial.reversed.contains(&(param, occurrence))
}

/// Where `constant` occurs in `bytes` for the `times`-th time (PARAM-71, PARAM-77, PARAM-78).
fn occurrence(bytes: &[u8], constant: &[u8], times: u32) -> Option<usize> {
    if times == 1 || constant.is_empty() {
        return memchr::memmem::find(bytes, constant);
    }
    memchr::memmem::find_iter(bytes, constant).nth(times.saturating_sub(1) as usize)
}

/// How many parameters are left out besides the one at `index` when that is missing: `3` is the one alone, `3++` two
/// more, `3*` all up to the next one that may be missing (RSP-35). `None` when it may not be missing.
fn skipped(optional: &str, index: usize, count: usize) -> Option<usize> {
    let entries = || optional.split(';').map(str::trim);
    let position = |entry: &str| entry.trim_end_matches(['+', '*']).parse::<usize>().ok();
    let entry = entries().find(|entry| position(entry) == Some(index))?;
    if entry.ends_with('*') {
        let next = entries().filter_map(position).filter(|&position| position > index).min().unwrap_or(count);
        return Some(next.min(count) - index - 1);
    }
    Some(entry.bytes().filter(|byte| *byte == b'+').count())
}
