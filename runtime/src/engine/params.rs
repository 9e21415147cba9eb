//! Parameters: what they hold at start, and which values fit them.

use bytes::Bytes;
use genlock_spec::{InitialBytes, LengthType, Param, ParamIndex, ParamKind, RawType, Spec, ValueType};

use super::Engine;
use super::alarms::Alarm;
use super::encoding::Encoding;
use super::incoming::{Incoming, Info};
use crate::error::Error;
use crate::value::Value;

/// One parameter's value and what is known about it.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "facts that do not exclude each other")]
pub(super) struct Slot {
    /// `None`: not initialised (PARAM-06).
    pub(super) value: Option<Value>,
    /// The alarm that was last told, and what may come of it.
    pub(super) alarm: Alarm,
    /// Whether it changed since it was stored (SAVE-05).
    pub(super) unsaved: bool,
    /// Whether [`Output::Param`](super::Output::Param) is wanted.
    pub(super) watched: bool,
    /// Whether it is a text of any bytes and of any length, which takes those of a message as they are. Nearly all
    /// that is received goes to such parameters, so what the others need is asked with one branch.
    is_plain: bool,
    /// Whether a change may lead to more than triggers and QActions.
    pub(super) is_involved: bool,
    /// What a device sent last, when that is not simply the value.
    pub(super) incoming: Option<Incoming>,
    /// Whether it was cleared since: the next value is new even if it equals the initial one (PARAM-62, PARAM-194).
    pub(super) cleared: bool,
    /// Whether it was told that its Sequence gives no number.
    pub(super) uncalculable: bool,
    /// The length that `change length` gave it (ACT-26).
    pub(super) length: Option<u32>,
    /// The scale and the sequence that `set info` gave it (ACT-87): few have any.
    pub(super) info: Option<Box<Info>>,
}

impl Slot {
    /// The parameter before anything was set (PARAM-20 to PARAM-32).
    pub(super) fn initial(spec: &Spec<'_>, param: ParamIndex) -> Self {
        Self {
            value: initial_value(spec, param),
            alarm: Alarm::default(),
            unsaved: false,
            watched: false,
            is_plain: is_plain(spec.param(param)),
            is_involved: is_involved(spec.param(param)),
            incoming: None,
            cleared: false,
            uncalculable: false,
            length: None,
            info: None,
        }
    }

    /// Whether the bytes of a message are its value as they are: nothing is refused, cut off, trimmed or calculated.
    #[inline]
    pub(super) fn takes_all(&self) -> bool {
        self.is_plain && self.length.is_none() // ACT-26
    }

    pub(super) fn detach(&mut self) {
        if let Some(value) = &mut self.value {
            value.detach();
        }
    }
}

/// See [`Slot::takes_all`].
fn is_plain(row: &Param) -> bool {
    row.value_type == ValueType::Text
        && row.raw_type == RawType::Other
        && row.format.is_none()
        && !row.kind.is_constant()
        && !matches!(row.length, LengthType::Fixed(_))
}

/// Whether a change of this parameter runs more steps of PARAM-63 than its triggers and its QActions.
fn is_involved(row: &Param) -> bool {
    matches!(row.kind, ParamKind::Group | ParamKind::WriteBit | ParamKind::Response)
        || row.dynamic_ip.is_some()
        || row.save
        || row.setter.is_some()
        || row.alarms.len > 0
        || row.monitoring.is_some()
        || !row.alarm_dependents.is_empty()
        || row.trend.is_some()
}

/// The value of a parameter's initial bytes.
pub(super) fn initial_value(spec: &Spec<'_>, param: ParamIndex) -> Option<Value> {
    let row = spec.param(param);
    match row.initial {
        InitialBytes::None => None,
        InitialBytes::Bytes(text) => {
            let bytes = spec.text(text).as_bytes();
            Some(match row.value_type {
                // PARAM-25; PARAM-33: a fixed text that spells no number reads as 0.
                ValueType::Number | ValueType::HighNibble => {
                    Value::Number(Encoding::of(spec, param).number(bytes).unwrap_or_default())
                }
                ValueType::Text => Value::from_bytes(Bytes::copy_from_slice(bytes)),
            })
        }
    }
}

