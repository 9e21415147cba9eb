//! What hooks do, step by step, for a record of the run: with it a replay needs no hooks.

use std::time::Duration;

use bytes::Bytes;
use genlock_spec::{ConnectionIndex, ParamIndex, TriggerIndex};

use super::Engine;
use super::output::Output;
use super::qactions::Call;
use crate::settings::LogType;
use crate::value::Value;

/// One step of a hook. What a step causes, other hooks included, comes before the next one.
#[derive(Debug)]
#[cfg_attr(not(feature = "sim"), expect(dead_code, reason = "only a record of a run reads them"))]
pub(crate) enum HookStep {
    /// A hook begins.
    Began(Call),
    /// It sets a parameter.
    Set { param: ParamIndex, value: Value },
    /// It sets a parameter to a value of the past.
    SetAt { param: ParamIndex, value: Value, since_epoch: Duration },
    /// It sets a parameter to bytes, without an event.
    SetBinary { param: ParamIndex, bytes: Bytes },
    /// It clears a parameter.
    Clear(ParamIndex),
    /// It calls a trigger.
    CheckTrigger(TriggerIndex),
    /// It reconnects.
    Reconnect(ConnectionIndex),
    /// It writes a line to the element's log.
    Log { kind: LogType, level: i8, line: String },
    /// It sends a message to the operator who is the cause.
    Message { call: Call, text: String },
    /// It has held the element for so long; this is told after what it did.
    Slow { call: Call, took: Duration },
    /// It says that it has no function.
    Unhandled(Call),
    /// The user's function says whether the message that came answers the pair that waits.
    Correlated(bool),
    /// The innermost hook that runs ends; with the text of its error, if it failed or panicked.
    Ended(Option<String>),
}

impl Engine<'_> {
    /// Turns [`Output::Hook`] on or off.
    #[cfg(feature = "sim")]
    pub(crate) fn set_recorded(&mut self, recorded: bool) {
        self.recorded = recorded;
    }

    /// Reports a step of a hook, when the run is recorded; one branch when it is not.
    pub(crate) fn note_step(&mut self, step: impl FnOnce() -> HookStep) {
        if self.recorded {
            self.emit(Output::Hook(step()));
        }
    }
}
