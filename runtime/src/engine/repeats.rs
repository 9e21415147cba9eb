//! Messages that equal the one before of the same response. None is dropped for that, unless the connector asks for it
//! (RSP-15 to RSP-18), and none is an event for its parameters, unless the operator asks for that (BEY-20).

use bytes::Bytes;
use genlock_spec::{Connection, ResponseIndex, Spec, Table};

use super::Engine;
use super::counters::Discard;
use super::event::LogLevel;

/// What is known of the messages before.
#[derive(Debug)]
pub(super) struct Repeats {
    /// The last message of each response, where equal ones are dropped.
    last: Option<Table<ResponseIndex, Bytes>>,
    /// The responses of which every message is an event: few, mostly none.
    every: Vec<ResponseIndex>,
}

impl Repeats {
    pub(super) fn new(spec: &Spec<'_>, every: &[ResponseIndex]) -> Self {
        let wanted = spec.connections.iter().any(|Connection { drops_equal, .. }| *drops_equal);
        let last = wanted.then(|| Table::new(spec.responses.len(), |_| Bytes::new()));
        Self { last, every: every.to_vec() }
    }

    /// BEY-20
    pub(super) fn counts_every(&self, response: ResponseIndex) -> bool {
        self.every.contains(&response)
    }

    /// Whether messages are to be remembered.
    pub(super) fn wants(&self) -> bool {
        self.last.is_some()
    }

    /// Step 4 of RSP-15, in memory of its own.
    #[inline]
    pub(super) fn remember(&mut self, response: ResponseIndex, data: &[u8]) {
        if let Some(last) = &mut self.last {
            last[response] = Bytes::copy_from_slice(data);
        }
    }

    /// `clear` on a response (ACT-30, ACT-31).
    pub(super) fn forget(&mut self, response: ResponseIndex) {
        self.remember(response, &[]);
    }

    fn has(&self, response: ResponseIndex, data: &[u8]) -> bool {
        let is_last = |last: &Table<ResponseIndex, Bytes>| last[response] == data;
        !data.is_empty() && self.last.as_ref().is_some_and(is_last) && !self.counts_every(response)
    }
}

impl Engine<'_> {
    /// Step 2 of RSP-15: whether the message does nothing, because the last one of the response was the same.
    #[inline]
    pub(super) fn is_repeat(&mut self, response: ResponseIndex, data: &[u8]) -> bool {
        self.repeats.last.is_some() && self.drops(response, data)
    }

    fn drops(&mut self, response: ResponseIndex, data: &[u8]) -> bool {
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
