//! Parameters that are bits of another one (PARAM-117 to PARAM-119, PARAM-130 to PARAM-137).

use bytes::Bytes;
use genlock_spec::{BitField, Format, ParamIndex, ParamKind};

use super::Engine;
use super::change::Setter;
use super::event::LogLevel;
use super::qactions::Hooks;
use crate::value::Value;

/// The bits of a group, in the order of their positions.
#[derive(Clone, Copy)]
struct Layout {
    /// How many bits of each byte count (PARAM-134).
    used: usize,
    /// The last byte on the wire is the first one (PARAM-131, PARAM-132).
    big_endian: bool,
}

impl Layout {
    fn of(format: &Format) -> Self {
        Self { used: format.bits.used.map_or(8, |used| used.clamp(1, 8)) as usize, big_endian: format.big_endian }
    }

    /// The byte of `len` that has the bit at `position`, and the bit alone in it (PARAM-130).
    fn place(self, len: usize, position: usize) -> Option<(usize, u8)> {
        let byte = position / self.used;
        let bit = 1 << (self.used - 1 - position % self.used);
        let byte = if self.big_endian { len.checked_sub(byte + 1)? } else { byte };
        (byte < len).then_some((byte, bit))
    }
}

/// The positions of a field, the most significant one first (PARAM-133).
fn positions(field: &BitField, reversed: bool) -> impl Iterator<Item = usize> {
    let (start, len) = (field.start as usize, field.len.min(64) as usize);
    (0..len).map(move |step| start + if reversed { len - 1 - step } else { step })
}

impl<'s> Engine<'s> {
    /// The bits that follow from a set of this parameter: those of a group, or the group of those.
    pub(super) fn update_bits(&mut self, param: ParamIndex, hooks: &mut dyn Hooks<'s>) {
        match self.spec.param(param).kind {
            ParamKind::Group => self.update_fields(param, hooks),
            ParamKind::WriteBit => self.write_bits(param, hooks),
            _ => {}
        }
    }

    /// PARAM-118: each read bit takes its bits; an equal value is no event.
    fn update_fields(&mut self, group: ParamIndex, hooks: &mut dyn Hooks<'s>) {
        for param in self.spec.list(self.spec.param(group).bit_fields) {
            if self.spec.param(param).kind == ParamKind::ReadBit
                && let Some(number) = self.bits_of(group, param)
                && let Err(error) = self.set(param, Value::Number(number), Setter::Construct, hooks)
            {
                self.log(LogLevel::Error, |_| format!("bits of a group: {error}"));
            }
        }
    }

    /// The number that a bit field is in its group; `None` when the group is too short for it.
    fn bits_of(&self, group: ParamIndex, param: ParamIndex) -> Option<f64> {
        let bytes = self.bytes_of(group)?;
        let (layout, format) = (Layout::of(self.format_of(group)), self.format_of(param));
        let mut positions = positions(&format.bits, format.big_endian);
        let number = positions.try_fold(0_u64, |number, position| {
            let (byte, bit) = layout.place(bytes.len(), position)?;
            Some(number << 1 | u64::from(bytes.get(byte)? & bit != 0))
        });
        #[expect(clippy::cast_precision_loss, reason = "numbers are doubles")]
        number.map(|number| number as f64)
    }

    /// PARAM-119: the bits of the group that a write bit names take its value; the others stay.
    fn write_bits(&mut self, param: ParamIndex, hooks: &mut dyn Hooks<'s>) {
        let format = self.format_of(param);
        let Some((group, number)) = format.bits.group.zip(self.value(param).and_then(Value::to_number)) else { return };
        let layout = Layout::of(self.format_of(group));
        let needed = positions(&format.bits, false).last().map_or(0, |last| last / layout.used + 1);
        let mut bytes = self.bytes_of(group).map_or_else(|| vec![0; needed], Vec::from);
        if bytes.len() < needed {
            let pid = self.spec.param(param).pid;
            return self.log(LogLevel::Error, |_| format!("parameter {pid} is bits that its group does not have"));
        }
        #[expect(clippy::cast_sign_loss, reason = "below 0 there are no bits to set")]
        let mut rest = number as u64;
        let positions: Vec<usize> = positions(&format.bits, format.big_endian).collect();
        for position in positions.into_iter().rev() {
            let place = layout.place(bytes.len(), position);
            if let Some((byte, bit)) = place.and_then(|(byte, bit)| Some((bytes.get_mut(byte)?, bit))) {
                *byte = if rest & 1 == 1 { *byte | bit } else { *byte & !bit };
            }
            rest >>= 1;
        }
        let value = self.encoding(group).read(Bytes::from(bytes));
        let set = value.map_or(Ok(false), |value| self.set(group, value, Setter::Construct, hooks));
        if let Err(error) = set {
            self.log(LogLevel::Error, |_| format!("bits of a group: {error}"));
        }
    }

    fn format_of(&self, param: ParamIndex) -> &'s Format {
        self.spec.param(param).format.map_or(&Format::BLANK, |format| self.spec.format(format))
    }
}

/// PARAM-135: each byte of a group is that much larger on the wire.
pub(super) fn shifted(bytes: &[u8], offset: u32, out: bool) -> Bytes {
    let offset = offset as u8;
    let shift = |byte: &u8| if out { byte.wrapping_add(offset) } else { byte.wrapping_sub(offset) };
    bytes.iter().map(shift).collect()
}
