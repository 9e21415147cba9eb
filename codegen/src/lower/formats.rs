//! How the bytes of parameters become their values, beyond their types.

use genlock_spec::{BitField, Exception, Format, FormatIndex, Operand, Other, Rows, SequenceStep};

use super::Lower;
use super::params::rows;
use crate::model::{self, Target, plain_number};

impl Lower<'_> {
    /// What `format` says of a parameter that is a number or a text.
    pub(super) fn format(&mut self, format: &model::Format, is_number: bool) -> FormatIndex {
        let group = format.bits.group.as_ref().and_then(|group| self.item(group, Target::Param));
        let bits = &format.bits;
        let row = Format {
            bits: BitField {
                group,
                start: bits.start,
                len: bits.len,
                used: bits.used,
                byte_offset: bits.byte_offset,
                align_right: bits.align_right,
            },
            base: format.base,
            big_endian: format.big_endian,
            factor: format.factor,
            scale: format.scale,
            sequence: self.sequence(&format.sequence),
            wraps_at: format.wraps_at,
            decimals: format.decimals,
            rounding: format.rounding,
            low: format.low,
            high: format.high,
            printable: format.printable,
            trim_left: format.trims("left"),
            trim_right: format.trims("right"),
            exceptions: self.exceptions(&format.exceptions, is_number),
            others: self.others(&format.others),
        };
        self.spec.formats.push(row);
        FormatIndex(self.spec.formats.len() as u32 - 1)
    }

    pub(super) fn sequence(&mut self, steps: &[model::Step]) -> Rows<SequenceStep> {
        let start = self.spec.sequence_steps.len();
        for step in steps {
            let operand = match &step.operand {
                model::Operand::None => Operand::None,
                model::Operand::Number(number) => Operand::Number(*number),
                model::Operand::Param(pid) => self.item(pid, Target::Param).map_or(Operand::None, Operand::Param),
                model::Operand::Column(pid) => self.item(pid, Target::Param).map_or(Operand::None, Operand::Column),
            };
            self.spec.sequence_steps.push(SequenceStep { operation: step.operation, operand });
        }
        rows(start, self.spec.sequence_steps.len())
    }

    fn exceptions(&mut self, exceptions: &[model::Exception], is_number: bool) -> Rows<Exception> {
        let start = self.spec.exceptions.len();
        for exception in exceptions {
            let row = Exception {
                incoming: self.text(&exception.incoming),
                number: plain_number(&exception.incoming).filter(|_| is_number),
                value: self.text(&exception.value),
                display: self.text(&exception.display),
            };
            self.spec.exceptions.push(row);
        }
        rows(start, self.spec.exceptions.len())
    }

    fn others(&mut self, others: &[model::Other]) -> Rows<Other> {
        let start = self.spec.others.len();
        for other in others {
            let row = Other {
                param: other.param.as_ref().and_then(|param| self.item(param, Target::Param)),
                value: self.text(&other.value),
                display: self.text(&other.display),
            };
            self.spec.others.push(row);
        }
        rows(start, self.spec.others.len())
    }
}
