//! Matching one message against the parameters of one response (RSP-30 to RSP-34, PARAM-70 to PARAM-78).

use bytes::Bytes;
use genlock_spec::{LengthType, Param, ParamIndex, ParamKind, Response, Spec};

use super::Engine;
use super::bits::shifted;
use super::encoding::Encoding;
use super::stream::Failure;
use crate::value::Value;

/// The bytes of a message that one parameter takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) param: ParamIndex,
    start: usize,
    end: usize,
    /// Whether its end had to be looked for: LengthType next param and last next param.
    pub(super) variable: bool,
    /// Whether setting the parameter raised a change event.
    pub(super) changed: bool,
}

impl Part {
    /// The value that the parameter reads from its bytes.
    pub(super) fn value(&self, spec: &Spec<'_>, data: &Bytes) -> Option<Value> {
        let bytes = data.slice(self.start..self.end);
        let encoding = Encoding::of(spec, self.param);
        match encoding.byte_offset() {
            0 => encoding.read(bytes),
            offset => encoding.read(shifted(&bytes, offset, false)),
        }
    }
}

impl Engine<'_> {
    /// Lets the parameters of a response consume the whole message from left to right (RSP-30). The parts of those
    /// that keep their bytes are left in `self.parts`.
    pub(super) fn match_message(&mut self, response: &Response, data: &Bytes) -> Result<(), Failure> {
        let mut parts = std::mem::take(&mut self.parts);
        parts.clear();
        let matched = self.match_parts(response, data, &mut parts);
        self.parts = parts;
        matched
    }

    fn match_parts(&self, response: &Response, data: &Bytes, parts: &mut Vec<Part>) -> Result<(), Failure> {
        let mut position = 0;
        let mut params = self.spec.list(response.params);
        let count = params.len();
        while let Some(param) = params.next() {
            let row = self.spec.param(param);
            let failure = Failure { position, param: Some(param) };
            let rest = data.get(position..).ok_or(failure)?;
            let Some(taken) = self.taken(param, params.clone(), rest, data, parts) else {
                // RSP-35: it may be missing.
                let index = count - params.len() - 1;
                let optional = response.optional.ok_or(failure)?;
                let skipped = skipped(self.spec.text(optional), index, count).ok_or(failure)?;
                if skipped > 0 {
                    params.nth(skipped - 1);
                }
                continue;
            };
            // PARAM-112: a dummy swallows its bytes.
            if !row.kind.is_constant() && row.kind != ParamKind::Dummy {
                let variable = matches!(row.length, LengthType::NextParam | LengthType::LastNextParam);
                parts.push(Part { param, start: position, end: position + taken, variable, changed: false });
            }
            position += taken;
        }
        // RSP-30: bytes left over are no match.
        if position == data.len() { Ok(()) } else { Err(Failure { position, param: None }) }
    }

    /// How many bytes of `rest` a parameter takes that `following` come after; `None` when it does not match.
    fn taken(
        &self,
        param: ParamIndex,
        following: impl Iterator<Item = ParamIndex>,
        rest: &[u8],
        data: &Bytes,
        parts: &[Part],
    ) -> Option<usize> {
        let row = self.spec.param(param);
        if row.kind.is_constant() {
            let constant = self.bytes_of(param)?;
            return rest.starts_with(&constant).then_some(constant.len()); // RSP-31
        }
        let taken = match row.length {
            LengthType::Fixed(length) => length as usize, // PARAM-70
            LengthType::NextParam | LengthType::LastNextParam => self.end_of_variable(row, following, rest)?,
            LengthType::OtherParam(holder) => self.announced(holder?, data, parts)?,
        };
        // RSP-32, PARAM-04
        rest.get(..taken).filter(|bytes| Encoding::of(&self.spec, param).accepts(bytes)).map(<[u8]>::len)
    }

    /// The number of bytes that `holder` announces: in this message, or else the one that it holds (PARAM-75).
    #[expect(clippy::cast_sign_loss, reason = "negative numbers are left out before")]
    fn announced(&self, holder: ParamIndex, data: &Bytes, parts: &[Part]) -> Option<usize> {
        let read = |part: &Part| part.value(&self.spec, data);
        let value = parts.iter().rev().find(|part| part.param == holder).and_then(read);
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
            match next.length {
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
