//! Responses: what an incoming message is tried against, and what a match sets (RSP-01 to RSP-30).

use bytes::Bytes;
use genlock_spec::{ConnectionIndex, MessageType, ParamIndex, ResponseIndex};

use super::Engine;
use super::change::Setter;
use super::counters::Discard;
use super::event::{Event, LogLevel};
use super::life::Life;
use super::log::About;
use super::matching::{Keep, Part};
use super::message::Message;
use super::qactions::Hooks;
use super::triggers::Fired;
use crate::value::Value;

/// How much of an unmatched message the log shows, in bytes.
const SHOWN: usize = 200;

/// The values that a response's parameters took from a message, at the moment of the match.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values {
    /// The position of the response in its pair.
    pub(crate) response: usize,
    pub(crate) entries: Vec<(ParamIndex, Value)>,
}

/// One whole message (CONN-84), as it comes from an open connection.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) connection: ConnectionIndex,
    pub(crate) attempt: u32,
    pub(crate) kind: MessageType,
    pub(crate) message: Message,
}

/// The message that is tried on a response while that one's `before` triggers run, and what these make of it.
#[derive(Clone, Debug)]
pub(super) struct Trial {
    pub(super) response: ResponseIndex,
    pub(super) data: Bytes,
    /// Whether all parameters are filled (RSP-20).
    read: bool,
    /// Those that are filled in any case (ACT-68).
    pub(super) read_params: Vec<ParamIndex>,
    /// Those whose bytes come in reverse, with the occurrence, from 0 (ACT-81).
    pub(super) reversed: Vec<(ParamIndex, usize)>,
}

impl Trial {
    /// Neither list has memory until an action puts something in.
    fn new(response: ResponseIndex, data: Bytes) -> Self {
        Self { response, data, read: false, read_params: Vec::new(), reversed: Vec::new() }
    }
}

impl<'s> Engine<'s> {
    /// A message arrived. Messages are processed one after the other (RSP-26, CONN-124).
    pub(super) fn received(&mut self, received: Received, hooks: &mut dyn Hooks<'s>) {
        let Received { connection, attempt, kind, mut message } = received;
        self.counters.messages_received += 1;
        if !self.connections[connection].is_open_attempt(attempt) {
            self.counters.discard(Discard::WhileClosing);
            return;
        }
        self.connections[connection].heard = true;
        self.stream_received(connection, kind, message.data());
        if self.life == Life::Paused {
            self.counters.discard(Discard::WhilePaused);
            return;
        }
        self.receiving = true;
        if let Some(pair) = self.answered_pair(connection, message.data()) {
            // RSP-01, RSP-04: the waiting pair's responses come first.
            for (position, response) in self.spec.list(self.spec.pair(pair).responses).enumerate() {
                if self.is_repeat(response, message.data()) {
                    self.stream_matched(response);
                    // It answers all the same: only what it says is known already.
                    self.succeed(Values { response: position, ..Values::default() }, hooks);
                    return;
                }
                if let Some(mut values) = self.try_response(response, &mut message, self.answer_is_wanted(pair), hooks)
                {
                    values.response = position;
                    // A hook of the response may have ended the exchange, for example by closing the connection.
                    if self.waiting_pair(connection) == Some(pair) {
                        self.succeed(values, hooks);
                    }
                    return;
                }
            }
            // RSP-09: after the normal ones.
            for response in self.spec.list(self.spec.pair(pair).on_bad_command) {
                if self.try_response(response, &mut message, false, hooks).is_some() {
                    if self.waiting_pair(connection) == Some(pair) {
                        self.refused(response);
                    }
                    return;
                }
            }
        }
        // RSP-05, RSP-07: outside a pair all responses of the connection count, in document order (RSP-02).
        for response in self.spec.list(self.spec.connection(connection).responses) {
            if self.is_repeat(response, message.data()) {
                self.stream_matched(response);
                return;
            }
            if self.try_response(response, &mut message, false, hooks).is_some() {
                return;
            }
        }
        self.counters.unmatched += 1;
        self.stream_unmatched(connection);
        let hidden = self.may_hold_secrets(connection); // PARAM-169
        let about = About::connection(self.spec.connection(connection).id).rule("RSP-11");
        self.log_about(about, LogLevel::Warning, |spec| {
            let id = spec.connection(connection).id;
            let data = message.data();
            let shown = String::from_utf8_lossy(data.get(..SHOWN).unwrap_or(data));
            let shown = if hidden { "(hidden)" } else { &*shown };
            let kind = if kind == MessageType::Text { "text" } else { "binary" };
            format!("no response matches this {kind} message of {} bytes on connection {id}: {shown}", data.len()) // RSP-11
        });
    }

    /// Tries one response: its `before` triggers, the match, and only for a full match the parameters and the
    /// triggers that follow (RSP-23, RSP-43).
    pub(super) fn try_response(
        &mut self,
        response: ResponseIndex,
        message: &mut Message,
        values_wanted: bool,
        hooks: &mut dyn Hooks<'s>,
    ) -> Option<Values> {
        let is_read = self.shapes[response].is_read(self.traced);
        if let (Some(read), Some(param)) = (is_read, self.takes_whole(response)) {
            return Some(self.take_whole(response, read.then_some(param), message, values_wanted, hooks));
        }
        self.try_trial(response, is_read, message.data(), values_wanted, hooks)
    }

