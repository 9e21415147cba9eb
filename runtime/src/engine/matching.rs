//! Matching one message against the parameters of one response (RSP-30 to RSP-34, PARAM-70 to PARAM-72).

use bytes::Bytes;
use genlock_spec::{LengthType, List, ParamIndex, ParamKind, Spec};

use super::Engine;
use super::params::{accepts, read_bytes};
use crate::value::Value;

/// The bytes of a message that one parameter takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) param: ParamIndex,
    start: usize,
    end: usize,
    /// Whether its end had to be looked for: LengthType next param.
    pub(super) variable: bool,
    /// Whether setting the parameter raised a change event.
    pub(super) changed: bool,
}

impl Part {
    /// The value that the parameter reads from its bytes.
    pub(super) fn value(&self, spec: &Spec<'_>, data: &Bytes) -> Option<Value> {
        read_bytes(spec, self.param, data.slice(self.start..self.end))
    }
}

impl Engine<'_> {
    /// Whether the parameters consume the whole message from left to right (RSP-30). The parts of those that keep
    /// their bytes are left in `self.parts`.
    pub(super) fn match_message(&mut self, params: List<ParamIndex>, data: &Bytes) -> bool {
        let mut parts = std::mem::take(&mut self.parts);
        parts.clear();
        let matched = self.match_parts(params, data, &mut parts);
        self.parts = parts;
        matched
    }

    fn match_parts(&self, params: List<ParamIndex>, data: &Bytes, parts: &mut Vec<Part>) -> bool {
        let mut position = 0;
        let mut params = self.spec.list(params);
        while let Some(param) = params.next() {
            let row = self.spec.param(param);
            let Some(rest) = data.get(position..) else { return false };
            let taken = match (row.kind, row.length) {
                (ParamKind::Fixed, _) => {
                    let Some(constant) = self.value(param).map(Value::to_bytes) else { return false };
                    if !rest.starts_with(&constant) {
                        return false; // RSP-31
                    }
                    constant.len()
                }
                (_, LengthType::Fixed(length)) => length as usize, // PARAM-70
                (_, LengthType::NextParam) => match self.end_of_next_param(params.clone(), rest) {
                    Some(end) => end,
                    None => return false,
                },
                // No element with such a parameter starts.
                (_, LengthType::LastNextParam | LengthType::OtherParam(_)) => return false,
            };
            if row.kind != ParamKind::Fixed {
                if !rest.get(..taken).is_some_and(|bytes| accepts(&self.spec, param, bytes)) {
                    return false; // RSP-32, PARAM-04
                }
                // PARAM-112: a dummy swallows its bytes.
                if row.kind != ParamKind::Dummy {
                    let variable = row.length == LengthType::NextParam;
                    parts.push(Part { param, start: position, end: position + taken, variable, changed: false });
                }
            }
            position += taken;
        }
        position == data.len() // RSP-30: bytes left over are no match
    }

    /// How many bytes of `rest` a next-param parameter takes that `following` come after.
    fn end_of_next_param(&self, mut following: impl Iterator<Item = ParamIndex> + Clone, rest: &[u8]) -> Option<usize> {
        let fixed_length = |param: ParamIndex| match self.spec.param(param).length {
            LengthType::Fixed(length) if self.spec.param(param).kind != ParamKind::Fixed => Some(length as usize),
            _ => None,
        };
        // RSP-53: what follows up to the end has fixed lengths, so the end is counted from the back.
        let counted: Option<usize> = following.clone().map(fixed_length).sum();
        if let Some(behind) = counted {
            return rest.len().checked_sub(behind); // PARAM-72
        }
        // PARAM-71: up to the first occurrence of the next parameter's bytes.
        let constant = self.value(following.next()?)?.to_bytes();
        memchr::memmem::find(rest, &constant)
    }
}
