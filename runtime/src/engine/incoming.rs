//! What becomes of a value that a device sends, in the order of PARAM-94: exceptions, scale, sequence, decimals, range.

use genlock_spec::{Format, NewScale, NewSequence, Operand, Operation, ParamIndex, Rounding, Scale, SequenceStep};

use super::Engine;
use super::event::LogLevel;
use crate::error::Error;
use crate::value::{Text, Value};

/// How many decimals are kept when nobody says (PARAM-80).
const DECIMALS: u32 = 6;

/// What a device sent last, as a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Incoming {
    raw: f64,
    /// What it became; nothing when it was ignored.
    value: Option<f64>,
}

impl Incoming {
    /// What it became is calculated again, also from the same number.
    pub(super) fn forget(&mut self) {
        self.value = None;
    }
}

/// What `set info` has changed of a parameter (ACT-87).
#[derive(Debug)]
pub(super) struct Info {
    pub(super) scale: NewScale,
    pub(super) sequence: NewSequence,
}

impl Default for Info {
    fn default() -> Self {
        Self { scale: NewScale::Same, sequence: NewSequence::Same }
    }
}

impl<'s> Engine<'s> {
    /// The value that a parameter takes over from a device; `None` leaves it as it is.
    pub(super) fn incoming(&mut self, param: ParamIndex, value: Value) -> Option<Value> {
        let format = self.spec.param(param).format.map(|format| self.spec.format(format));
        let format = format.or(self.params[param].info.is_some().then_some(&Format::BLANK));
        match (value, format) {
            (Value::Number(number), None) => Some(Value::Number(cut(number, DECIMALS, Rounding::Down))),
            (Value::Number(raw), Some(format)) => {
                let slot = &self.params[param];
                let earlier = slot.incoming.filter(|_| slot.value.is_some());
                // PARAM-89: an operand that changed meanwhile is no reason to calculate again.
                if let Some(Incoming { raw: same, value: Some(value) }) = earlier
                    && same.to_bits() == raw.to_bits()
                    && slot.value == Some(Value::Number(value))
                {
                    return Some(Value::Number(value));
                }
                let value = self.processed(param, format, raw, earlier.map(|earlier| earlier.raw));
                self.params[param].incoming = Some(Incoming { raw, value });
                value.map(Value::Number)
            }
            (Value::Text(text), Some(format)) => Some(Value::Text(trimmed(text, format))),
            (value, _) => Some(value),
        }
    }

    fn processed(&mut self, param: ParamIndex, format: &Format, raw: f64, previous: Option<f64>) -> Option<f64> {
        if self.spec.exceptions_of(format.exceptions).iter().any(|exception| exception.number == Some(raw)) {
            return Some(raw); // PARAM-100, PARAM-101; PARAM-103: exactly
        }
        // PARAM-91: a counter that began again.
        let mut number = match (format.wraps_at, previous) {
            (Some(limit), Some(previous)) if raw < previous => raw + (f64::from(limit) - previous),
            _ => raw,
        };
        let info = self.params[param].info.as_deref();
        let scale = match info.map_or(NewScale::Same, |info| info.scale) {
            NewScale::Same => format.scale,
            NewScale::None => None,
            NewScale::Scale(scale) => Some(scale),
        };
        number = scale.map_or(number, |scale| scaled(number, scale)); // PARAM-92, ACT-88
        number *= format.factor.unwrap_or(1.0); // PARAM-83
        for step in self.sequence_now(param, format) {
            number = self.step(number, step);
        }
        if !number.is_finite() {
            self.ignored(param); // PARAM-95
            return None;
        }
        let number = cut(number, format.decimals.unwrap_or(DECIMALS), format.rounding);
        // PARAM-93
        let is_inside = format.low.is_none_or(|low| number >= low) && format.high.is_none_or(|high| number <= high);
        is_inside.then_some(number)
    }