    /// What a response needs whose parameters share the message, or whose triggers decide on it.
    fn try_trial(
        &mut self,
        response: ResponseIndex,
        is_read: Option<bool>,
        data: &Bytes,
        values_wanted: bool,
        hooks: &mut dyn Hooks<'s>,
    ) -> Option<Values> {
        let row = self.spec.response(response);
        let (trial, accepted) = match is_read {
            Some(read) => (Trial { read, ..Trial::new(response, Bytes::new()) }, true),
            None => self.run_before(response, data, hooks)?,
        };
        // What runs before may change the message, for this response.
        let tried = if is_read.is_some() { data } else { &trial.data };
        let matched = if accepted { self.match_message(&trial, tried).map_err(Some) } else { Err(None) };
        if let Err(failure) = matched {
            self.event(|_| Event::Response { id: row.id, matched: false });
            self.stream_mismatch(response, failure);
            return None;
        }
        self.begin_match(response);
        let mut values = Values::default();
        self.fill(&trial, tried, values_wanted.then_some(&mut values), hooks);
        self.end_match(response, Some(data), hooks);
        Some(values)
    }

    /// What nearly all messages come to: the whole of it is the value of one parameter, and nothing before it decides on
    /// that. It is what [`fill`](Self::fill) does for such a message, without the lists that others need.
    fn take_whole(
        &mut self,
        response: ResponseIndex,
        param: Option<ParamIndex>,
        message: &mut Message,
        values_wanted: bool,
        hooks: &mut dyn Hooks<'s>,
    ) -> Values {
        self.begin_match(response);
        let mut values = Values::default();
        let remembered = self.repeats.wants().then(|| message.data().clone());
        if let Some(param) = param {
            let value = message.take_value();
            if values_wanted {
                values.entries.push((param, value.clone().detached()));
            }
            let every = self.repeats.counts_every(response); // BEY-20
            if self.take_over(param, value, every, hooks) {
                self.run_triggers(self.spec.param(param).on_change_after_response, Fired::Param(param), hooks); // TRG-18
            }
        }
        self.end_match(response, remembered.as_ref(), hooks);
        values
    }

    /// The response is the one; nothing is set yet.
    fn begin_match(&mut self, response: ResponseIndex) {
        self.event(|spec| Event::Response { id: spec.response(response).id, matched: true });
        self.stream_matched(response);
    }

    /// All parameters of the response have what the message says.
    fn end_match(&mut self, response: ResponseIndex, message: Option<&Bytes>, hooks: &mut dyn Hooks<'s>) {
        if let Some(message) = message {
            self.repeats.remember(response, message); // RSP-17: what cleared the response until now has no effect
        }
        self.run_triggers(self.spec.response(response).after, Fired::Response(response), hooks); // TRG-13
    }

    /// Sets a parameter to what a device sent. Answers whether that is a change event; with `every`, an equal value is
    /// one.
    fn take_over(&mut self, param: ParamIndex, value: Value, every: bool, hooks: &mut dyn Hooks<'s>) -> bool {
        self.params[param].cleared |= every;
        self.set(param, value, Setter::Construct, hooks).unwrap_or(false)
    }

    /// Runs the triggers before a response. Answers what they make of the message and whether it may be tried (RSP-24).
    fn run_before(
        &mut self,
        response: ResponseIndex,
        data: &Bytes,
        hooks: &mut dyn Hooks<'s>,
    ) -> Option<(Trial, bool)> {
        let outer = self.candidate.replace(Trial::new(response, data.clone()));
        let mut accepted = true;
        for trigger in self.spec.list(self.spec.response(response).before) {
            accepted &= self.fire(trigger, Fired::Response(response), hooks);
        }
        let trial = std::mem::replace(&mut self.candidate, outer);
        trial.map(|trial| (trial, accepted))
    }

    /// `read`: the response's next-param parameters are filled as well if it matches (RSP-20, ACT-66).
    pub(super) fn read(&mut self, action: u32, response: ResponseIndex) -> bool {
        match &mut self.candidate {
            Some(candidate) if candidate.response == response => {
                candidate.read = true;
                true
            }
            _ => {
                // ACT-69
                self.log(LogLevel::Warning, |spec| {
                    let id = spec.response(response).id;
                    format!("action {action} reads response {id}, but no message is being tried against it")
                });
                true
            }
        }
    }

    /// Sets the parameters one by one in response order, each with its change event, then runs the triggers
    /// `change after response` of those that changed (RSP-22, RSP-23). Without `read`, those of LengthType next param
    /// stay as they are (PARAM-79, RSP-20).
    fn fill(&mut self, trial: &Trial, data: &Bytes, mut values: Option<&mut Values>, hooks: &mut dyn Hooks<'s>) {
        let Trial { read, read_params, .. } = trial;
        let every = self.repeats.counts_every(trial.response); // BEY-20
        let mut parts = std::mem::take(&mut self.parts);
        let filled = |part: &&mut Part| match part.keep {
            Keep::Never => false,
            Keep::Always => true,
            Keep::IfRead => *read || read_params.contains(&part.param),
        };
        for part in parts.iter_mut().filter(filled) {
            let Some(value) = self.value_of(part, data) else { continue };
            let value =
                if self.params[part.param].takes_all() { Some(value) } else { self.incoming(part.param, value) };
            if let Some(values) = &mut values
                && let Some(value) = value.as_ref().or_else(|| self.value(part.param))
            {
                // Whoever keeps an answer must not keep a receive buffer with it.
                values.entries.push((part.param, value.clone().detached()));
            }
            let Some(value) = value else { continue }; // PARAM-93, PARAM-95
            part.changed = self.take_over(part.param, value, every, hooks);
        }
        for part in parts.iter().filter(|part| part.changed) {
            let triggers = self.spec.param(part.param).on_change_after_response;
            self.run_triggers(triggers, Fired::Param(part.param), hooks); // TRG-18
        }
        // No other message can arrive while this one is handled, so the memory is free again.
        parts.clear();
        self.parts = parts;
    }
}
