//! Messages that equal the one before of the same response. None is dropped for that, unless the connector asks for it
//! (RSP-15 to RSP-18).

use bytes::Bytes;
use genlock_spec::{Connection, ResponseIndex, Spec, Table};

use super::Engine;
use super::counters::Discard;
use super::event::LogLevel;

/// The last message of each response, where equal ones are dropped.
#[derive(Debug)]
pub(super) struct Repeats(Option<Table<ResponseIndex, Bytes>>);

impl Repeats {
    pub(super) fn new(spec: &Spec<'_>) -> Self {
        let wanted = spec.connections.iter().any(|Connection { drops_equal, .. }| *drops_equal);
        Self(wanted.then(|| Table::new(spec.responses.len(), |_| Bytes::new())))
    }

    /// Step 4 of RSP-15, in memory of its own.
    pub(super) fn remember(&mut self, response: ResponseIndex, data: &[u8]) {
        if let Some(last) = &mut self.0 {
            last[response] = Bytes::copy_from_slice(data);
        }
    }

    /// `clear` on a response (ACT-30, ACT-31).
    pub(super) fn forget(&mut self, response: ResponseIndex) {
        self.remember(response, &[]);
    }

    fn has(&self, response: ResponseIndex, data: &[u8]) -> bool {
        !data.is_empty() && self.0.as_ref().is_some_and(|last| last[response] == data)
    }
}

impl Engine<'_> {
    /// Step 2 of RSP-15: whether the message does nothing, because the last one of the response was the same.
    pub(super) fn is_repeat(&mut self, response: ResponseIndex, data: &[u8]) -> bool {
        let repeated = self.repeats.has(response, data);
        if repeated {
            self.counters.discard(Discard::Repeat);
            self.log(LogLevel::Information, |spec| {
                format!("response {}: the message equals the one before and is dropped", spec.response(response).id)
            });
        }
        repeated
    }
}