    /// The steps of a parameter's Sequence, or of the one that it was given.
    fn sequence_now(&self, param: ParamIndex, format: &Format) -> &'s [SequenceStep] {
        match self.params[param].info.as_ref().map_or(NewSequence::Same, |info| info.sequence) {
            NewSequence::Same => self.spec.sequence_of(format.sequence),
            NewSequence::None => &[],
            NewSequence::Steps(steps) => self.spec.sequence_of(steps),
        }
    }

    /// What somebody enters in a write parameter: the author wrote its Sequence as the inverse of the read one
    /// (PARAM-88).
    pub(super) fn entered(&self, param: ParamIndex, value: Value) -> Result<Value, Error> {
        self.check_entry(param, &value)?;
        let row = self.spec.param(param);
        let format = row.format.map_or(&Format::BLANK, |format| self.spec.format(format));
        let steps = if row.kind.is_write() { self.sequence_now(param, format) } else { &[] };
        let Some(entered) = value.to_number().filter(|_| !steps.is_empty()) else { return Ok(value) };
        let number = steps.iter().fold(entered, |number, step| self.step(number, step));
        if number.is_finite() {
            return Ok(Value::Number(number));
        }
        Err(Error::Value { pid: row.pid, reason: "its Sequence gives no finite number for this value".to_owned() })
    }

    /// One step of a Sequence (PARAM-85, PARAM-86).
    fn step(&self, number: f64, step: &SequenceStep) -> f64 {
        let operand = match step.operand {
            Operand::Number(operand) => operand,
            // PARAM-07
            Operand::Param(param) => self.value(param).and_then(Value::to_number).unwrap_or_default(),
            Operand::None | Operand::Column(_) => f64::NAN,
        };
        match step.operation {
            Operation::Multiply => number * operand,
            Operation::Add => number + operand,
            Operation::Subtract => number - operand,
            Operation::Power => number.powf(operand),
            Operation::Divide => number / operand,
            Operation::Remainder => number % operand,
            Operation::Log10 => 10.0 * number.log10(),
            Operation::Log20 => 20.0 * number.log10(),
        }
    }

    /// Says once that the values of a parameter can't be calculated.
    fn ignored(&mut self, param: ParamIndex) {
        if std::mem::replace(&mut self.params[param].uncalculable, true) {
            return;
        }
        self.log(LogLevel::Warning, |spec| {
            let pid = spec.param(param).pid;
            format!("the Sequence of parameter {pid} gives no finite number; such values are ignored")
        });
    }
}

/// PARAM-84
#[expect(clippy::cast_precision_loss, reason = "the ends of a scale are small")]
fn scaled(raw: f64, scale: Scale) -> f64 {
    let [low_data, high_data, low, high] =
        [scale.low_data, scale.high_data, scale.low, scale.high].map(|end| end as f64);
    low + (raw - low_data) * (high - low) / (high_data - low_data)
}

/// The number with at most so many decimals (PARAM-81, PARAM-82).
#[expect(clippy::float_cmp, reason = "a number that has no more decimals is exactly the nearest one that has so many")]
fn cut(number: f64, decimals: u32, rounding: Rounding) -> f64 {
    let unit = 10_f64.powi(decimals.cast_signed());
    let units = number * unit;
    // What 0.29 times a hundred lacks of 29 is no decimal.
    if number.fract() == 0.0 || units.round() / unit == number || !units.is_finite() {
        return number;
    }
    let units = match rounding {
        Rounding::Down => units.floor(),
        Rounding::Up => units.ceil(),
        Rounding::ToZero => units.trunc(),
        Rounding::ToInfinity => units.abs().ceil().copysign(units),
        Rounding::HalfDown => (units - 0.5).ceil(),
        Rounding::HalfUp => (units + 0.5).floor(),
        Rounding::HalfToZero => (units.abs() - 0.5).ceil().copysign(units),
        Rounding::HalfToInfinity => units.round(),
    };
    units / unit
}

/// The text without white space at the ends that `Type@trim` names, still a slice of the message (PARAM-58).
fn trimmed(text: Text, format: &Format) -> Text {
    let end = if format.trim_right { text.trim_end().len() } else { text.len() };
    let start = if format.trim_left { text.len() - text.trim_start().len() } else { 0 };
    if (start, end) == (0, text.len()) {
        return text;
    }
    Text::from_utf8(text.into_bytes().slice(start.min(end)..end)).unwrap_or_default()
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the results are exact")]
mod tests {
    use super::*;

    #[test]
    fn param_81_82_rounding_when_decimals_are_cut() {
        let cases = [
            (Rounding::Down, [1.2, -1.3]),
            (Rounding::Up, [1.3, -1.2]),
            (Rounding::ToZero, [1.2, -1.2]),
            (Rounding::ToInfinity, [1.3, -1.3]),
            (Rounding::HalfDown, [1.2, -1.3]),
            (Rounding::HalfUp, [1.3, -1.2]),
            (Rounding::HalfToZero, [1.2, -1.2]),
            (Rounding::HalfToInfinity, [1.3, -1.3]),
        ];
        for (rounding, results) in cases {
            assert_eq!([1.25, -1.25].map(|number| cut(number, 1, rounding)), results, "{rounding:?}");
        }
        for rounding in [Rounding::HalfDown, Rounding::HalfUp, Rounding::HalfToZero, Rounding::HalfToInfinity] {
            assert_eq!(cut(1.26, 1, rounding), 1.3, "{rounding:?}");
        }
    }

    #[test]
    fn param_81_a_number_that_has_no_more_decimals_stays() {
        for number in [0.29, 0.1, 4.35, -0.07] {
            assert_eq!(cut(number, 2, Rounding::Down), number);
        }
        assert_eq!(cut(1e300, 15, Rounding::Down), 1e300);
    }
}