impl Engine<'_> {
    /// The parameter's value; `None` when it is not initialised.
    pub(crate) fn value(&self, param: ParamIndex) -> Option<&Value> {
        self.params[param].value.as_ref()
    }

    /// Asks for [`Output::Param`](super::Output::Param) of this parameter, or no longer.
    pub(crate) fn watch_param(&mut self, param: ParamIndex, watched: bool) {
        self.params[param].watched = watched;
    }

    /// Presets, stored values and defaults, in this order of preference; none raises a change event (LIFE-11,
    /// LIFE-12, LIFE-14).
    ///
    /// A preset that does not fit is the caller's to mend; a stored value that does not is left out (SAVE-09).
    pub(super) fn load_params(&mut self) -> Result<(), Error> {
        for (pid, bytes) in std::mem::take(&mut self.options.saved) {
            let Some(param) = self.params.indices().find(|&param| self.spec.param(param).pid == pid) else { continue };
            let value = self.stored_value(param, bytes).filter(|_| self.is_kept(param));
            match value {
                Some(value) => self.params[param].value = Some(value),
                // SAVE-09
                None => self.log(super::LogLevel::Warning, |_| {
                    format!("the stored value of parameter {pid} no longer fits its definition and is ignored")
                }),
            }
        }
        for param in self.params.indices() {
            let Some(default) = self.spec.param(param).default else { continue };
            if self.params[param].value.is_none() {
                let text = Value::Text(self.spec.text(default).into());
                self.params[param].value = self.fit(param, text).ok();
            }
        }
        self.fill_element_information();
        for (param, value) in std::mem::take(&mut self.options.presets) {
            self.params[param].value = Some(self.fit(param, value)?);
        }
        Ok(())
    }

    /// Bytes that the connector itself moves from one parameter to another: a binary number is those bytes, not the
    /// number that they spell (PARAM-25, PARAM-138).
    pub(super) fn fit_bytes(&self, param: ParamIndex, value: Value) -> Result<Value, Error> {
        let row = self.spec.param(param);
        let encoding = self.encoding(param);
        let number = encoding.is_binary().then(|| encoding.number(&value.to_bytes())).flatten();
        match number.filter(|_| row.value_type.is_number()) {
            Some(number) => Ok(Value::Number(number)),
            None => self.fit(param, value),
        }
    }

    /// A text that is longer than a fixed length loses its end (ACT-28).
    fn cut(&self, param: ParamIndex, value: Value) -> Value {
        match self.length_of(param) {
            LengthType::Fixed(length) if value.to_bytes().len() > length as usize => {
                Value::from_bytes(value.to_bytes().slice(..length as usize))
            }
            _ => value,
        }
    }

    /// Gives the text of a parameter the length that it has now: it is filled up, or loses its end (ACT-27). The bytes
    /// of a number are written in that length anyway. Answers whether the value has changed.
    pub(super) fn resize(&mut self, param: ParamIndex) -> bool {
        let LengthType::Fixed(length) = self.length_of(param) else { return false };
        let Some(value @ (Value::Text(_) | Value::Bytes(_))) = self.value(param) else { return false };
        let mut bytes = Vec::from(value.to_bytes());
        let changed = bytes.len() != length as usize;
        bytes.resize(length as usize, self.encoding(param).fill());
        let old = self.params[param].value.replace(Value::from_bytes(bytes.into()));
        self.keep_new_value(param, old);
        changed
    }

    /// The value as this parameter holds it: a number for a `double`, else a text.
    pub(super) fn fit(&self, param: ParamIndex, value: Value) -> Result<Value, Error> {
        let row = self.spec.param(param);
        match (row.value_type, value) {
            (ValueType::Text, Value::Number(number)) => {
                Ok(self.cut(param, Value::Text(Value::Number(number).to_text())))
            }
            (ValueType::Text, value) => Ok(self.cut(param, value)),
            (ValueType::Number | ValueType::HighNibble, value) => {
                let number = value.to_number().filter(|number| number.is_finite());
                number.map(Value::Number).ok_or_else(|| {
                    let shown = if row.secret { "the value".to_owned() } else { format!("`{}`", value.to_text()) };
                    let reason = format!("{shown} is no finite number, and the parameter is a double");
                    Error::Value { pid: row.pid, reason }
                })
            }
        }
    }
}
