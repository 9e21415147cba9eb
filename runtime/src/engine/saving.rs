//! The values of saved parameters: when they are handed to the store, and as which bytes (SAVE-01 to SAVE-11).

use std::time::Duration;

use bytes::Bytes;
use genlock_spec::{LengthType, ParamIndex};

use super::Engine;
use super::deadline::Deadline;
use super::encoding::Encoding;
use super::output::Output;
use crate::value::Value;

impl Engine<'_> {
    /// SAVE-02, SAVE-05: a change event stores the value, but at most once an interval.
    pub(super) fn save_change(&mut self, param: ParamIndex) {
        let Some(interval) = self.spec.param(param).save_interval_ms else { return self.save(param) };
        if self.deadlines.is_armed(Deadline::Save(param)) {
            self.params[param].unsaved = true;
        } else {
            self.save(param);
            self.deadlines.arm(Deadline::Save(param), self.now + Duration::from_millis(interval.into()));
        }
    }

    /// The interval is over: what changed in it is stored.
    pub(super) fn save_interval_is_over(&mut self, param: ParamIndex) {
        if std::mem::take(&mut self.params[param].unsaved) {
            self.save_change(param);
        }
    }

    /// A stop waits for no interval (SAVE-05).
    pub(super) fn save_all(&mut self) {
        for param in self.params.indices() {
            if std::mem::take(&mut self.params[param].unsaved) {
                self.save(param);
            }
        }
    }

    /// Hands the value to the store (SAVE-06): its bytes (SAVE-03), in memory of their own.
    pub(super) fn save(&mut self, param: ParamIndex) {
        let value = self.bytes_of(param).map(|bytes| Bytes::copy_from_slice(&bytes));
        self.emit(Output::Save { pid: self.spec.param(param).pid, value });
    }

    /// Forgets the stored value (SAVE-10).
    pub(super) fn forget_saved(&mut self, param: ParamIndex) {
        self.params[param].unsaved = false;
        self.emit(Output::Save { pid: self.spec.param(param).pid, value: None });
    }

    /// The value that was stored as `bytes`; none when it no longer fits the parameter (SAVE-09).
    pub(super) fn stored_value(&self, param: ParamIndex, bytes: Bytes) -> Option<Value> {
        let row = self.spec.param(param);
        let is_whole = match row.length {
            LengthType::Fixed(length) if row.value_type.is_number() => bytes.len() == length as usize,
            _ => true,
        };
        let value = Encoding::of(&self.spec, param).read(bytes).filter(|_| is_whole)?;
        self.fit(param, value).ok()
    }
}
